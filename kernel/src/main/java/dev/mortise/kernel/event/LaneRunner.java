package dev.mortise.kernel.event;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.event.EventHandler;
import dev.mortise.api.store.Transaction;
import dev.mortise.api.trace.SpanKind;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.lease.Retries;
import dev.mortise.kernel.lease.RunLease;
import dev.mortise.kernel.redact.Redaction;
import dev.mortise.kernel.registry.ExtensionRegistry;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.SchemaSessions;
import dev.mortise.kernel.trace.TraceRoom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the events of one lane, one after the other, for as long as the lease is held and there are any. Everything
 * that it writes is written under the lease.
 */
final class LaneRunner {
    private static final Logger LOG = LoggerFactory.getLogger(LaneRunner.class);
    private static final int BATCH = 100;
    /** After so many events another lane gets its turn. */
    private static final int TURN = 500;
    /** An event whose deliveries take their nodes down is poison after so many. */
    private static final int MOST_LOST_LEASES = 5;

    private static final Duration UNTIL_IT_IS_BACK = Duration.ofSeconds(1);

    private final LeasedLane lane;
    private final SchemaSessions sessions;
    private final ExtensionRegistry registry;
    private final TraceRoom traces;
    private int attempt;
    private long reached;
    private Duration wait = Duration.ZERO;
    private boolean isStopped;
    private volatile boolean isClosing;

    LaneRunner(LeasedLane lane, SchemaSessions sessions, ExtensionRegistry registry, TraceRoom traces) {
        this.lane = lane;
        this.sessions = sessions;
        this.registry = registry;
        this.traces = traces;
    }

    LeasedLane lane() {
        return lane;
    }

    /** Returns the position of the last event that is done with. */
    long reached() {
        return reached;
    }

    /** Returns how long the lane rests before it is delivered again. */
    Duration rest() {
        return wait;
    }

    /** Returns whether the lane stays where it is until somebody resumes it. */
    boolean isStopped() {
        return isStopped;
    }

    /** Ends after the event that is being handled. */
    void close() {
        isClosing = true;
    }

    /**
     * Delivers.
     *
     * @throws MortiseException with {@code kernel.event-lease-lost}, or when the database does not answer
     */
    void run() {
        boolean isPoisoned = findPlace();
        for (int done = 0; done < TURN && !isClosing; ) {
            List<EventMapper.Row> batch = read(reached);
            if (batch.isEmpty()) {
                reached = Math.max(reached, lane.head());
                return;
            }
            for (EventMapper.Row event : batch) {
                if (isClosing || !(isPoisoned ? setAsideLost(event) : deliver(event))) {
                    return;
                }
                isPoisoned = false;
                attempt = 0;
                reached = event.position();
                done++;
            }
        }
    }

    /** Finds where the lane stands. Returns whether the next event has taken too many nodes down. */
    private boolean findPlace() {
        Optional<EventMapper.Cursor> cursor =
                read(events -> Optional.ofNullable(events.cursor(lane.subscriber(), lane.lane())));
        reached = cursor.map(EventMapper.Cursor::position).orElse(0L);
        attempt = cursor.map(EventMapper.Cursor::attempt).orElse(0);
        return lane.isTakenOver()
                && write(events -> events.countLostLease(lane.subscriber(), lane.lane(), reached)) >= MOST_LOST_LEASES;
    }

    /** Delivers one event. Returns whether the lane goes on. */
    private boolean deliver(EventMapper.Row event) {
        RunLease lease = lane.lease();
        LeasedDelivery delivery = new LeasedDelivery(event, attempt + 1, open -> advance(open, event), lease::end);
        AtomicReference<@Nullable MortiseException> failure = new AtomicReference<>();
        lane.context(event.traceId()).run(() -> lease.run(() -> failure.set(traced(event, delivery))));
        lease.end();
        MortiseException problem = failure.get();
        if (problem == null) {
            if (!delivery.isCompleted()) {
                writeIn(open -> advance(open, event));
            }
            return true;
        }
        return failed(event, delivery, problem);
    }

