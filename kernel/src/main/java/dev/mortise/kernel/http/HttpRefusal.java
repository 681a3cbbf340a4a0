package dev.mortise.kernel.http;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A refusal whose status says more than its code's category, with headers that belong to it. */
final class HttpRefusal extends MortiseException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> headers;

    private HttpRefusal(
            int status,
            Map<String, String> headers,
            ErrorCode code,
            String message,
            String remedy,
            @Nullable Throwable cause) {
        super(code, message, remedy, cause);
        this.status = status;
        this.headers = Map.copyOf(headers);
    }

    /** The resource is there, and not for this method (RFC 9110, section 15.5.6). */
    static HttpRefusal methodNotAllowed(List<String> allowed) {
        String allow = String.join(", ", allowed);
        return new HttpRefusal(
                405,
                Map.of("Allow", allow),
                KernelError.METHOD_REFUSED,
                "The path is there, but not for this method",
                "Use one of " + allow,
                null);
    }

    /** The request did not arrive within the time that the connection may be idle. */
    static HttpRefusal timeout(@Nullable Throwable cause) {
        return new HttpRefusal(
                408,
                Map.of("Connection", "close"),
                KernelError.REQUEST_TIMEOUT,
                "The request did not arrive in time",
                "Send it again on a new connection, without pauses",
                cause);
    }

    /** What Jetty refuses before anybody else sees it. */
    static HttpRefusal notHttp(int status, String message, String remedy) {
        return new HttpRefusal(status, Map.of(), KernelError.REQUEST_INVALID, message, remedy, null);
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }
}
