package dev.mortise.kernel.event;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.event.EventHandler;
import dev.mortise.api.event.Events;
import dev.mortise.api.extension.ExtensionInfo;
import dev.mortise.api.extension.Subscription;
import dev.mortise.api.http.HttpResource;
import dev.mortise.kernel.pulse.Pulse;
import dev.mortise.kernel.registry.ExtensionRegistry;
import dev.mortise.kernel.store.Database;
import dev.mortise.kernel.store.Notifications;
import dev.mortise.kernel.store.PluginStore;
import dev.mortise.kernel.trace.TraceRoom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The deliveries of this node. One thread numbers events and claims lanes; each claimed lane has a virtual thread.
 *
 * @since 0.1
 */
public final class EventRoom implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventRoom.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

    private final Map<LaneRunner, Thread> running = new ConcurrentHashMap<>();
    private final Map<ExtensionInfo, Set<String>> topics = new ConcurrentHashMap<>();
    private final Database database;
    private final ExtensionRegistry registry;
    private final TraceRoom traces;
    private final EventOptions options;
    private final LaneTable table;
    private final Pulse dispatch;
    private final Pulse upkeep;
    private Subscription handlers = () -> {};
    private Notifications.Subscription announcements = () -> {};
    private volatile Map<String, Set<String>> subscribers = Map.of();
    private volatile boolean closed;

    /** @param node names this process, unlike any other one, and unlike itself before a restart */
    public EventRoom(
            Database database, ExtensionRegistry registry, String node, EventOptions options, TraceRoom traces) {
        this.database = database;
        this.registry = registry;
        this.traces = traces;
        this.options = options;
        this.table = new LaneTable(
                database.singleStatements(), node, options, JsonMapper.builder().build());
        Duration quarter = options.lease().dividedBy(4);
        Duration often = quarter.compareTo(POLL) < 0 ? quarter : POLL;
        this.dispatch = new Pulse("The delivery of events", often, this::dispatch);
        this.upkeep = new Pulse("The events' upkeep", often, this::tend);
    }

    /** Begins to deliver. */
    public EventRoom start() {
        announcements = database.notifications().listen("event", _ -> dispatch.wake());
        upkeep.start();
        dispatch.start();
        handlers = registry.watch(EventHandler.class, upkeep::wake);
        return this;
    }

    /** Returns the events service of one load of a plugin. */
    public Events events(String plugin, PluginStore store, JsonMapper json) {
        return new PluginEvents(plugin, store, json);
    }

    /** Returns the resources of the kernel that show subscriptions. */
    public HttpResource resource() {
        return new EventResource(database.kernel(), registry);
    }

    private void tend() throws SQLException {
        subscribers = offered();
        table.tend(
                running.keySet().stream().map(runner -> runner.lane().number()).toList(), subscribers);
        dispatch.wake();
    }

    /** Asks each load of a subscriber once for its topics. */
    private Map<String, Set<String>> offered() {
        Map<String, Set<String>> all = new HashMap<>();
        var present = registry.list(EventHandler.class);
        topics.keySet().retainAll(present);
        for (ExtensionInfo info : present) {
            try {
                all.put(
                        info.name(),
                        topics.computeIfAbsent(
                                info,
                                _ -> registry.call(
                                        EventHandler.class, info.name(), handler -> Set.copyOf(handler.topics()))));
            } catch (MortiseException e) {
                LOG.warn("{} does not say what it subscribes to: {}", info.name(), e.describe());
            }
        }
        return all;
    }

    private void dispatch() throws SQLException {
        table.number();
        Set<String> wanted = subscribers.keySet();
        int room = options.lanes() - running.size();
        if (wanted.isEmpty() || room <= 0 || closed) {
            return;
        }
        for (LeasedLane lane : table.claim(wanted, room)) {
            LaneRunner runner = new LaneRunner(lane, database.kernel(), registry, traces);
            Thread thread = Thread.ofVirtual()
                    .name("events to " + lane.subscriber() + " lane " + lane.lane())
                    .unstarted(() -> deliver(runner));
            running.put(runner, thread);
            thread.start();
        }
    }

    private void deliver(LaneRunner runner) {
        LeasedLane lane = runner.lane();
        Duration rest = AFTER_TROUBLE;
        try {
            runner.run();
            rest = runner.rest();
        } catch (MortiseException e) {
            LOG.info("Lane {} of {} is given up for now: {}", lane.lane(), lane.subscriber(), e.describe());
        }
        try {
            // A thread that was interrupted could not reach the database.
            Thread.interrupted();
            table.release(lane, runner.reached(), rest, runner.isStopped());
        } catch (SQLException e) {
            LOG.warn("Lane {} of {} is free when its lease ends: {}", lane.lane(), lane.subscriber(), e.getMessage());
        } finally {
            running.remove(runner);
            dispatch.wake();
        }
    }

    /** Claims no more lanes and lets those that are delivered end after the event at hand. */
    @Override
    public void close() {
        closed = true;
        handlers.close();
        announcements.close();
        running.keySet().forEach(LaneRunner::close);
        dispatch.close();
        running.keySet().forEach(LaneRunner::close);
        long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
        running.values().forEach(thread -> join(thread, Duration.ofNanos(deadline - System.nanoTime())));
        running.values().forEach(Thread::interrupt);
        running.values().forEach(thread -> join(thread, STOP_LIMIT));
        upkeep.close();
    }

    private static void join(Thread thread, Duration limit) {
        try {
            if (limit.isPositive()) {
                var _ = thread.join(limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
