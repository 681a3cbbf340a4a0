package dev.mortise.kernel.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.limit.Permit;
import dev.mortise.api.limit.Rate;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Takes from buckets, by memory where it can. A node that forgets an idle bucket loses at most what it had leased.
 *
 * @since 0.1
 */
public final class RateLimiter {
    private static final int BUCKETS_AT_MOST = 100_000;
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final Cache<Key, LocalBucket> buckets = Caffeine.newBuilder()
            .maximumSize(BUCKETS_AT_MOST)
            .expireAfterAccess(IDLE)
            .build();
    private final TokenStore store;
    private final LongSupplier nanoTime;
    private final Outage outage;

    private record Key(TenantId tenant, String bucket) {}

    RateLimiter(TokenStore store, LongSupplier nanoTime) {
        this.store = store;
        this.nanoTime = nanoTime;
        this.outage = new Outage(nanoTime.getAsLong());
    }

    /**
     * Takes tokens if all of them are there, and none otherwise.
     *
     * @param bucket which one of the tenant's; at most 300 characters
     */
    public Permit take(TenantId tenant, String bucket, Rate rate, long cost) {
        long now = nanoTime.getAsLong();
        return buckets.get(new Key(tenant, bucket), key -> new LocalBucket(tenant, bucket, rate, now))
                .take(rate, cost, store, outage, now);
    }
}
