package dev.mortise.kernel.trace;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.trace.TraceOptions.Destination;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives tenants' spans to the tenants' receivers. Whoever ends a span never waits, and never looks where it goes: one
 * thread does, which may ask the database. What a tenant chooses holds from the next span on.
 */
final class TenantExports implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TenantExports.class);

    /** Each has a thread and connections of its own. */
    private static final int MOST_RECEIVERS = 200;

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final TraceOptions options;
    private final Resource resource;
    private final MeterRegistry meters;
    private final Function<TenantId, Optional<Destination>> choices;
    private final BlockingQueue<Arrival> arrivals;
    private final Counter dropped;
    /** Tenants that had no receiver lately, so that their spans cost nothing. */
    private final Set<String> without = ConcurrentHashMap.newKeySet();
    /** The router thread's alone, until that has ended. */
    private final Map<String, TenantExport> open = new HashMap<>();

    private final Thread router;
    private volatile boolean closing;
    private long askedAt = System.nanoTime();

    private record Arrival(String tenant, SpanData span) {}

    private TenantExports(
            TraceOptions options,
            Resource resource,
            MeterRegistry meters,
            Function<TenantId, Optional<Destination>> choices) {
        this.options = options;
        this.resource = resource;
        this.meters = meters;
        this.choices = choices;
        this.arrivals = new ArrayBlockingQueue<>(options.queue());
        this.dropped = SpanQueue.counter(meters, "tenant", "dropped");
        this.router = Thread.ofVirtual().name("mortise-tenant-telemetry").unstarted(this::route);
    }

    /** @param choices what tenants choose for themselves */
    static TenantExports open(
            TraceOptions options,
            Resource resource,
            MeterRegistry meters,
            Function<TenantId, Optional<Destination>> choices) {
        TenantExports exports = new TenantExports(options, resource, meters, choices);
        exports.router.start();
        return exports;
    }

    /** Returns whether the tenant has a receiver, as far as is known. */
    boolean isWanted(String tenant) {
        return !without.contains(tenant);
    }

    void offer(String tenant, SpanData span) {
        if (closing || !arrivals.offer(new Arrival(tenant, span))) {
            dropped.increment();
        }
    }

    private void route() {
        try {
            while (!closing || !arrivals.isEmpty()) {
                @Nullable Arrival next = arrivals.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (next != null) {
                    exportOf(next.tenant()).ifPresent(export -> export.take(next.span()));
                }
                if (System.nanoTime() - askedAt > ASK_AGAIN.toNanos()) {
                    askedAt = System.nanoTime();
                    without.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // The server stops and waits no longer.
        }
    }

    private Optional<TenantExport> exportOf(String tenant) {
        Optional<Destination> destination = destinationOf(TenantId.parse(tenant));
        TenantExport known = open.get(tenant);
        if (known != null && destination.filter(known.destination()::equals).isPresent()) {
            return Optional.of(known);
        }
        if (known != null) {
            open.remove(tenant);
            Thread.ofVirtual().name("mortise-tenant-telemetry-end").start(known::close);
        }
        if (destination.isEmpty() || open.size() >= MOST_RECEIVERS) {
            destination.ifPresent(_ -> dropped.increment());
            without.add(tenant);
            return Optional.empty();
        }
        boolean isFixed = options.tenants().fixed().containsKey(TenantId.parse(tenant));
        Destination goal = destination.get();
        TenantExport export = TenantExport.open(
                goal,
                () -> isFixed
                        || Reachable.mayReach(goal.endpoint(), options.tenants().reach()),
                options.queue(),
                options.tenants().every(),
                resource,
                meters);
        open.put(tenant, export);
        return Optional.of(export);
    }

    private Optional<Destination> destinationOf(TenantId tenant) {
        Destination fixed = options.tenants().fixed().get(tenant);
        if (fixed != null || !options.tenants().choose()) {
            return Optional.ofNullable(fixed);
        }
        try {
            return choices.apply(tenant);
        } catch (MortiseException e) {
            LOG.warn("Telemetry of tenant {} goes nowhere for now: {}", tenant, e.describe());
            return Optional.empty();
        }
    }

    /** Sends what waits, for a few seconds at most, to all receivers side by side. */
    @Override
    public void close() {
        closing = true;
        try {
            if (!router.join(LAST_WORDS)) {
                router.interrupt();
                router.join();
            }
            dropped.increment(arrivals.size());
            List<Thread> endings = new ArrayList<>();
            open.values().forEach(export -> endings.add(Thread.ofVirtual().start(export::close)));
            for (Thread ending : endings) {
                ending.join(LAST_WORDS.multipliedBy(2));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
