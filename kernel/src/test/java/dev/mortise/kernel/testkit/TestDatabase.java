package dev.mortise.kernel.testkit;

import dev.mortise.kernel.postgres.EmbeddedPostgres;
import dev.mortise.kernel.store.Database;
import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.store.DatabaseOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One PostgreSQL for all tests of this JVM, started at the first use and gone with the JVM. Each test takes a database
 * of its own, a copy of one that the kernel has migrated.
 */
public final class TestDatabase {
    private static final String TEMPLATE = "migrated";

    private final EmbeddedPostgres postgres;
    private final AtomicInteger count = new AtomicInteger();

    private TestDatabase() {
        Path folder = temporaryFolder();
        postgres = EmbeddedPostgres.start(folder);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            postgres.abort();
            delete(folder);
        }));
        // Nothing here has to survive a power cut, and syncing some hundred files per database takes seconds.
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            asAdministrator("ALTER SYSTEM SET " + setting + " = off");
        }
        asAdministrator("SELECT pg_reload_conf()");
        asAdministrator("CREATE DATABASE " + TEMPLATE + " OWNER mortise_owner");
        Database.open(named(TEMPLATE), DatabaseOptions.defaults()).close();
    }

    /** Returns a new database with the kernel's tables, no tenant and no key; takes about 50 ms. */
    public static DatabaseAddress fresh() {
        TestDatabase server = Server.ONE;
        String name = "test_" + server.count.incrementAndGet();
        server.asAdministrator("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE + " OWNER mortise_owner");
        return server.named(name);
    }

    /** Returns a new database with nothing in it. */
    public static DatabaseAddress empty() {
        TestDatabase server = Server.ONE;
        String name = "empty_" + server.count.incrementAndGet();
        server.asAdministrator("CREATE DATABASE " + name + " OWNER mortise_owner");
        return server.named(name);
    }

    /** Returns the server that all fresh databases are on. */
    public static EmbeddedPostgres server() {
        return Server.ONE.postgres;
    }

    /** Returns a plain connection as the owner, outside of the pool. */
    public static Connection connect(DatabaseAddress address) throws SQLException {
        return connect(address, address.ownerUser(), address.ownerPassword());
    }

    /** Returns a plain connection as the role that the server works as. */
    public static Connection connectAsServer(DatabaseAddress address) throws SQLException {
        String role = DatabaseOptions.defaults().serverRole();
        return connect(address, role, address.derivedPassword(role));
    }

    /** Returns plain connections as the owner, outside of the pool. */
    public static DataSource source(DatabaseAddress address) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(address.jdbcUrl());
        source.setUser(address.ownerUser());
        source.setPassword(address.ownerPassword());
        return source;
    }

    private static Connection connect(DatabaseAddress address, String user, String password) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(address.jdbcUrl());
        return source.getConnection(user, password);
    }

    private DatabaseAddress named(String database) {
        DatabaseAddress address = postgres.address();
        return new DatabaseAddress(
                address.jdbcUrl().replaceFirst("[^/]+$", database), address.ownerUser(), address.ownerPassword());
    }

    private void asAdministrator(String sql) {
        try (Connection connection = connect(postgres.administrator());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("mortise-test-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Some hundred databases are some hundred thousand files: a process of its own deletes them while this one ends.
     * Surefire waits 30 seconds for a shutdown hook and then kills the JVM.
     */
    private static void delete(Path folder) {
        try {
            new ProcessBuilder("rm", "-rf", folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loaded, and so made, at the first use. */
    private static final class Server {
        static final TestDatabase ONE = new TestDatabase();
    }
}
