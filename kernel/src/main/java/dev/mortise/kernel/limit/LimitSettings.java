package dev.mortise.kernel.limit;

import dev.mortise.api.limit.Rate;
import java.time.Duration;
import java.util.List;

/**
 * The section {@code limits} of the configuration. What is absent has a generous standard, far above what people and
 * well-made programs do, and low enough that one of them cannot take the server from all others.
 *
 * @param enabled false to limit nothing
 * @param tenant all requests of a tenant
 * @param user all requests of one user
 * @param key all requests with one key
 * @param address requests without a valid key, by source address
 * @param endpoints single operations, for each tenant
 */
public record LimitSettings(
        Boolean enabled, Quota tenant, Quota user, Quota key, Quota address, List<EndpointQuota> endpoints) {
    private static final long MINUTE = 60;
    private static final Quota TENANT = new Quota(1_200_000, MINUTE);
    private static final Quota PRINCIPAL = new Quota(600_000, MINUTE);
    private static final Quota ADDRESS = new Quota(300, MINUTE);

    /** Fills in what is absent. */
    @SuppressWarnings("NullAway") // What is not in the file arrives as null from the binding.
    public LimitSettings {
        enabled = enabled == null || enabled;
        tenant = tenant == null ? TENANT : tenant;
        user = user == null ? PRINCIPAL : user;
        key = key == null ? PRINCIPAL : key;
        address = address == null ? ADDRESS : address;
        endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
    }

    /** Returns what holds where the configuration says nothing. */
    @SuppressWarnings("NullAway") // As the binding does it.
    public static LimitSettings standard() {
        return new LimitSettings(null, null, null, null, null, null);
    }

    /** So many requests in so many seconds, a minute where nothing is said. */
    public record Quota(long requests, Long seconds) {
        /** Refuses what is no rate. */
        @SuppressWarnings("NullAway") // What is not in the file arrives as null from the binding.
        public Quota {
            seconds = seconds == null ? (Long) MINUTE : seconds;
            var _ = new Rate(requests, Duration.ofSeconds(seconds));
        }

        Rate rate() {
            return new Rate(requests, Duration.ofSeconds(seconds));
        }
    }

    /**
     * A limit of operations.
     *
     * @param operation method and path, such as {@code POST /api/v1/relaycore/chat/completions}; {@code *} stands for
     *     any method or one segment, and at the end for any number of them
     */
    public record EndpointQuota(String operation, long requests, Long seconds) {
        /** Refuses what is no operation or no rate. */
        public EndpointQuota {
            var _ = OperationPattern.parse(operation);
            seconds = new Quota(requests, seconds).seconds();
        }
    }
}
