package dev.mortise.kernel.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes this node when something was announced on any node, itself included: one connection outside of the pool listens
 * for all rooms. An announcement is a hint to look into a table, never the news itself: it can be missed while the
 * connection is down, so every listener is told when it may have been, and polls slowly besides.
 *
 * <pre>{@code
 * // In a mapper, inside of the transaction that changes the table: SELECT mortise.announce('settings', #{plugin})
 * Notifications.Subscription end = database.notifications().listen("settings", plugin -> reload.signal());
 * }</pre>
 *
 * The connection is opened at the first {@link #listen} and opened again by itself, after {@value #LEAST_PAUSE_MILLIS}
 * to {@value #MOST_PAUSE_MILLIS} ms.
 *
 * @since 0.1
 */
public final class Notifications implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final long LEAST_PAUSE_MILLIS = 200;
    private static final long MOST_PAUSE_MILLIS = 5_000;
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final int ANSWER_SECONDS = 3;

    private final Map<String, List<Consumer<Optional<String>>>> listeners = new ConcurrentHashMap<>();
    private final DataSource unpooled;
    private final Object starting = new Object();
    private volatile @Nullable Thread thread;
    private volatile @Nullable Connection connection;
    private volatile boolean listening;
    private volatile boolean closed;

    Notifications(DataSource unpooled) {
        this.unpooled = unpooled;
    }

    /** Ends a {@link #listen}. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Calls back for each announcement on the topic. The callback runs on the one thread of all listeners: it sets a
     * signal and returns.
     *
     * @param topic a word; the first argument of {@code mortise.announce}
     * @param callback receives the payload; empty when announcements may have been missed, as after each new
     *     connection, so that the listener looks for itself; it also looks once after this has returned
     */
    public Subscription listen(String topic, Consumer<Optional<String>> callback) {
        if (topic.isEmpty() || topic.indexOf(' ') >= 0) {
            throw new IllegalArgumentException("A topic is one word, not \"" + topic + "\"");
        }
        listeners.computeIfAbsent(topic, _ -> new CopyOnWriteArrayList<>()).add(callback);
        synchronized (starting) {
            if (thread == null && !closed) {
                thread = Thread.ofVirtual().name("mortise-notifications").start(this::run);
            }
        }
        return () -> listeners.getOrDefault(topic, List.of()).remove(callback);
    }

    /** Returns whether the connection listens at the moment; for readiness and tests. */
    public boolean isListening() {
        return listening;
    }

    private void run() {
        long pause = LEAST_PAUSE_MILLIS;
        while (!closed) {
            try (Connection opened = unpooled.getConnection()) {
                connection = opened;
                listenOn(opened);
                pause = LEAST_PAUSE_MILLIS;
                everyListener(Optional.empty());
                receive(opened);
            } catch (SQLException e) {
                if (!closed) {
                    LOG.warn(
                            "Announcements of other nodes are not heard until the database answers: {}",
                            e.getMessage());
                }
            } finally {
                listening = false;
                connection = null;
            }
            pause = sleep(pause);
        }
    }

    private void listenOn(Connection opened) throws SQLException {
        opened.setAutoCommit(true);
        try (Statement statement = opened.createStatement()) {
            statement.execute("LISTEN mortise");
        }
        listening = true;
    }

    private void receive(Connection opened) throws SQLException {
        PGConnection source = opened.unwrap(PGConnection.class);
        while (!closed) {
            PGNotification[] received = source.getNotifications((int) SILENCE.toMillis());
            if (received == null || received.length == 0) {
                // A network that was cut is silent too.
                if (!closed && !opened.isValid(ANSWER_SECONDS)) {
                    throw new SQLException("The connection is dead");
                }
                continue;
            }
            for (PGNotification each : received) {
                dispatch(each.getParameter());
            }
        }
    }

    private void dispatch(String announcement) {
        int blank = announcement.indexOf(' ');
        String topic = blank < 0 ? announcement : announcement.substring(0, blank);
        String payload = blank < 0 ? "" : announcement.substring(blank + 1);
        listeners.getOrDefault(topic, List.of()).forEach(listener -> call(listener, Optional.of(payload)));
    }

    private void everyListener(Optional<String> payload) {
        listeners.values().forEach(each -> each.forEach(listener -> call(listener, payload)));
    }

    private static void call(Consumer<Optional<String>> listener, Optional<String> payload) {
        try {
            listener.accept(payload);
        } catch (RuntimeException e) { // One listener's fault must not make the others deaf.
            LOG.error("A listener to announcements has failed", e);
        }
    }

    private long sleep(long millis) {
        if (closed) {
            return millis;
        }
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            // Only close() interrupts, and the loop sees that it is closed.
            Thread.currentThread().interrupt();
        }
        return Math.min(millis * 2, MOST_PAUSE_MILLIS);
    }

    @Override
    public void close() {
        closed = true;
        Thread running = thread;
        if (running == null) {
            return;
        }
        running.interrupt();
        Connection open = connection;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("The listening connection was gone already", e);
            }
        }
        try {
            running.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
