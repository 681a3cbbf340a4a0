package dev.mortise.dist.fuzz;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Requests that no HTTP client lets one send. */
record RawRequests(URI server, String key) {
    /** Returns whole requests, each ended by an empty line. */
    List<String> all() {
        String head = "Host: localhost\r\nAuthorization: Bearer " + key + "\r\nConnection: close\r\n";
        return List.of(
                "GET /api/v1/kernel/../kernel/info HTTP/1.1\r\n" + head + "\r\n",
                "GET /api/v1/kernel/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" + head + "\r\n",
                "GET /api/v1/kernel//roles HTTP/1.1\r\n" + head + "\r\n",
                "GET /api/v1/kernel;x=y/roles HTTP/1.1\r\n" + head + "\r\n",
                "GET /api/v1/kernel/roles%00 HTTP/1.1\r\n" + head + "\r\n",
                "GET /api/v1/kernel/roles/%zz HTTP/1.1\r\n" + head + "\r\n",
                "GET /api/v1/kernel/roles/%c0%ae%c0%ae HTTP/1.1\r\n" + head + "\r\n",
                "GET /api/v1/kernel/roles?limit=%zz HTTP/1.1\r\n" + head + "\r\n",
                "GET /api/v1/kernel/roles/\u00e9 HTTP/1.1\r\n" + head + "\r\n",
                "GET http://other.example/api/v1/kernel/info HTTP/1.1\r\n" + head + "\r\n",
                "GET /api/v1/kernel/info HTTP/9.9\r\n" + head + "\r\n",
                "BREW /api/v1/kernel/info HTTP/1.1\r\n" + head + "\r\n",
                "TRACE /api/v1/kernel/info HTTP/1.1\r\n" + head + "\r\n",
                "G\u0001T /api/v1/kernel/info HTTP/1.1\r\n" + head + "\r\n",
                "GET /api/v1/kernel/info HTTP/1.1\r\nAuthorization: Bearer x\r\nConnection: close\r\n\r\n",
                "GET /api/v1/kernel/info HTTP/1.1\r\n" + head + "X: " + "a".repeat(100_000) + "\r\n\r\n",
                "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\n" + head + "\r\n",
                "GET /api/v1/kernel/info HTTP/1.1\r\n" + head + "Authorization: Bearer other\r\n\r\n",
                "GET /api/v1/kernel/info HTTP/1.1\r\n" + head + " folded: 1\r\n\r\n",
                "POST /api/v1/kernel/roles HTTP/1.1\r\n" + head + "Content-Length: -1\r\n\r\n",
                "POST /api/v1/kernel/roles HTTP/1.1\r\n" + head
                        + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
                "POST /api/v1/kernel/roles HTTP/1.1\r\n" + head
                        + "Content-Type: application/json\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /api/v1/kernel/roles HTTP/1.1\r\n" + head
                        + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "POST /api/v1/kernel/roles HTTP/1.1\r\n" + head
                        + "Content-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n{}",
                "POST /api/v1/kernel/roles HTTP/1.1\r\n" + head
                        + "Content-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
                "POST /api/v1/kernel/roles HTTP/1.1\r\n" + head
                        + "Expect: 200-maybe\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    }

    /** Sends one and returns all that comes back until the server closes. */
    String send(String request) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
