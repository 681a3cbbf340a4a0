package dev.mortise.kernel.http;

import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * What a caller still sends when the answer begins, because he was refused or because nobody wants a body here. Left
 * unread, it would end the connection under the next request that the caller sends on it, without an answer: so a
 * little is read and dropped, and for more the caller is told that the connection ends (RFC 9112, section 9.6). A
 * resource therefore reads its body before it answers.
 */
final class UnreadBody {
    private static final int MOST = 64 << 10;

    private UnreadBody() {}

    /** Reads the rest of the request, or announces the end of the connection; to be called before the answer begins. */
    static void settle(Request request, Response response) {
        if (request.getLength() != 0 && !isDropped(request)) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
    }

    private static boolean isDropped(Request request) {
        // Who waits to be asked for the body is not asked.
        if (request.getLength() > MOST || request.getHeaders().contains(HttpHeader.EXPECT)) {
            return false;
        }
        try (InputStream body = Content.Source.asInputStream(request)) {
            return body.skip(MOST) < MOST || body.read() < 0;
        } catch (IOException e) {
            return false; // Broken, or not to be read twice: either way nothing that follows can be trusted.
        }
    }
}
