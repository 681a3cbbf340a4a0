package dev.mortise.kernel.http;

import org.eclipse.jetty.server.Request;

/**
 * Tells who sends a request. On the path of every request: answers from memory as a rule.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Authentication {
    /**
     * Returns the caller; the anonymous one where the request presents no credentials.
     *
     * @throws dev.mortise.api.error.MortiseException with {@code kernel.unauthenticated} when it presents some that are
     *     unknown, expired or revoked, {@code kernel.csrf} when a session's cookie comes without its token, or with a
     *     code of category {@code LIMITED} when the source has presented too many unknown ones
     */
    Caller authenticate(Request request, String traceId);
}
