package dev.mortise.kernel.cluster;

import dev.mortise.api.admin.PluginAdmin;
import dev.mortise.api.admin.PluginStatus;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.cluster.Followers.Followed;
import dev.mortise.kernel.cluster.Followers.Outcome;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.lifecycle.PluginLifecycle;
import dev.mortise.kernel.lifecycle.Settled;
import dev.mortise.kernel.lifecycle.ShelvedPlugin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes of plugins on all nodes. The node that is asked tries first; what it refuses happens nowhere. What it accepts
 * is written to the database and followed by the others: at once, or one after the other where a version changes.
 *
 * <p>One change at a time on all nodes, by the lease {@value #LEASE}. The lock keeps this node's own look at the
 * database away from a change that is not written yet.
 */
final class ClusterPlugins implements PluginAdmin {
    static final String LEASE = "kernel/plugins";
    private static final Logger LOG = LoggerFactory.getLogger(ClusterPlugins.class);
    private static final Duration QUEUE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final PluginLifecycle lifecycle;
    private final DesiredPlugins desired;
    private final Followers followers;
    private final LeaseKeeper leases;
    private final Self self;
    private final ReentrantLock changing = new ReentrantLock();

    ClusterPlugins(
            PluginLifecycle lifecycle, DesiredPlugins desired, Followers followers, LeaseKeeper leases, Self self) {
        this.lifecycle = lifecycle;
        this.desired = desired;
        this.followers = followers;
        this.leases = leases;
        this.self = self;
    }

    @Override
    public List<PluginStatus> list() {
        return lifecycle.list();
    }

    @Override
    public PluginStatus install(Path jar) {
        return change(lease -> together(lease, lifecycle.install(jar)));
    }

    @Override
    public PluginStatus update(Path jar) {
        return change(lease -> rolling(lease, lifecycle.update(jar)));
    }

    @Override
    public PluginStatus rollback(String id) {
        return change(lease -> rolling(lease, lifecycle.rollback(id)));
    }

    @Override
    public PluginStatus start(String id) {
        return change(lease -> together(lease, lifecycle.start(id)));
    }

    @Override
    public PluginStatus stop(String id) {
        return change(lease -> together(lease, lifecycle.stop(id)));
    }

    @Override
    public void remove(String id) {
        change(lease -> {
            lifecycle.remove(id);
            desired.remove(lease, id);
            desired.report(List.of(), ids(desired.all()));
            List<String> late = followers.awaitGone(id);
            if (!late.isEmpty()) {
                LOG.warn("{} is removed; {}", id, String.join("; ", late));
            }
            return id;
        });
    }

    /**
     * Brings this node to what all are to run, unless a change is being made here, and goes on with an update whose
     * leader is gone.
     */
    void follow() {
        if (!changing.tryLock()) {
            return;
        }
        try {
            List<Installation> now = settle();
            for (Installation each : now) {
                if (!each.held().isEmpty()) {
                    leases.tryLead(LEASE, lease -> roll(lease, each.id()));
                }
            }
        } finally {
            changing.unlock();
        }
    }

    /** Brings this node to what all are to run; the caller holds the lock or is alone. */
    List<Installation> settle() {
        List<Installation> now = desired.all();
        Set<String> waiting = now.stream()
                .filter(each -> each.held().contains(self.key()))
                .map(Installation::id)
                .collect(Collectors.toSet());
        List<Settled> outcomes =
                lifecycle.settle(now.stream().map(Installation::wanted).toList(), waiting);
        desired.report(outcomes, ids(now));
        return now;
    }

    private static List<String> ids(List<Installation> installations) {
        return installations.stream().map(Installation::id).toList();
    }

    private <R> R change(Function<HeldLease, R> work) {
        AtomicReference<R> result = new AtomicReference<>();
        long deadline = System.nanoTime() + QUEUE.toNanos();
        Consumer<HeldLease> whole = lease -> {
            // Another node may have changed something that this one has not seen yet.
            settle();
            result.set(work.apply(lease));
        };
        queue();
        try {
            while (!leases.tryLead(LEASE, whole)) {
                if (System.nanoTime() - deadline > 0) {
                    throw busy();
                }
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            changing.unlock();
        }
        return result.get();
    }

    private void queue() {
        try {
            if (!changing.tryLock(QUEUE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** All nodes at once: nothing is replaced, so nothing is at risk. */
    private PluginStatus together(HeldLease lease, PluginStatus status) {
        Installation written = write(lease, status.id(), List.of());
        return noted(status, followers.awaitAll(status.id(), written.generation()));
    }

    /** One node after the other; a failure brings the version before back everywhere. */
    private PluginStatus rolling(HeldLease lease, PluginStatus status) {
        List<String> waiting =
                followers.others().stream().map(node -> node.id().toString()).toList();
        write(lease, status.id(), waiting);
        roll(lease, status.id());
        return status;
    }

    private Installation write(HeldLease lease, String id, List<String> waiting) {
        ShelvedPlugin shelved = lifecycle.shelved().stream()
                .filter(each -> each.state().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(id + " is not in the data folder"));
        Installation next =
                desired.put(lease, shelved, former -> next(shelved, former).held(waiting));
        report(next);
        return next;
    }

    private static Installation next(ShelvedPlugin shelved, @Nullable Installation former) {
        Installation next = Installation.of(shelved.state());
        return former == null
                ? next
                : new Installation(
                        next.id(),
                        next.version(),
                        next.previous(),
                        former.previous(),
                        next.stopped(),
                        next.sha512(),
                        0,
                        List.of());
    }

    private void report(Installation done) {
        lifecycle.list().stream()
                .filter(each -> each.id().equals(done.id()))
                .map(each -> new Settled(done.id(), each.version(), done.generation(), each.state(), ""))
                .findFirst()
                .ifPresent(mine -> desired.report(List.of(mine), ids(desired.all())));
    }

    private void roll(HeldLease lease, String id) {
        Installation rolling = desired.all().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
        for (String node : rolling.held()) {
            desired.release(lease, id, node);
            if (node.equals(self.key())) {
                settle();
            }
            Followed followed = followers.await(node, id, rolling.generation());
            if (followed.outcome() == Outcome.FAILED || followed.outcome() == Outcome.LATE) {
                takeBack(lease, rolling, followed);
            }
            LOG.info(
                    "{} {}: node {} has {}",
                    id,
                    rolling.version(),
                    followed.node().name(),
                    followed.outcome());
        }
    }

    private void takeBack(HeldLease lease, Installation rolling, Followed failed) {
        String id = rolling.id();
        LOG.error(
                "{} {} is taken back everywhere: node {} failed: {}",
                id,
                rolling.version(),
                failed.node().name(),
                failed.problem());
        Installation back = desired.takeBack(lease, id);
        settle();
        List<String> left = new ArrayList<>(followers.awaitAll(id, back.generation()));
        throw new MortiseException(
                KernelError.PLUGIN_ROLLOUT_FAILED,
                "Node " + failed.node().name() + " could not take " + id + " " + rolling.version() + ": "
                        + failed.problem() + "; all nodes have gone back to " + back.version()
                        + (left.isEmpty() ? "" : ", except " + String.join(", ", left)),
                "Correct what that node says and update again");
    }

    private static PluginStatus noted(PluginStatus status, List<String> notes) {
        if (notes.isEmpty()) {
            return status;
        }
        String text = status.problem().map(own -> own + "; ").orElse("") + String.join("; ", notes);
        return new PluginStatus(
                status.id(),
                status.version(),
                status.description(),
                status.state(),
                status.since(),
                status.rollbackVersion(),
                status.extensions(),
                Optional.of(text));
    }

    private static MortiseException busy() {
        return new MortiseException(
                KernelError.PLUGIN_CHANGE_BUSY,
                "Another change of plugins is under way and has not ended within " + QUEUE.toSeconds() + " s",
                "Try again when it is done; `mortise node list` shows which node leads it");
    }

    private static MortiseException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new MortiseException(
                ApiError.INTERRUPTED, "The wait for another change of plugins was interrupted", "Try again", cause);
    }
}
