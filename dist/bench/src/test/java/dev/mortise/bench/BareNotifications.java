package dev.mortise.bench;

import dev.mortise.kernel.store.DatabaseAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** What the kernel's events stand on: a row and a NOTIFY in one transaction, and a connection that listens. */
final class BareNotifications implements AutoCloseable {
    private final Connection sender;
    private final Connection listener;

    private BareNotifications(Connection sender, Connection listener) {
        this.sender = sender;
        this.listener = listener;
    }

    static BareNotifications on(DatabaseAddress address) throws SQLException {
        Connection sender = connect(address);
        Connection listener = connect(address);
        try (Statement statement = sender.createStatement()) {
            statement.execute("CREATE TABLE bare_event (id uuid PRIMARY KEY DEFAULT uuidv7(), sent bigint NOT NULL)");
        }
        try (Statement statement = listener.createStatement()) {
            statement.execute("LISTEN bare");
        }
        return new BareNotifications(sender, listener);
    }

    private static Connection connect(DatabaseAddress address) throws SQLException {
        return DriverManager.getConnection(address.jdbcUrl(), address.ownerUser(), address.ownerPassword());
    }

    List<Double> millisUnderWay(int count) throws InterruptedException {
        Thread publishing = Thread.ofPlatform().start(() -> publish(count));
        List<Double> millis = new ArrayList<>();
        while (millis.size() < count) {
            for (PGNotification notification : received()) {
                millis.add((System.nanoTime() - Long.parseLong(notification.getParameter())) / 1e6);
            }
        }
        publishing.join();
        return millis;
    }

    private PGNotification[] received() {
        try {
            return listener.unwrap(PGConnection.class).getNotifications(1_000);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void publish(int count) {
        try (PreparedStatement insert =
                sender.prepareStatement("WITH stored AS (INSERT INTO bare_event (sent) VALUES (?)"
                        + " RETURNING sent) SELECT pg_notify('bare', sent::text) FROM stored")) {
            WorkBench.steadily(_ -> send(insert), count);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(PreparedStatement insert) {
        try {
            insert.setLong(1, System.nanoTime());
            insert.executeQuery().close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        listener.close();
        sender.close();
    }
}
