package dev.mortise.sandbox.pool;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.sandbox.SandboxError;
import dev.mortise.sandbox.worker.WorkerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of one language.
 *
 * <p>Invariant, held under {@link #lock}: {@code ready + starting + lent <= most}. A worker is in exactly one of the
 * three states; who has it lent is the only one that speaks to it.
 *
 * @since 0.1
 */
public final class WorkerPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    /** Starts a worker and returns when it is ready. */
    @FunctionalInterface
    public interface Starter {
        /** Blocks, for half a second as a rule. */
        WorkerProcess start() throws IOException, InterruptedException;
    }

    /** Runs something beside. */
    @FunctionalInterface
    public interface Beside {
        /** Returns at once. */
        void run(String name, Runnable work);
    }

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Deque<WorkerProcess> ready = new ArrayDeque<>();
    private final List<Waiter> waiters = new ArrayList<>();
    private final Map<TenantId, Integer> lentByTenant = new HashMap<>();
    private final Map<WorkerProcess, TenantId> lent = new HashMap<>();
    private final String language;
    private final Starter starter;
    private final Beside beside;
    private final PoolLimits limits;
    /** Asked to give a worker back that is lent and idle, when somebody waits for one. */
    private volatile Runnable relief = () -> {};

    private int starting;
    private boolean closed;
    private @Nullable String lastFailure;

    /** Creates an empty pool; {@link #fill} makes workers stand by. */
    public WorkerPool(String language, Starter starter, Beside beside, PoolLimits limits) {
        this.language = language;
        this.starter = starter;
        this.beside = beside;
        this.limits = limits;
    }

    /** Names what is asked, without the lock, to end a lease that nobody uses when somebody else waits. */
    void relieveBy(Runnable giver) {
        relief = giver;
    }

    /** Begins to start workers until as many stand by as are wanted. */
    public void fill() {
        lock.lock();
        try {
            int wanted = Math.max(limits.standby(), waiters.size());
            while (!closed && ready.size() + starting < wanted && total() < limits.most()) {
                starting++;
                beside.run("sandbox-start", this::startOne);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lends a worker; it is to be given back by {@link #end}.
     *
     * @throws MortiseException with {@link SandboxError#BUSY} when there is none in time or too many wait already
     */
    public WorkerProcess lend(TenantId tenant) {
        if (isExhausted()) {
            relief.run();
        }
        lock.lock();
        try {
            dropDead();
            if (waiters.isEmpty() && !ready.isEmpty()) {
                return lendTo(tenant, ready.removeFirst());
            }
            return waitFor(tenant);
        } finally {
            lock.unlock();
            fill();
        }
    }

    private boolean isExhausted() {
        lock.lock();
        try {
            return ready.isEmpty() && total() >= limits.most();
        } finally {
            lock.unlock();
        }
    }

    private WorkerProcess waitFor(TenantId tenant) {
        if (closed || waiters.size() >= limits.mostWaiting()) {
            throw busy(closed ? "the plugin is stopping" : waiters.size() + " calls wait already");
        }
        Waiter waiter = new Waiter(tenant, lock.newCondition());
        waiters.add(waiter);
        fill();
        try {
            long left = limits.patience().toNanos();
            while (waiter.worker == null && waiter.failure == null && left > 0) {
                left = waiter.woken.awaitNanos(left);
            }
            if (waiter.worker != null) {
                return waiter.worker;
            }
            throw busy(waiter.failure != null ? waiter.failure : "none became free within " + limits.patience());
        } catch (InterruptedException e) {
            if (waiter.worker != null) {
                end(waiter.worker);
            }
            Thread.currentThread().interrupt();
            throw new MortiseException(ApiError.INTERRUPTED, "The wait for a worker was interrupted", "Try again", e);
        } finally {
            waiters.remove(waiter);
        }
    }

    private MortiseException busy(String why) {
        return new MortiseException(
                SandboxError.BUSY,
                "No worker for " + language + " can be had: " + why,
                "Try again in a moment, or allow more workers (setting mostWorkers of the plugin sandbox)");
    }

    /** Ends a lease: the worker dies, and another one is started in its place where one is wanted. */
    public void end(WorkerProcess worker) {
        worker.kill();
        lock.lock();
        try {
            TenantId tenant = lent.remove(worker);
            if (tenant != null) {
                lentByTenant.computeIfPresent(tenant, (_, count) -> count == 1 ? null : count - 1);
            }
        } finally {
            lock.unlock();
        }
        fill();
    }

    /** Returns how many workers there are, by what they do. */
    public Counts counts() {
        lock.lock();
        try {
            return new Counts(ready.size(), starting, lent.size(), waiters.size(), Optional.ofNullable(lastFailure));
        } finally {
            lock.unlock();
        }
    }

    /**
     * A look at a pool.
     *
     * @param failure why the last start failed, where it did
     */
    public record Counts(int ready, int starting, int lent, int waiting, Optional<String> failure) {}

    private int total() {
        return ready.size() + starting + lent.size();
    }

    private WorkerProcess lendTo(TenantId tenant, WorkerProcess worker) {
        lent.put(worker, tenant);
        lentByTenant.merge(tenant, 1, Integer::sum);
        return worker;
    }

    private void startOne() {
        try {
            arrived(starter.start());
        } catch (IOException e) {
            LOG.warn("No worker for {}", language, e);
            failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed("the plugin is stopping");
        }
    }

    private void arrived(WorkerProcess worker) {
        lock.lock();
        try {
            starting--;
            lastFailure = null;
            if (closed) {
                worker.kill();
                return;
            }
            Optional<Waiter> next = next();
            if (next.isPresent()) {
                next.get().worker = lendTo(next.get().tenant, worker);
                next.get().woken.signal();
            } else {
                ready.addLast(worker);
            }
        } finally {
            lock.unlock();
        }
        fill();
    }

    private void failed(String why) {
        lock.lock();
        try {
            starting--;
            lastFailure = why;
            // They would wait in vain: what failed now fails in a moment too.
            for (Waiter waiter : waiters) {
                if (waiter.worker == null) {
                    waiter.failure = why;
                    waiter.woken.signal();
                }
            }
        } finally {
            lock.unlock();
        }
        pause();
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE);
            fill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The one whose tenant has least; of those the one that has waited longest. */
    private Optional<Waiter> next() {
        return waiters.stream()
                .filter(waiter -> waiter.worker == null && waiter.failure == null)
                .min(Comparator.comparingInt(waiter -> lentByTenant.getOrDefault(waiter.tenant, 0)));
    }

    private void dropDead() {
        ready.removeIf(worker -> !worker.isAlive());
    }

    /** Kills all workers. Who waits is told that there is none. */
    @Override
    public void close() {
        List<WorkerProcess> all;
        lock.lock();
        try {
            closed = true;
            all = new ArrayList<>(ready);
            all.addAll(lent.keySet());
            ready.clear();
            waiters.forEach(waiter -> {
                waiter.failure = "the plugin is stopping";
                waiter.woken.signal();
            });
        } finally {
            lock.unlock();
        }
        all.forEach(WorkerProcess::kill);
    }

    private static final class Waiter {
        private final TenantId tenant;
        private final Condition woken;
        private @Nullable WorkerProcess worker;
        private @Nullable String failure;

        Waiter(TenantId tenant, Condition woken) {
            this.tenant = tenant;
            this.woken = woken;
        }
    }
}
