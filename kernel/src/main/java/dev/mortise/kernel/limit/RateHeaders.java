package dev.mortise.kernel.limit;

import dev.mortise.api.limit.Permit;
import dev.mortise.api.limit.Rate;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;

/**
 * What callers learn of their limits: {@code RateLimit-Policy} and {@code RateLimit} as structured fields (RFC 9651),
 * by draft-ietf-httpapi-ratelimit-headers-10, sections 3 and 4, and {@code Retry-After} (RFC 9110, section 10.2.3) with
 * a refusal.
 */
final class RateHeaders {
    private final StringBuilder policies = new StringBuilder(64);
    private final StringBuilder states = new StringBuilder(64);
    private Duration retryAfter = Duration.ZERO;

    void add(String name, Rate rate, Permit permit) {
        separate(policies).append('"').append(name).append("\";q=").append(rate.permits());
        policies.append(";w=").append(rate.per().toSeconds());
        separate(states).append('"').append(name).append("\";r=").append(permit.remaining());
        states.append(";t=").append(permit.granted() ? secondsUntilFull(rate, permit) : seconds(permit.retryAfter()));
        if (permit.retryAfter().compareTo(retryAfter) > 0) {
            retryAfter = permit.retryAfter();
        }
    }

    void put(Response response) {
        response.getHeaders().put("RateLimit-Policy", policies.toString());
        response.getHeaders().put("RateLimit", states.toString());
        if (!retryAfter.isZero()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, Long.toString(seconds(retryAfter)));
        }
    }

    private static StringBuilder separate(StringBuilder list) {
        return list.isEmpty() ? list : list.append(", ");
    }

    private static long secondsUntilFull(Rate rate, Permit permit) {
        return (long) Math.ceil((rate.permits() - permit.remaining()) / rate.perSecond());
    }

    /** Rounded up: who comes back in time must not be refused again. */
    private static long seconds(Duration duration) {
        return Math.max(1, duration.plusSeconds(1).minusNanos(1).toSeconds());
    }
}
