package dev.mortise.kernel.signal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on the channel {@code mortise_signal}, on a connection of its own that is opened again whenever it breaks. A
 * signal is a word, or a word, a blank and more.
 *
 * @since 0.1
 */
public final class Signals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();
    private final DataSource unpooled;
    private final Thread thread;
    private volatile boolean closed;

    /** @param unpooled gives the connection that is kept */
    public Signals(DataSource unpooled) {
        this.unpooled = unpooled;
        this.thread = Thread.ofPlatform().daemon().name("mortise-signals").unstarted(this::listen);
    }

    /** Begins to listen. */
    public Signals start() {
        thread.start();
        return this;
    }

    /**
     * Calls the listener with what follows the word in each signal, and with an empty text whenever signals may have
     * been missed. It must return at once.
     */
    public void on(String word, Consumer<String> listener) {
        listeners.computeIfAbsent(word, _ -> new CopyOnWriteArrayList<>()).add(listener);
    }

    private void listen() {
        Duration wait = FIRST_WAIT;
        while (!closed) {
            try (Connection connection = unpooled.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("LISTEN mortise_signal");
                wait = FIRST_WAIT;
                listeners.keySet().forEach(word -> tell(word, ""));
                hear(connection, statement);
            } catch (SQLException e) {
                if (closed) {
                    return;
                }
                LOG.warn("Signals of other nodes are not heard at the moment: {}", e.getMessage());
                pause(wait);
                wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
            }
        }
    }

    private void hear(Connection connection, Statement statement) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        while (!closed) {
            PGNotification[] heard = postgres.getNotifications((int) LOOK.toMillis());
            if (heard.length == 0) {
                // Finds out whether the other side is still there: silence alone does not tell.
                statement.execute("SELECT 1");
            }
            for (String signal : distinct(heard)) {
                int blank = signal.indexOf(' ');
                tell(blank < 0 ? signal : signal.substring(0, blank), blank < 0 ? "" : signal.substring(blank + 1));
            }
        }
    }

    private static List<String> distinct(PGNotification[] heard) {
        List<String> signals = new ArrayList<>();
        for (PGNotification each : heard) {
            if (!signals.contains(each.getParameter())) {
                signals.add(each.getParameter());
            }
        }
        return signals;
    }

    private void tell(String word, String more) {
        for (Consumer<String> listener : listeners.getOrDefault(word, List.of())) {
            try {
                listener.accept(more);
            } catch (RuntimeException e) {
                LOG.error("The signal \"{}\" could not be followed", word, e);
            }
        }
    }

    private void pause(Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
