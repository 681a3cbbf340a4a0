package dev.mortise.kernel.job;

import dev.mortise.api.extension.ExtensionInfo;
import dev.mortise.api.extension.Subscription;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.job.JobHandler;
import dev.mortise.api.job.Jobs;
import dev.mortise.kernel.pulse.Pulse;
import dev.mortise.kernel.registry.ExtensionRegistry;
import dev.mortise.kernel.store.Database;
import dev.mortise.kernel.store.Notifications;
import dev.mortise.kernel.store.PluginStore;
import dev.mortise.kernel.trace.TraceRoom;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The jobs of this node. Nothing runs before {@link #start}; db-scheduler is loaded when the first plugin with a
 * handler is there, so that a server without one pays nothing for it.
 *
 * @since 0.1
 */
public final class JobRoom implements AutoCloseable {
    private static final Duration LONGEST_PULSE = Duration.ofSeconds(1);
    private static final int PULSES_BETWEEN_COUNTS = 15;

    private final Database database;
    private final ExtensionRegistry registry;
    private final JobOptions options;
    private final JobRunner runner;
    private final JobTending tending;
    private final Repetitions repetitions;
    private final Pulse pulse;
    private final String node;
    private volatile Map<String, Long> counts = Map.of();
    private Subscription handlers = () -> {};
    private List<Notifications.Subscription> announcements = List.of();
    private int beats;
    private volatile boolean closed;
    /** Null until a plugin offers a handler; written by the pulse alone. */
    private volatile @Nullable JobQueue queue;

    /** @param node names this process, unlike any other one, and unlike itself before a restart */
    public JobRoom(
            Database database,
            ExtensionRegistry registry,
            String node,
            JobOptions options,
            MeterRegistry meters,
            TraceRoom traces) {
        this.database = database;
        this.registry = registry;
        this.options = options;
        this.node = node;
        this.runner = new JobRunner(registry, new JobLedger(database.kernel()), meters, traces, options.lease());
        this.tending = new JobTending(database.singleStatements(), node, options);
        this.repetitions = new Repetitions(database);
        Duration quarter = options.lease().dividedBy(4);
        this.pulse = new Pulse(
                "The jobs' upkeep", quarter.compareTo(LONGEST_PULSE) < 0 ? quarter : LONGEST_PULSE, this::tend);
        for (String state : List.of("scheduled", "running", "parked")) {
            Gauge.builder("mortise.jobs", () -> counts.getOrDefault(state, 0L))
                    .tag("state", state)
                    .register(meters);
        }
    }

    /** Begins to run jobs. */
    public JobRoom start() {
        announcements = List.of(
                database.notifications().listen("job", _ -> look()),
                database.notifications().listen("cancel", this::cancelled));
        pulse.start();
        handlers = registry.watch(JobHandler.class, pulse::wake);
        return this;
    }

    /** Returns the jobs service of one load of a plugin. */
    public Jobs jobs(String plugin, PluginStore store, JsonMapper json) {
        return new PluginJobs(plugin, store, json);
    }

    /** Returns the resources of the kernel that show jobs. */
    public HttpResource resource() {
        return new JobResource(database.kernel());
    }

    /** Returns how many jobs wait for a plugin that does not run, as far as this node has counted lately. */
    public long parked() {
        return counts.getOrDefault("parked", 0L);
    }

    private void tend() throws SQLException {
        List<String> offered = offered();
        openQueueFor(offered);
        if (tending.tend(offered) > 0) {
            look();
        }
        repetitions.schedule();
        if (beats++ % PULSES_BETWEEN_COUNTS == 0) {
            counts = tending.count();
        }
    }

    private void openQueueFor(List<String> offered) {
        if (queue == null && !offered.isEmpty() && !closed) {
            JobQueue opened = new JobQueue(database.singleStatements(), node, options, this::offered, runner);
            opened.start();
            queue = opened;
        }
        look();
    }

    private List<String> offered() {
        return registry.list(JobHandler.class).stream().map(ExtensionInfo::name).toList();
    }

    private void look() {
        JobQueue opened = queue;
        if (opened != null) {
            opened.look();
        }
    }

    private void cancelled(Optional<String> id) {
        id.map(UUID::fromString).ifPresent(runner::interrupt);
    }

    /** Picks no more jobs and lets those that run end; what does not end in 10 seconds is given back for later. */
    @Override
    public void close() {
        closed = true;
        runner.close();
        handlers.close();
        announcements.forEach(Notifications.Subscription::close);
        pulse.close();
        JobQueue opened = queue;
        if (opened != null) {
            opened.close();
        }
    }
}
