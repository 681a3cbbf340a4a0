package dev.mortise.kernel.http;

import dev.mortise.api.error.MortiseException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.json.JsonMapper;

/** Answers with problem details, before or outside of Jersey. */
final class ProblemWriter {
    /** How to present credentials (RFC 6750, section 3). */
    static final String CHALLENGE = "Bearer realm=\"mortise\"";

    private ProblemWriter() {}

    static void write(Request request, Response response, Callback callback, MortiseException failure, String traceId) {
        Problem problem = Problem.of(failure, traceId, RequestPath.of(request));
        response.setStatus(problem.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        if (problem.status() == HttpStatus.UNAUTHORIZED_401) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, CHALLENGE);
        }
        RetryAfter.seconds(failure, problem.status())
                .ifPresent(seconds -> response.getHeaders().put(HttpHeader.RETRY_AFTER, seconds));
        if (failure instanceof HttpRefusal refusal) {
            refusal.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        }
        byte[] body = JsonMapper.shared().writeValueAsBytes(problem);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
