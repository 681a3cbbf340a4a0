package dev.mortise.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Announcements from node to node. */
@Tag("K6")
@Timeout(60)
class NotificationsTest {
    private final DatabaseAddress address = TestDatabase.fresh();
    private final Database here = Database.open(address, DatabaseOptions.defaults());
    private final Database there = Database.open(address, DatabaseOptions.defaults());
    private final BlockingQueue<Optional<String>> heard = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private Optional<String> next() throws InterruptedException {
        Optional<String> next = heard.poll(20, TimeUnit.SECONDS);
        assertThat(next).as("an announcement within 20 s").isNotNull();
        return next;
    }

    private void announce(String topic, String payload) throws SQLException {
        try (Connection connection = TestDatabase.connectAsServer(address);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT mortise.announce('" + topic + "', '" + payload + "')");
        }
    }

    @Test
    void aListenerHearsItsTopicOnly() throws Exception {
        here.notifications().listen("settings", heard::add);
        assertThat(next()).isEmpty();

        announce("nodes", "n1");
        announce("settings", "relaycore and more");

        assertThat(next()).contains("relaycore and more");
        assertThat(heard).isEmpty();
    }

    @Test
    void whoEndedListeningHearsNothing() throws Exception {
        Notifications.Subscription first = here.notifications().listen("settings", _ -> {
            throw new IllegalStateException("a fault of another listener");
        });
        here.notifications().listen("settings", heard::add);
        next();
        announce("settings", "one");
        assertThat(next()).contains("one");
        first.close();
        announce("settings", "two");
        assertThat(next()).contains("two");
    }

    @Test
    void aLostConnectionIsReplacedAndToldOf() throws Exception {
        here.notifications().listen("settings", heard::add);
        assertThat(next()).isEmpty();

        try (Connection connection = TestDatabase.connectAsServer(address);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN mortise'"
                    + " AND datname = current_database()");
        }

        assertThat(next()).as("look for yourself").isEmpty();
        announce("settings", "after");
        assertThat(next()).contains("after");
    }

    @Test
    void aClosedDatabaseListensNoMore() throws Exception {
        here.notifications().listen("settings", heard::add);
        next();
        assertThat(here.notifications().isListening()).isTrue();

        here.close();

        assertThat(here.notifications().isListening()).isFalse();
    }
}
