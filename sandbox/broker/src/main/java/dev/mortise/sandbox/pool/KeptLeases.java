package dev.mortise.sandbox.pool;

import dev.mortise.api.call.TenantId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Leases of single calls: a tenant's worker is kept for a few seconds after a call, because the next call of the same
 * tenant is rarely far. It still serves this tenant alone, and is given up at once when somebody else waits.
 *
 * <p>Invariant, held under the monitor: a lease is either idle here or in the hands of one caller.
 *
 * @since 0.1
 */
public final class KeptLeases implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Map<TenantId, Deque<Kept>> idle = new HashMap<>();
    private final WorkerPool pool;
    private final Function<TenantId, PooledLease> leases;
    private boolean closed;

    /** @param leases takes a lease of the pool */
    public KeptLeases(WorkerPool pool, Function<TenantId, PooledLease> leases) {
        this.pool = pool;
        this.leases = leases;
        pool.relieveBy(this::giveUpOldest);
    }

    private record Kept(PooledLease lease, long since) {}

    /** Does something with a worker of the tenant's. */
    public <R> R use(TenantId tenant, Function<PooledLease, R> work) {
        PooledLease lease = takeIdle(tenant);
        if (lease == null) {
            lease = leases.apply(tenant);
        }
        try {
            return work.apply(lease);
        } finally {
            keep(tenant, lease);
        }
    }

    private synchronized @Nullable PooledLease takeIdle(TenantId tenant) {
        Deque<Kept> mine = idle.get(tenant);
        Kept kept = mine == null ? null : mine.pollFirst();
        return kept == null ? null : kept.lease();
    }

    private void keep(TenantId tenant, PooledLease lease) {
        boolean isWaitedFor = pool.counts().waiting() > 0;
        synchronized (this) {
            if (!closed && !isWaitedFor) {
                idle.computeIfAbsent(tenant, _ -> new ArrayDeque<>()).addFirst(new Kept(lease, System.nanoTime()));
                return;
            }
        }
        lease.close();
    }

    /** Ends the leases that nobody has used for a while; to be called every second or so. */
    public void sweep() {
        long now = System.nanoTime();
        taken(kept -> now - kept.since() > IDLE.toNanos(), Integer.MAX_VALUE).forEach(PooledLease::close);
    }

    private void giveUpOldest() {
        taken(_ -> true, 1).forEach(PooledLease::close);
    }

    private synchronized List<PooledLease> taken(java.util.function.Predicate<Kept> which, int most) {
        List<PooledLease> taken = new ArrayList<>();
        for (Deque<Kept> each : idle.values()) {
            while (taken.size() < most && !each.isEmpty() && which.test(each.peekLast())) {
                taken.add(each.removeLast().lease());
            }
        }
        idle.values().removeIf(Deque::isEmpty);
        return taken;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        taken(_ -> true, Integer.MAX_VALUE).forEach(PooledLease::close);
    }
}
