package dev.mortise.kernel.event;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.event.EventHandler;
import dev.mortise.api.http.Cursors;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.Limited;
import dev.mortise.api.http.Page;
import dev.mortise.api.http.RequiresPermission;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.registry.ExtensionRegistry;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.SchemaSessions;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/kernel/events}: who is told what, how far they are, and what could not be handled. */
@Path("events")
public final class EventResource implements HttpResource {
    static final String READ = "kernel.events.read";
    static final String WRITE = "kernel.events.write";
    private static final int MOST = 500;
    private static final Cursors PARKED = new Cursors("kernel.events.parked");

    private final SchemaSessions sessions;
    private final ExtensionRegistry registry;

    EventResource(SchemaSessions sessions, ExtensionRegistry registry) {
        this.sessions = sessions;
        this.registry = registry;
    }

    /**
     * A subscription as it stands for the caller's tenant.
     *
     * @param lanesBehind how many of its lanes have events ahead of them
     * @param lanesStopped how many of these wait to be resumed
     * @param parked how many events were set aside
     * @param errorCode why the last delivery failed that has not succeeded since
     */
    public record SubscriptionState(
            String name,
            List<String> topics,
            int lanesBehind,
            int lanesStopped,
            long parked,
            Optional<String> errorCode,
            Optional<String> errorMessage) {}

    /** From where on events are delivered again: a time, or the position of the last event that is not. */
    public record Start(Optional<Instant> time, Optional<Long> position) {
        /** Refuses both and neither. */
        @SuppressWarnings("NullAway") // A component that is not in the body arrives as null.
        public Start {
            time = time == null ? Optional.empty() : time;
            position = position == null ? Optional.empty() : position;
            if (time.isPresent() == position.isPresent()) {
                throw new IllegalArgumentException("Give either \"time\" or \"position\"");
            }
        }
    }

    /** An event that a subscriber could not handle. */
    public record ParkedEvent(
            UUID id,
            String subscriber,
            UUID eventId,
            String eventName,
            Optional<String> key,
            JsonNode payload,
            Instant publishedAt,
            Instant parkedAt,
            int attempts,
            String errorCode,
            String errorMessage) {}

    /** Lists all subscriptions: there are as many as the running plugins have handlers in their code. */
    @GET
    @Path("subscriptions")
    @RequiresPermission(READ)
    public Page<SubscriptionState> subscriptions() {
        return Page.whole(call(Access.READ, subscriptions -> subscriptions.subscriptions(null)).stream()
                .map(EventResource::state)
                .toList());
    }

    /** Delivers events again, from a time or position on. */
    @POST
    @Path("subscriptions/{name}/replay")
    @RequiresPermission(WRITE)
    public SubscriptionState replay(@PathParam("name") String name, Start start) {
        return call(Access.WRITE, subscriptions -> {
            known(subscriptions, name);
            long position = start.position()
                    .orElseGet(() -> subscriptions.positionBefore(start.time().orElseThrow()));
            subscriptions.rewind(name, Math.max(0, position));
            return known(subscriptions, name);
        });
    }

    /** Lets a subscription go on that has stopped at a poisonous event. */
    @POST
    @Path("subscriptions/{name}/resume")
    @RequiresPermission(WRITE)
    public SubscriptionState resume(@PathParam("name") String name) {
        return call(Access.WRITE, subscriptions -> {
            known(subscriptions, name);
            subscriptions.resume(name);
            return known(subscriptions, name);
        });
    }

    /** Lists events that were set aside, newest first. */
    @GET
    @Path("parked")
    @RequiresPermission(READ)
    public Page<ParkedEvent> parked(
            @QueryParam("subscriber") @Nullable String subscriber,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Limited(min = 1, max = MOST) @Nullable Integer limit) {
        int most = Page.limit(limit, MOST);
        @Nullable UUID olderThan = PARKED.position(after, UUID::fromString).orElse(null);
        List<ParkedEvent> read =
                call(Access.READ, subscriptions -> subscriptions.parked(subscriber, olderThan, most + 1)).stream()
                        .map(EventResource::parked)
                        .toList();
        return Page.of(read, most, event -> PARKED.after(event.id().toString()));
    }

