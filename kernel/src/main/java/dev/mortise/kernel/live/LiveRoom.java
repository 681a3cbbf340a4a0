package dev.mortise.kernel.live;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.ErrorCategory;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.live.Live;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.error.RetryLater;
import dev.mortise.kernel.http.Authentication;
import dev.mortise.kernel.http.Caller;
import dev.mortise.kernel.http.DoorPage;
import dev.mortise.kernel.pulse.Pulse;
import dev.mortise.kernel.registry.ExtensionRegistry;
import dev.mortise.kernel.store.Database;
import dev.mortise.kernel.store.Notifications;
import dev.mortise.kernel.store.PluginStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The live clients of this node, and what they watch.
 *
 * @since 0.1
 */
public final class LiveRoom implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(1);
    /** With what the door remembers of credentials, a revoked one ends its connections within 5 seconds. */
    private static final Duration CHECK = Duration.ofMillis(500);

    private static final long TEND_EVERY = 60;
    private static final int MOST_TOPICS = 200;
    private static final long NOWHERE = -1;

    private final Map<LiveMessage.Place, Set<Watch>> watches = new ConcurrentHashMap<>();
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final Object reading = new Object();
    private final Database database;
    private final LiveTable table;
    private final TopicRights rights;
    private final Authentication authentication;
    private final LiveOptions options;
    private final Pulse reader = new Pulse("The live topics", POLL, this::read);
    private final Pulse upkeep = new Pulse("The live topics' upkeep", CHECK, this::tend);
    private Notifications.Subscription announcements = () -> {};
    private volatile boolean begun;
    private volatile boolean closed;
    /** Up to where messages were handed out; guarded by {@code reading}. Nowhere while there is no client. */
    private long position = NOWHERE;

    private long checks;

    /** Opens the room; nothing runs before there is something to show. */
    public LiveRoom(Database database, ExtensionRegistry registry, Authentication authentication, LiveOptions options) {
        this.database = database;
        this.table = new LiveTable(database);
        this.rights = new TopicRights(registry);
        this.authentication = authentication;
        this.options = options;
    }

    /** Returns the live topics of one load of a plugin. */
    public Live live(String plugin, PluginStore store, JsonMapper json) {
        return new PluginLive(plugin, store, json, this);
    }

    /**
     * Returns where clients connect.
     *
     * @param origins whose pages may do so, beside those of this server
     * @param others pages of other rooms, to be returned as well
     */
    public List<DoorPage> pages(Set<String> origins, DoorPage... others) {
        OriginRule rule = new OriginRule(origins);
        return Stream.concat(Stream.of(new SocketPage(this, rule), new StreamPage(this, rule)), Stream.of(others))
                .toList();
    }

    /** Lets the threads run from now on. */
    void begin() {
        if (begun) {
            return;
        }
        synchronized (reading) {
            if (!begun && !closed) {
                begun = true;
                announcements = database.notifications().listen("live", _ -> reader.wake());
                reader.start();
                upkeep.start();
            }
        }
    }

    /**
     * Refuses a client that there is no room for.
     *
     * @throws MortiseException with {@code kernel.not-ready} or {@code kernel.live-full}
     */
    void requireRoom() {
        if (closed) {
            throw new MortiseException(
                    KernelError.NOT_READY, "The server is stopping", "Connect again, to another node if there is one");
        }
        if (clients.size() >= options.connections()) {
            throw new RetryLater(
                    KernelError.LIVE_FULL,
                    "This node shows live topics to " + options.connections() + " clients already",
                    "Try again later, or on another node",
                    Duration.ofSeconds(10));
        }
    }

    /** Takes a client in. Whoever does so starts it, or lets it leave. */
    Client enter(Wire wire, Caller caller, PresentedRequest credentials) {
        begin();
        Client client = new Client(wire, caller.context(), credentials, options);
        clients.add(client);
        if (closed) {
            client.end(Ending.STOPPING);
        }
        return client;
    }

    void leave(Client client) {
        client.end(Ending.GONE);
        clients.remove(client);
        List.copyOf(client.watches().values()).forEach(watch -> forget(client, watch));
    }

    /**
     * Lets a client watch a topic.
     *
     * @param after the last number that the client saw; empty when it is new
     * @throws MortiseException with {@code api.input-invalid}, {@code kernel.topic-unknown}, {@code api.forbidden} or
     *     {@code kernel.database-unavailable}
     */
    void subscribe(Client client, String topic, OptionalLong after) {
        rights.require(client.context(), topic);
        if (client.watches().size() >= MOST_TOPICS) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "A connection watches at most " + MOST_TOPICS + " topics",
                    "Unsubscribe from others first");
        }
        Watch watch = new Watch(client, new LiveMessage.Place(client.context().tenant(), topic));
        Watch former = client.watches().put(topic, watch);
        if (former != null) {
            forget(client, former);
        }
        // Registered before the past is read: what is numbered after that read is handed out.
        watches.compute(watch.place(), (_, present) -> {
            Set<Watch> all = present == null ? ConcurrentHashMap.newKeySet() : present;
            all.add(watch);
            return all;
        });
        try {
            findPlace();
            table.number();
            watch.begin(after, table.past(watch.place(), after));
        } catch (SQLException e) {
            forget(client, watch);
            throw new MortiseException(
                    KernelError.DATABASE_UNAVAILABLE,
                    "The database does not answer: " + e.getMessage(),
                    "Subscribe again in a moment",
                    e);
        } catch (RuntimeException e) {
            forget(client, watch);
            throw e;
        }
        reader.wake();
        if (!clients.contains(client)) {
            forget(client, watch);
        }
    }

    void unsubscribe(Client client, String topic) {
        Watch watch = client.watches().get(topic);
        if (watch != null) {
            forget(client, watch);
        }
    }

    private void forget(Client client, Watch watch) {
        client.watches().remove(watch.place().topic(), watch);
        watches.computeIfPresent(watch.place(), (_, all) -> {
            all.remove(watch);
            return all.isEmpty() ? null : all;
        });
    }

    private void findPlace() throws SQLException {
        synchronized (reading) {
            if (position == NOWHERE) {
                position = table.number();
            }
        }
    }

    private void read() throws SQLException {
        synchronized (reading) {
            if (watches.isEmpty()) {
                position = NOWHERE;
                return;
            }
            findPlace();
            long last = table.number();
            while (position < last) {
                List<LiveMessage> messages = table.read(position);
                messages.forEach(this::handOut);
                // What is missing in between was cleared away; the next number shows the gap.
                position = messages.isEmpty() ? last : messages.getLast().position();
            }
        }
    }

    private void handOut(LiveMessage message) {
        watches.getOrDefault(message.place(), Set.of()).forEach(watch -> watch.offer(message));
    }

    private void tend() throws SQLException {
        rights.refresh();
        clients.forEach(this::check);
        if (checks++ % TEND_EVERY == 0) {
            table.tend(options.keep());
        }
    }

    private void check(Client client) {
        try {
            Caller caller = authentication.authenticate(
                    client.credentials(), client.context().traceId());
            boolean isTheSame =
                    caller.context().tenant().equals(client.context().tenant())
                            && caller.context()
                                    .principal()
                                    .id()
                                    .equals(client.context().principal().id());
            if (!isTheSame || database.tenants().isStopped(caller.context().tenant())) {
                client.end(Ending.UNAUTHENTICATED);
                return;
            }
            client.renew(caller.context());
            List.copyOf(client.watches().values()).stream()
                    .filter(watch ->
                            !rights.stillMay(client.context(), watch.place().topic()))
                    .forEach(watch -> withdraw(client, watch));
        } catch (MortiseException e) {
            if (e.errorCode().category() == ErrorCategory.UNAUTHENTICATED) {
                client.end(Ending.UNAUTHENTICATED);
            }
            // Anything else says nothing about the credentials, such as a database that is away.
        }
    }

    private void withdraw(Client client, Watch watch) {
        forget(client, watch);
        client.tell(Frame.unsubscribed(watch.place().topic(), ApiError.FORBIDDEN.code()));
    }

    /** Ends all connections; their clients come back to another node and resume. */
    @Override
    public void close() {
        synchronized (reading) {
            closed = true;
        }
        announcements.close();
        clients.forEach(client -> client.end(Ending.STOPPING));
        if (begun) {
            reader.close();
            upkeep.close();
        }
    }
}
