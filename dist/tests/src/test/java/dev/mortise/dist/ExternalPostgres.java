package dev.mortise.dist;

import dev.mortise.kernel.postgres.EmbeddedPostgres;
import dev.mortise.kernel.store.DatabaseAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL that belongs to none of the servers on it, and is stopped and started as its operator does. */
final class ExternalPostgres implements AutoCloseable {
    private static final String MASTER_KEY = "bW9ydGlzZSB0ZXN0IG1hc3RlciBrZXkgb2YgMzIgISE=";

    private final Path folder;
    private EmbeddedPostgres postgres;

    private ExternalPostgres(Path folder) {
        this.folder = folder;
        this.postgres = EmbeddedPostgres.start(folder);
    }

    /** Starts one with as many connections as PostgreSQL allows where nobody changes that. */
    static ExternalPostgres in(Path folder) {
        return in(folder, 100);
    }

    static ExternalPostgres in(Path folder, int connections) {
        ExternalPostgres made = new ExternalPostgres(folder);
        made.run("ALTER SYSTEM SET max_connections = " + connections);
        made.stop();
        made.start();
        return made;
    }

    /** Returns what a server needs in its environment to be a node on this database. */
    Map<String, String> node(String name, Path configuration) {
        return node(name, configuration, "127.0.0.1:" + port());
    }

    /** Returns the same for a server that reaches the database at another place. */
    Map<String, String> node(String name, Path configuration, String place) {
        DatabaseAddress address = postgres.address();
        return Map.of(
                "MORTISE_DATABASE_URL",
                "postgresql://" + address.ownerUser() + ":" + address.ownerPassword() + "@" + place + "/mortise",
                "MORTISE_MASTER_KEY",
                MASTER_KEY,
                "MORTISE_NODE_NAME",
                name,
                "MORTISE_CATALOGUE",
                ServerUnderTest.distribution().resolve("catalogue").toString(),
                "MORTISE_CONFIG",
                configuration.toString());
    }

    int port() {
        return Integer.parseInt(postgres.address().jdbcUrl().replaceFirst(".*:(\\d+)/.*", "$1"));
    }

    /** Stops it as {@code pg_ctl stop -m fast} does; who uses it is thrown out. */
    void stop() {
        postgres.close();
    }

    /** Ends it as a power cut does, but for what the operating system still has to write. */
    void crash() {
        postgres.abort();
    }

    /** Starts it again, on the same port. */
    void start() {
        postgres = EmbeddedPostgres.start(folder);
    }

    /** Runs a statement as the superuser, outside of every transaction. */
    void run(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Returns the first column of a query, read as the superuser, whom no row is hidden from. */
    List<String> texts(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    long number(String sql) {
        return Long.parseLong(texts(sql).getFirst());
    }

    /** Returns how often each effect of the plugin {@code work} was had whose name begins so. */
    Map<String, Integer> effects(String prefix) {
        Map<String, Integer> effects = new HashMap<>();
        texts("SELECT what FROM work.effect WHERE what LIKE '" + prefix + "%'")
                .forEach(what -> effects.merge(what, 1, Integer::sum));
        return effects;
    }

    /** Takes all connections that the database gives to ordinary roles, those of the servers too, again and again. */
    Hog takeAllConnections() {
        return new Hog();
    }

    /** Others' connections, which leave none for the servers until they are closed. */
    final class Hog implements AutoCloseable {
        private final List<Connection> held = new ArrayList<>();
        private final Thread thread = Thread.ofVirtual().start(this::takeAgainAndAgain);
        private volatile boolean closed;

        private Hog() {}

        private void takeAgainAndAgain() {
            while (!closed) {
                takeWhatIsLeft();
                Wait.pause(Duration.ofMillis(20));
            }
        }

        private void takeWhatIsLeft() {
            run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'mortise%'");
            try {
                while (!closed) {
                    held.add(connectAsOwner());
                }
            } catch (SQLException e) {
                if (!"53300".equals(e.getSQLState())) {
                    throw new IllegalStateException(e);
                }
            }
        }

        @Override
        public void close() {
            closed = true;
            try {
                thread.join();
                for (Connection each : held) {
                    each.close();
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Connection connectAsOwner() throws SQLException {
        DatabaseAddress address = postgres.address();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(address.jdbcUrl());
        return source.getConnection(address.ownerUser(), address.ownerPassword());
    }

    private Connection connect() throws SQLException {
        DatabaseAddress administrator = postgres.administrator();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(administrator.jdbcUrl().replaceFirst("[^/]+$", "mortise"));
        return source.getConnection(administrator.ownerUser(), administrator.ownerPassword());
    }

    @Override
    public void close() {
        postgres.abort();
    }
}
