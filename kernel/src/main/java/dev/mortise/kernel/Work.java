package dev.mortise.kernel;

import dev.mortise.kernel.config.ServerConfiguration;
import dev.mortise.kernel.event.EventRoom;
import dev.mortise.kernel.job.JobRoom;
import dev.mortise.kernel.registry.ExtensionRegistry;
import dev.mortise.kernel.store.Database;
import dev.mortise.kernel.trace.TraceRoom;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.UUID;

/** What goes on in the background. Nothing begins before {@link #start}. */
final class Work implements AutoCloseable {
    private final JobRoom jobs;
    private final EventRoom events;

    Work(
            ServerConfiguration configuration,
            Database database,
            ExtensionRegistry registry,
            MeterRegistry meters,
            TraceRoom traces) {
        String node = UUID.randomUUID().toString();
        this.jobs = new JobRoom(database, registry, node, configuration.jobs(), meters, traces);
        this.events = new EventRoom(database, registry, node, configuration.events(), traces);
    }

    JobRoom jobs() {
        return jobs;
    }

    EventRoom events() {
        return events;
    }

    /** Returns what whoever looks after the server should know though it is ready. */
    Map<String, String> notes() {
        long parked = jobs.parked();
        return parked == 0 ? Map.of() : Map.of("jobs", parked + " jobs wait for a plugin that does not run");
    }

    Work start() {
        jobs.start();
        events.start();
        return this;
    }

    @Override
    public void close() {
        events.close();
        jobs.close();
    }
}
