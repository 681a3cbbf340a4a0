package dev.mortise.kernel.http;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.log.TraceIds;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what Jetty refuses by itself, such as a malformed request line, in the same form as everything else. Jetty
 * ends the connection after most of these, because nobody knows where the next request would begin. So the caller is
 * told (RFC 9112, section 9.6), and does not send one into a closing connection.
 */
final class ProblemErrorHandler extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String traceId = TraceIds.random();
        response.getHeaders().put("Trace-Id", traceId);
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        ProblemWriter.write(request, response, callback, failure(response.getStatus()), traceId);
        return true;
    }

    private static MortiseException failure(int status) {
        return switch (status) {
            case 408 -> HttpRefusal.timeout(null);
            case 413 ->
                new MortiseException(
                        KernelError.REQUEST_TOO_LARGE, "The body is larger than is accepted", "Send less at once");
            case 414 -> HttpRefusal.notHttp(status, "The address is too long", "Send long values in the body");
            case 417 -> HttpRefusal.notHttp(status, "The Expect header is not understood", "Leave it out");
            case 431 -> HttpRefusal.notHttp(status, "The headers are too large", "Send fewer or shorter headers");
            case 505 -> HttpRefusal.notHttp(status, "This version of HTTP is not spoken here", "Use HTTP/1.1");
            case 503 -> new MortiseException(KernelError.NOT_READY, "The server is stopping", "Try again in a moment");
            default ->
                status < 500
                        ? HttpRefusal.notHttp(
                                status < 400 ? 400 : status,
                                "The request is not acceptable as HTTP",
                                "Check the request line, the headers and their size")
                        : new MortiseException(
                                KernelError.INTERNAL, "The server could not do this", "Report it with the trace id");
        };
    }
}
