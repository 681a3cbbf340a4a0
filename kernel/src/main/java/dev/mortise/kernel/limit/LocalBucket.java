package dev.mortise.kernel.limit;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.limit.Permit;
import dev.mortise.api.limit.Rate;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * This node's part of one bucket: tokens that it has leased and not yet spent. A refusal is remembered until the next
 * token can be there, so that a flood of refused requests does not reach the database.
 *
 * <p>Everything is guarded by the lock, which is held during a lease: those who come meanwhile need its result.
 */
final class LocalBucket {
    /** Part of a bucket that a node takes at once: the price in exactness for few round trips. */
    static final int PARTS = 20;

    private static final long STALE_NANOS = Duration.ofSeconds(10).toNanos();

    private final ReentrantLock lock = new ReentrantLock();
    private final TenantId tenant;
    private final String name;
    private Rate rate;
    private long leased;
    private long leasedAt;
    private double shared;
    private long refusedUntil;
    private long refusedCost = Long.MAX_VALUE;
    /** What this node grants by itself while the database is away. */
    private double own;

    private long ownAt;
    private boolean alone;

    LocalBucket(TenantId tenant, String name, Rate rate, long now) {
        this.tenant = tenant;
        this.name = name;
        this.rate = rate;
        this.leasedAt = now;
        this.refusedUntil = now;
        this.shared = rate.permits();
    }

    /**
     * Takes tokens, or none.
     *
     * @param now {@link System#nanoTime}
     */
    Permit take(Rate wantedRate, long cost, TokenStore store, Outage outage, long now) {
        lock.lock();
        try {
            if (!rate.equals(wantedRate)) {
                rate = wantedRate;
                leased = Math.min(leased, batch());
                refusedCost = Long.MAX_VALUE;
            }
            if (cost > rate.permits()) {
                return new Permit(false, remaining(), rate.per());
            }
            boolean isStale = leased > 0 && now - leasedAt > STALE_NANOS;
            if (leased >= cost && !isStale) {
                leased -= cost;
                return granted();
            }
            if (cost >= refusedCost && now - refusedUntil < 0) {
                return new Permit(false, remaining(), Duration.ofNanos(refusedUntil - now));
            }
            return outage.isOver(now) ? takeByLease(cost, store, outage, now) : takeAlone(cost, now);
        } finally {
            lock.unlock();
        }
    }

    private Permit takeByLease(long cost, TokenStore store, Outage outage, long now) {
        try {
            LimitMapper.Lease lease = store.lease(tenant, name, rate, Math.max(cost, batch()), cost, leased);
            alone = false;
            leased = lease.granted();
            leasedAt = now;
            shared = lease.remaining();
        } catch (MortiseException e) {
            outage.begin(now, e);
            return takeAlone(cost, now);
        }
        if (leased >= cost) {
            leased -= cost;
            refusedCost = Long.MAX_VALUE;
            return granted();
        }
        refusedCost = cost;
        refusedUntil = now + nanosUntil(cost - shared);
        return new Permit(false, remaining(), Duration.ofNanos(refusedUntil - now));
    }

    /** The whole limit, counted by this node for itself: better than to refuse everybody, or nobody. */
    private Permit takeAlone(long cost, long now) {
        own = alone
                ? Math.min((double) rate.permits(), own + rate.perSecond() * (now - ownAt) / 1e9)
                : Math.min((double) rate.permits(), leased + shared);
        alone = true;
        ownAt = now;
        leased = 0;
        if (own >= cost) {
            own -= cost;
            return new Permit(true, (long) own, Duration.ZERO);
        }
        return new Permit(false, (long) own, Duration.ofNanos(nanosUntil(cost - own)));
    }

    private Permit granted() {
        return new Permit(true, remaining(), Duration.ZERO);
    }

    private long remaining() {
        return Math.min(rate.permits(), leased + (long) shared);
    }

    private long nanosUntil(double tokens) {
        return Math.max(1, (long) Math.ceil(tokens / rate.perSecond() * 1e9));
    }

    private long batch() {
        return Math.max(1, rate.permits() / PARTS);
    }
}
