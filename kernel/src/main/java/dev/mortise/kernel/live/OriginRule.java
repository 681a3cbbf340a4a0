package dev.mortise.kernel.live;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import java.net.URI;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pages of other sites from connecting with the cookie of whoever looks at them: a browser lets any page open a
 * WebSocket and names the page's origin (RFC 6455, section 10.2).
 */
record OriginRule(Set<String> allowed) {
    void require(Request request) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (origin == null
                || allowed.contains(origin)
                || isOwn(origin, request.getHeaders().get(HttpHeader.HOST))) {
            return;
        }
        throw new MortiseException(
                ApiError.FORBIDDEN,
                "Pages of that origin may not connect",
                "Have an administrator list the origin under server.corsOrigins");
    }

    /** The scheme is not compared: whoever ends TLS in front of this server may well be the same site. */
    private static boolean isOwn(String origin, @Nullable String host) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && authority.equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