    /** Delivers an event that was set aside once more, now; when that succeeds it is forgotten. */
    @POST
    @Path("parked/{id}/replay")
    @RequiresPermission(WRITE)
    public void redeliver(@PathParam("id") String id) {
        UUID wanted = id(id);
        SubscriptionMapper.ParkedRow row = call(Access.READ, subscriptions -> parked(subscriptions, wanted));
        LeasedDelivery delivery = new LeasedDelivery(
                new EventMapper.Row(
                        row.eventId(),
                        row.position(),
                        row.eventName(),
                        row.eventKey(),
                        row.payload(),
                        row.publishedAt(),
                        row.traceId(),
                        null),
                row.attempts() + 1,
                open -> forget(open.mapper(SubscriptionMapper.class), wanted),
                () -> {});
        LeasedLane lane = new LeasedLane(CallContext.current().tenant().value(), row.subscriber(), 0, 0, 0, false);
        lane.context(row.traceId())
                .run(() -> registry.call(EventHandler.class, row.subscriber(), handler -> {
                    delivery.handBy(handler);
                    return true;
                }));
        if (!delivery.isCompleted()) {
            call(Access.WRITE, subscriptions -> forget(subscriptions, wanted));
        }
    }

    /** Forgets an event that was set aside. */
    @DELETE
    @Path("parked/{id}")
    @RequiresPermission(WRITE)
    public void drop(@PathParam("id") String id) {
        UUID wanted = id(id);
        call(Access.WRITE, subscriptions -> forget(subscriptions, wanted));
    }

    /** Two who replay the same event at once: the row is there for one of them. */
    private static UUID forget(SubscriptionMapper subscriptions, UUID id) {
        if (subscriptions.dropParked(id) == 0) {
            throw unknown(id);
        }
        return id;
    }

    private static SubscriptionMapper.ParkedRow parked(SubscriptionMapper subscriptions, UUID id) {
        SubscriptionMapper.ParkedRow row = subscriptions.findParked(id);
        if (row == null) {
            throw unknown(id);
        }
        return row;
    }

    private static SubscriptionState known(SubscriptionMapper subscriptions, String name) {
        return subscriptions.subscriptions(name).stream()
                .findFirst()
                .map(EventResource::state)
                .orElseThrow(() -> new MortiseException(
                        KernelError.SUBSCRIPTION_UNKNOWN,
                        "Nobody subscribes as \"" + name + "\"",
                        "GET /api/v1/kernel/events/subscriptions lists who does"));
    }

    private static SubscriptionState state(SubscriptionMapper.SubscriptionRow row) {
        return new SubscriptionState(
                row.name(),
                row.topics(),
                row.lanesBehind(),
                row.lanesStopped(),
                row.parked(),
                Optional.ofNullable(row.errorCode()),
                Optional.ofNullable(row.errorMessage()));
    }

    private static ParkedEvent parked(SubscriptionMapper.ParkedRow row) {
        return new ParkedEvent(
                row.id(),
                row.subscriber(),
                row.eventId(),
                row.eventName(),
                Optional.ofNullable(row.eventKey()),
                row.payload(),
                row.publishedAt(),
                row.parkedAt(),
                row.attempts(),
                row.errorCode(),
                row.errorMessage());
    }

    private <R> R call(Access access, Function<SubscriptionMapper, R> work) {
        return sessions.inTransaction(
                CallContext.current().tenant(), access, open -> work.apply(open.mapper(SubscriptionMapper.class)));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "\"" + text + "\" is no id of an event that was set aside",
                    "GET /api/v1/kernel/events/parked lists them",
                    e);
        }
    }

    private static MortiseException unknown(UUID id) {
        return new MortiseException(
                KernelError.EVENT_UNKNOWN,
                "No event was set aside under " + id,
                "GET /api/v1/kernel/events/parked lists those that were");
    }
}
