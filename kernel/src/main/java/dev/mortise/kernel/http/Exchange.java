package dev.mortise.kernel.http;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.MortiseException;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way through the door, with its response.
 *
 * @param plugin the plugin whose resources are asked for, {@link Door#KERNEL} for the kernel's, null outside of both
 * @param path the path, decoded, without the query
 * @param callback completed once, by whoever answers
 * @since 0.1
 */
public record Exchange(
        Request request,
        Response response,
        Callback callback,
        @Nullable String plugin,
        String path) {
    private static final String ROUTE = Exchange.class.getName() + ".route";

    /** Returns this exchange with another response and callback, for the passages and the resource behind. */
    public Exchange with(Response otherResponse, Callback otherCallback) {
        return new Exchange(request, otherResponse, otherCallback, plugin, path);
    }

    /**
     * Returns the template of the path that the resource declares, such as {@code /api/v1/kernel/plugins/{id}}; empty
     * before the resource was reached, and where none was.
     */
    public Optional<String> route() {
        return Optional.ofNullable((String) request.getAttribute(ROUTE));
    }

    /** Answers with the problem that the failure describes; the response must not have begun. */
    public void answer(MortiseException failure) {
        String traceId = CallContext.find().map(CallContext::traceId).orElse("");
        response.reset();
        response.getHeaders().put("Trace-Id", traceId);
        ProblemWriter.write(request, response, callback, failure, traceId);
    }

    static void noteRoute(Request request, String template) {
        request.setAttribute(ROUTE, template);
    }
}