    /** Names and attributes are those of OpenTelemetry's semantic conventions for messaging. */
    private @Nullable MortiseException traced(EventMapper.Row event, LeasedDelivery delivery) {
        return traces.<@Nullable MortiseException>inSpanBelow(
                event.traceparent(), "process " + event.name(), SpanKind.CONSUMER, span -> {
                    span.put("messaging.system", "mortise")
                            .put("messaging.operation.name", "process")
                            .put("messaging.operation.type", "process")
                            .put("messaging.destination.name", event.name())
                            .put("messaging.message.id", event.id().toString())
                            .put("messaging.consumer.group.name", lane.subscriber())
                            .put("mortise.event.attempt", attempt + 1);
                    MortiseException problem = hand(delivery);
                    if (problem != null) {
                        String code = problem.errorCode().code();
                        span.put("error.type", code).failed(code);
                    }
                    return problem;
                });
    }

    private @Nullable MortiseException hand(LeasedDelivery delivery) {
        try {
            registry.call(EventHandler.class, lane.subscriber(), handler -> {
                delivery.handBy(handler);
                return true;
            });
            return null;
        } catch (MortiseException e) {
            return e;
        }
    }

    private boolean failed(EventMapper.Row event, LeasedDelivery delivery, MortiseException problem) {
        if (delivery.isCompleted()) {
            LOG.warn("{} failed after event {} was complete", lane.subscriber(), event.id(), problem);
            return true;
        }
        if (problem.errorCode() == KernelError.EVENT_LEASE_LOST) {
            throw problem;
        }
        boolean isStopping = isClosing && problem.errorCode() == ApiError.INTERRUPTED;
        if (!delivery.hasBegun() || isStopping || Retries.isOfTheDatabase(problem)) {
            wait = isClosing ? Duration.ZERO : UNTIL_IT_IS_BACK;
            return false;
        }
        attempt++;
        if (!Retries.isLast(problem, attempt, delivery.retries())) {
            LOG.info("{} failed at event {} in try {}", lane.subscriber(), event.id(), attempt, problem);
            note(event, problem);
            wait = Retries.waitAfter(attempt, delivery.retries());
            return false;
        }
        if (delivery.onPoison() == EventHandler.OnPoison.STOP) {
            LOG.warn("{} stops before event {}", lane.subscriber(), event.id(), problem);
            note(event, problem);
            isStopped = true;
            return false;
        }
        LOG.warn("{} sets event {} aside", lane.subscriber(), event.id(), problem);
        park(event, attempt, problem.errorCode().code(), text(problem));
        return true;
    }

    private boolean setAsideLost(EventMapper.Row event) {
        LOG.warn("{} sets event {} aside: its deliveries were lost too often", lane.subscriber(), event.id());
        park(
                event,
                MOST_LOST_LEASES,
                "kernel.event-node-lost",
                "The node that delivered it went away " + MOST_LOST_LEASES + " times");
        return true;
    }

    private void note(EventMapper.Row event, MortiseException problem) {
        writeIn(open -> open.mapper(EventMapper.class)
                .failed(
                        lane.subscriber(),
                        lane.lane(),
                        reached,
                        attempt,
                        problem.errorCode().code(),
                        "Event " + event.id() + ": " + text(problem)));
    }

    private void park(EventMapper.Row event, int attempts, String code, String message) {
        writeIn(open -> {
            open.mapper(EventMapper.class).park(lane.subscriber(), event, attempts, code, message);
            advance(open, event);
        });
    }

    private void advance(Transaction open, EventMapper.Row event) {
        open.mapper(EventMapper.class).advance(lane.subscriber(), lane.lane(), event.position());
    }

    private static String text(MortiseException problem) {
        return Redaction.of(Objects.toString(problem.getMessage(), "").replace('\0', ' '));
    }

    private List<EventMapper.Row> read(long after) {
        return read(events -> events.read(lane.subscriber(), lane.lane(), after, lane.head(), BATCH));
    }

    private <R> R read(Function<EventMapper, R> work) {
        return sessions.inTransaction(lane.tenant(), Access.READ, open -> work.apply(open.mapper(EventMapper.class)));
    }

    private int write(Function<EventMapper, Integer> work) {
        AtomicReference<Integer> result = new AtomicReference<>(0);
        writeIn(open -> result.set(work.apply(open.mapper(EventMapper.class))));
        return result.get();
    }

    private void writeIn(java.util.function.Consumer<Transaction> work) {
        lane.lease()
                .run(() -> sessions.inTransaction(lane.tenant(), Access.WRITE, open -> {
                    work.accept(open);
                    return true;
                }));
    }
}
