package dev.mortise.cli.doctor;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ServerClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Optional;

/** The port: free, or taken by a Mortise server, or taken by something else. */
record PortCheck(String host, int port) implements Check {
    @Override
    public Finding look() {
        if (port == 0) {
            return Finding.ok("port", "any free one");
        }
        String where = host + ":" + port;
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
            return Finding.ok("port", where + " is free");
        } catch (IOException taken) {
            if (isMortise()) {
                return Finding.ok("port", where + " is taken by a running Mortise server");
            }
            return Finding.fail(
                    "port",
                    where + " cannot be opened: " + taken.getMessage(),
                    "Choose another with --port, MORTISE_PORT or server.port, or stop what uses it",
                    ExitCode.PORT);
        }
    }

    private boolean isMortise() {
        String reachable = host.equals("0.0.0.0") ? "127.0.0.1" : host;
        try (ServerClient client = new ServerClient(URI.create("http://" + reachable + ":" + port), Optional.empty())) {
            return client.answers("/health/live");
        }
    }
}
