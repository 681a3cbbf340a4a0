package dev.mortise.kernel.cluster;

import dev.mortise.api.admin.PluginAdmin;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.lifecycle.JarSource;
import dev.mortise.kernel.lifecycle.PluginLifecycle;
import dev.mortise.kernel.store.Database;
import dev.mortise.kernel.store.Notifications;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node among the others. Opened before plugins are brought up, closed after they ended.
 *
 * @since 0.1
 */
public final class ClusterRoom implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterRoom.class);
    private static final Duration WITH_OTHERS = Duration.ofSeconds(5);

    private final Database database;
    private final ClusterOptions options;
    private final Self self;
    private final Pulse pulse;
    private final LeaseKeeper leases;
    private final JarArchive jars;
    private final DesiredPlugins desired;
    private final Followers followers;
    private final Semaphore wake = new Semaphore(0);
    private @Nullable ClusterPlugins plugins;
    private volatile boolean isSettled;

    private ClusterRoom(Database database, ClusterOptions options, Self self, Runnable onDrainRequest) {
        this.database = database;
        this.options = options;
        this.self = self;
        this.pulse = new Pulse(database, self, options, onDrainRequest);
        this.leases = new LeaseKeeper(database::control, self.id(), options.lease());
        this.jars = new JarArchive(database.kernel());
        this.desired = new DesiredPlugins(database.kernel(), self);
        this.followers = new Followers(database.kernel(), self, options.beat().dividedBy(8), options.follow());
    }

    /**
     * Tells the database that this node is starting.
     *
     * @param onDrainRequest called once when an administrator asks this node to drain; must not block
     * @throws MortiseException with {@code kernel.database-unavailable}
     */
    public static ClusterRoom open(Database database, ClusterOptions options, String version, Runnable onDrainRequest) {
        ClusterRoom room = new ClusterRoom(
                database, options, new Self(UUID.randomUUID(), options.name(), version), onDrainRequest);
        room.pulse.begin();
        return room;
    }

    /** Returns this node's leases. */
    public LeaseKeeper leases() {
        return leases;
    }

    /** Returns where jars come from that this node does not have. */
    public JarSource jars() {
        return jars;
    }

    /** Brings up what all nodes are to run; one that fails is reported and does not keep the others back. */
    public void bringUp(PluginLifecycle lifecycle) {
        plugins = new ClusterPlugins(lifecycle, desired, followers, leases, self);
        desired.adopt(lifecycle.shelved());
        plugins.settle();
        isSettled = true;
    }

    /** Tells the others that this node serves, and follows them until what is returned is closed. */
    public AutoCloseable serve(URI url) {
        pulse.become(NodeState.READY, url.toString());
        Thread follower = Thread.ofVirtual().name("node follows").start(this::follow);
        Notifications.Subscription news = database.notifications().listen(DesiredPlugins.TOPIC, _ -> wake.release());
        return () -> {
            news.close();
            follower.interrupt();
            follower.join(Duration.ofSeconds(10));
        };
    }

    private void follow() {
        ClusterPlugins own = (ClusterPlugins) plugins();
        try {
            while (true) {
                var _ = wake.tryAcquire(options.beat().toMillis(), TimeUnit.MILLISECONDS);
                wake.drainPermits();
                if (pulse.isAnswered()) {
                    followOnce(own);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void followOnce(ClusterPlugins own) {
        try {
            own.follow();
        } catch (MortiseException e) {
            LOG.warn("What all nodes are to run could not be followed this time: {}", e.describe());
        } catch (RuntimeException e) {
            LOG.error("What all nodes are to run could not be followed this time", e);
        }
    }

    /** Returns changes of plugins on all nodes. */
    public PluginAdmin plugins() {
        if (plugins == null) {
            throw new IllegalStateException("Plugins are not brought up yet");
        }
        return plugins;
    }

    /** Returns why this node cannot serve for the sake of its database, or empty. */
    public Optional<String> databaseProblem() {
        return pulse.isAnswered() ? Optional.empty() : Optional.of("the database does not answer");
    }

    /** Returns why this node does not run what it is to run, or empty. */
    public Optional<String> pluginsProblem() {
        return isSettled ? Optional.empty() : Optional.of("plugins are being brought up");
    }

    /** Tells the others and every balancer that this node takes no new work, and gives them time to see it. */
    public void drain() {
        pulse.become(NodeState.DRAINING);
        Duration wait = drainWait();
        if (!wait.isZero()) {
            LOG.info(
                    "Draining: serving for {} s more, so that balancers see that this node is not ready",
                    wait.toMillis() / 1e3);
        }
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration drainWait() {
        if (!options.drainWait().isNegative()) {
            return options.drainWait();
        }
        try {
            return followers.others().isEmpty() ? Duration.ZERO : WITH_OTHERS;
        } catch (MortiseException e) {
            LOG.debug("Who else is there is not known: {}", e.describe());
            return Duration.ZERO;
        }
    }

    /** Returns the nodes for the door. */
    public NodeResource resource() {
        return new NodeResource(new Nodes(database.kernel(), self));
    }

    /** Gives the leases back and tells the others that this node is gone. */
    @Override
    public void close() {
        leases.close();
        pulse.close();
    }
}
