package dev.mortise.automatrix.engine;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.extension.ExtensionInfo;
import dev.mortise.api.plugin.PluginContext;
import dev.mortise.api.store.Store;
import dev.mortise.api.store.StoreLock;
import dev.mortise.api.workflow.NodeType;
import dev.mortise.automatrix.run.Backlog;
import dev.mortise.automatrix.run.RunMapper;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after runs that nobody looks after: those of an engine that is gone, those whose node type is back, and those
 * of this engine that are not being executed, as after a commit whose answer was lost. Keeps this engine's own lock.
 */
final class Sweeper {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final PluginContext context;
    private final Store store;
    private final UUID engineId;
    private final Executor executor;
    private final Dispatcher dispatcher;
    private final Stopping stopping;
    private final Semaphore calls = new Semaphore(0);
    private final Map<TenantId, Integer> queued = new HashMap<>();
    /** Own runs that were found without execution the last time; twice in a row means that they are lost. */
    private Set<UUID> suspects = Set.of();

    private volatile int backlog;
    private @Nullable StoreLock lock;

    Sweeper(PluginContext context, UUID engineId, Executor executor, Dispatcher dispatcher, Stopping stopping) {
        this.context = context;
        this.store = context.store();
        this.engineId = engineId;
        this.executor = executor;
        this.dispatcher = dispatcher;
        this.stopping = stopping;
    }

    /** Takes this engine's lock before it owns anything. */
    void takeLock() {
        lock = store.tryLock(lockOf(engineId.toString()))
                .orElseThrow(() -> new IllegalStateException("The lock of a new id is taken"));
    }

    void giveLockBack() {
        if (lock != null) {
            lock.close();
        }
    }

    private static String lockOf(String id) {
        return "engine:" + id;
    }

    /** Asks for a look at once. */
    void call() {
        calls.release();
    }

    /** Returns how many runs were queued at the last look, in all tenants. */
    int backlog() {
        return backlog;
    }

    /** Sweeps until the engine stops. */
    void sweep() {
        try {
            while (!stopping.hasBegun()) {
                lookSafely();
                if (calls.tryAcquire(PERIOD.toNanos(), TimeUnit.NANOSECONDS)) {
                    calls.drainPermits();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookSafely() {
        try {
            keepLock();
            look();
        } catch (MortiseException failure) {
            LOG.warn("A look after runs failed and is made again: {}", failure.describe());
        } catch (RuntimeException failure) {
            LOG.error("A look after runs failed and is made again", failure);
        }
    }

    /**
     * A lock is lost with its connection, as when the database restarts. Others may have taken runs over by then; the
     * fence keeps this engine from writing to those, and it goes on with the rest under the same id.
     */
    private void keepLock() {
        if (lock == null || !lock.isHeld()) {
            giveLockBack();
            lock = store.tryLock(lockOf(engineId.toString())).orElse(null);
            LOG.warn(
                    "The lock of engine {} was lost and {}", engineId, lock == null ? "is held by another" : "is back");
        }
    }

    private void look() {
        Set<String> nodes = context.extensions().list(NodeType.class).stream()
                .map(ExtensionInfo::name)
                .collect(Collectors.toSet());
        Set<UUID> executed = executor.active();
        Set<UUID> found = new HashSet<>();
        for (TenantId tenant : context.tenants().active()) {
            context.tenants().asSystem(tenant).run(() -> lookAt(tenant, nodes, executed, found));
        }
        suspects = found;
        backlog = queued.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void lookAt(TenantId tenant, Set<String> nodes, Set<UUID> executed, Set<UUID> found) {
        Backlog waits = store.read(RunMapper.class, runs -> runs.backlog(engineId));
        boolean claimable = waits.queued() > 0 || waits.due();
        for (String node : names(waits.missing())) {
            claimable |= nodes.contains(node) && store.write(RunMapper.class, runs -> runs.wake(node)) > 0;
        }
        for (String owner : names(waits.owners())) {
            claimable |= !owner.equals(engineId.toString()) && takeOver(owner) > 0;
        }
        for (String own : names(waits.own())) {
            UUID id = UUID.fromString(own);
            if (!executed.contains(id) && !executor.active().contains(id)) {
                claimable |= suspects.contains(id) && requeue(id);
                found.add(id);
            }
        }
        queued.put(tenant, waits.queued());
        if (claimable) {
            dispatcher.hint(tenant);
        }
    }

    private boolean requeue(UUID runId) {
        LOG.warn("Run {} is owned by this engine and not executed; it is queued again", runId);
        return store.write(RunMapper.class, runs -> runs.releaseRun(engineId, runId)) > 0;
    }

    /** Puts the runs of an engine into the queue when it is gone: when its lock can be had. */
    private int takeOver(String owner) {
        Optional<StoreLock> obtained = store.tryLock(lockOf(owner));
        if (obtained.isEmpty()) {
            return 0;
        }
        StoreLock held = obtained.get();
        try {
            int released = store.write(RunMapper.class, runs -> runs.release(UUID.fromString(owner)));
            LOG.info("Engine {} is gone; {} of its runs go on here", owner, released);
            return released;
        } finally {
            held.close();
        }
    }

    private static List<String> names(@Nullable String joined) {
        return joined == null || joined.isEmpty() ? List.of() : List.of(joined.split(","));
    }
}
