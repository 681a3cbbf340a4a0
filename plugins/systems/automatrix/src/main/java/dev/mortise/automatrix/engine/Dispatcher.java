package dev.mortise.automatrix.engine;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.store.Store;
import dev.mortise.api.tenant.Tenants;
import dev.mortise.automatrix.run.ClaimedRun;
import dev.mortise.automatrix.run.RunMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims runs from the database when there is room. Tenants that have something to claim take turns, each for its share
 * of the room that is free. Tenants without are not asked: those who know that a run waits (the door, the end of a
 * pause, the sweeper) say so.
 */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);

    private final Store store;
    private final Tenants tenants;
    private final UUID engineId;
    private final Executor executor;
    private final Stopping stopping;
    private final BiConsumer<TenantId, ClaimedRun> start;
    private final Semaphore calls = new Semaphore(0);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final PriorityBlockingQueue<Due> dues = new PriorityBlockingQueue<>(16, Comparator.comparing(Due::at));
    /** The tenants that have runs to claim, in the order of their turns. Guarded by itself. */
    private final SequencedSet<TenantId> waiting = new LinkedHashSet<>();

    Dispatcher(
            Store store,
            Tenants tenants,
            UUID engineId,
            Executor executor,
            Stopping stopping,
            BiConsumer<TenantId, ClaimedRun> start) {
        this.store = store;
        this.tenants = tenants;
        this.engineId = engineId;
        this.executor = executor;
        this.stopping = stopping;
        this.start = start;
    }

    private record Due(Instant at, TenantId tenant) {}

    /** Says that a tenant has a run to claim. */
    void hint(TenantId tenant) {
        synchronized (waiting) {
            waiting.add(tenant);
        }
        calls.release();
    }

    /** Says that a tenant will have a run to claim. */
    void hintAt(TenantId tenant, Instant at) {
        dues.add(new Due(at, tenant));
        calls.release();
    }

    /** Says that there is room again. */
    void roomFreed() {
        if (isBehind()) {
            calls.release();
        }
    }

    /** Returns whether runs wait that came before any new one. */
    boolean isBehind() {
        synchronized (waiting) {
            return !waiting.isEmpty();
        }
    }

    /** Dispatches until the engine stops. */
    void dispatch() {
        try {
            while (!stopping.hasBegun()) {
                sleep();
                claimInTurns();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    void awaitEnd(Duration time) throws InterruptedException {
        calls.release();
        if (!ended.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.warn("The dispatcher did not end within {}", time);
        }
    }

    private void sleep() throws InterruptedException {
        Due next = dues.peek();
        Duration pause = next == null ? LONGEST_SLEEP : Duration.between(Instant.now(), next.at());
        Duration bounded = pause.compareTo(LONGEST_SLEEP) < 0 ? pause : LONGEST_SLEEP;
        if (calls.tryAcquire(Math.max(0, bounded.toNanos()), TimeUnit.NANOSECONDS)) {
            calls.drainPermits();
        }
        for (Due due = dues.peek(); due != null && !due.at().isAfter(Instant.now()); due = dues.peek()) {
            dues.remove(due);
            synchronized (waiting) {
                waiting.add(due.tenant());
            }
        }
    }

    private void claimInTurns() {
        while (!stopping.hasBegun() && executor.free() > 0) {
            TenantId tenant;
            int share;
            synchronized (waiting) {
                if (waiting.isEmpty()) {
                    return;
                }
                share = Math.max(1, executor.free() / waiting.size());
                tenant = waiting.getFirst();
            }
            int places = executor.takeRoom(share);
            if (places == 0) {
                return;
            }
            List<ClaimedRun> claimed = claim(tenant, places);
            synchronized (waiting) {
                waiting.remove(tenant);
                if (claimed.size() == places) {
                    waiting.add(tenant);
                }
            }
            executor.giveRoomBack(places - claimed.size());
            claimed.forEach(run -> start.accept(tenant, run));
        }
    }

    private List<ClaimedRun> claim(TenantId tenant, int places) {
        try {
            return tenants.asSystem(tenant)
                    .call(() -> store.write(RunMapper.class, runs -> {
                        List<ClaimedRun> claimed = new ArrayList<>(runs.claimDue(engineId, places));
                        if (claimed.size() < places) {
                            claimed.addAll(runs.claimQueued(engineId, places - claimed.size()));
                        }
                        return claimed;
                    }));
        } catch (MortiseException failure) {
            // The sweeper names the tenant again.
            LOG.warn("Runs of tenant {} could not be claimed: {}", tenant, failure.describe());
            return List.of();
        }
    }
}
