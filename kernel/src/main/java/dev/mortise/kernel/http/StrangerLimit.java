package dev.mortise.kernel.http;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** Counts requests of callers who could not show who they are. */
@FunctionalInterface
public interface StrangerLimit {
    /**
     * Counts one, and notes on the response when to come back where it is one too many.
     *
     * @throws dev.mortise.api.error.MortiseException with {@code kernel.rate-limited} when it is one too many
     */
    void count(Request request, Response response);
}
