package dev.mortise.kernel.testkit;

import dev.mortise.kernel.postgres.EmbeddedPostgres;
import dev.mortise.kernel.store.Database;
import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.store.DatabaseOptions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One PostgreSQL for all tests of this JVM, started at the first use and stopped with the JVM; its folder is kept for
 * the next run. Each test takes a database of its own, a copy of one that the kernel has migrated.
 */
public final class TestDatabase {
    private static final Logger LOG = LoggerFactory.getLogger(TestDatabase.class);

    private final String run = "test_" + ProcessHandle.current().pid() + "_";
    private final String template = "migrated_" + MigrationsFingerprint.compute();
    private final EmbeddedPostgres postgres;
    private final AtomicInteger count = new AtomicInteger();

    private TestDatabase() {
        TestCluster cluster = TestCluster.start();
        postgres = cluster.postgres();
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::stop));
        List<String> databases = query("SELECT datname FROM pg_database");
        if (query("SHOW fsync").contains("on")) {
            // Nothing here has to survive a power cut, and syncing some hundred files per database takes seconds.
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                asAdministrator("ALTER SYSTEM SET " + setting + " = off");
            }
            asAdministrator("SELECT pg_reload_conf()");
        }
        if (!databases.contains(template + "_done")) {
            migrateTemplate(databases);
        }
        Thread.ofVirtual().name("drop-old-databases").start(() -> dropLeftovers(databases));
    }

    /** The template gets its final name when it is complete, so that a run that is killed leaves no half of one. */
    private void migrateTemplate(List<String> databases) {
        if (databases.contains(template)) {
            drop(template);
        }
        asAdministrator("CREATE DATABASE " + template + " OWNER mortise_owner");
        Database.open(named(template), DatabaseOptions.defaults()).close();
        asAdministrator("ALTER DATABASE " + template + " RENAME TO " + template + "_done");
    }

    /** Drops what earlier runs left; none of it is in use, for the server is ours alone. */
    private void dropLeftovers(List<String> databases) {
        for (String name : databases) {
            if (name.startsWith("test_") || (name.startsWith("migrated_") && !name.startsWith(template))) {
                drop(name);
            }
        }
    }

    /** Returns a new database with the kernel's tables, no tenant and no key; takes about 50 ms. */
    public static DatabaseAddress fresh() {
        TestDatabase server = Server.ONE;
        String name = server.run + server.count.incrementAndGet();
        server.asAdministrator(
                "CREATE DATABASE " + name + " TEMPLATE " + server.template + "_done OWNER mortise_owner");
        return server.named(name);
    }

    /** Drops a fresh database when its test is over; what is not dropped goes at the next run. */
    static void discard(DatabaseAddress address) {
        String url = address.jdbcUrl();
        Server.ONE.drop(url.substring(url.lastIndexOf('/') + 1));
    }

    /** Returns a new database with nothing in it. */
    public static DatabaseAddress empty() {
        TestDatabase server = Server.ONE;
        String name = server.run + "empty_" + server.count.incrementAndGet();
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

    private void drop(String database) {
        try (Connection connection = connect(postgres.administrator());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
        } catch (SQLException e) {
            // Its last run may still be ending; the next start tries again.
            LOG.debug("The database {} stays for now", database, e);
        }
    }

    private List<String> query(String sql) {
        try (Connection connection = connect(postgres.administrator());
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

    /** Loaded, and so made, at the first use. */
    private static final class Server {
        static final TestDatabase ONE = new TestDatabase();
    }
}
