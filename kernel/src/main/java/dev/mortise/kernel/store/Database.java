package dev.mortise.kernel.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The database, migrated and open.
 *
 * @since 0.1
 */
public final class Database implements AutoCloseable {
    private static final int OLDEST_SERVER = 18;
    private static final int CONNECT_SECONDS = 5;
    /** Longer than any statement may run ({@link ServerRole}), so it ends only connections whose server is gone. */
    private static final int SOCKET_SECONDS = 90;

    private static final int MIGRATION_SOCKET_SECONDS = 4 * 3600;

    private static final List<String> KERNEL_MIGRATIONS = List.of(
            // One a line, in the order of their numbers.
            "V1__kernel.sql",
            "V10__identity.sql",
            "V11__tokens.sql",
            "V15__tenants.sql",
            "V16__limits.sql",
            "V20__jobs.sql",
            "V21__events.sql",
            "V22__live.sql",
            "V30__keys.sql",
            "V31__audit.sql",
            "V32__audit_segments.sql",
            "V33__secrets.sql",
            "V35__settings.sql",
            "V40__idempotency.sql",
            "V50__cluster.sql",
            "V60__traceparents.sql");

    private final HikariDataSource pool;
    private final ControlPool control;
    private final SchemaSessions kernel;
    private final Tenants tenants;
    private final PluginStores pluginStores;
    private final Notifications notifications;

    private Database(HikariDataSource pool, PGSimpleDataSource server, Migrations migrations) {
        this.pool = pool;
        this.control = new ControlPool(server);
        this.kernel = new SchemaSessions("mortise", pool, JsonMapper.builder().build());
        this.tenants = new Tenants(kernel);
        this.pluginStores = new PluginStores(pool, server, migrations, kernel, tenants);
        this.notifications = new Notifications(server);
    }

    /**
     * Connects as the owner, migrates the kernel's schema, makes the server's role where it is missing, and opens the
     * pool as that role.
     *
     * @throws MortiseException with {@code kernel.database-unavailable}, {@code kernel.database-login-refused},
     *     {@code kernel.database-version-unsupported}, {@code kernel.database-role-refused} or
     *     {@code kernel.migration-failed}
     */
    public static Database open(DatabaseAddress address, DatabaseOptions options) {
        PGSimpleDataSource owner = source(address, address.ownerUser(), address.ownerPassword());
        Migrations migrations = new Migrations(migrator(address), options.serverRole(), MigrationPatience.usual());
        String rolePassword = address.derivedPassword(options.serverRole());
        ServerRole role = new ServerRole(options.serverRole(), rolePassword);
        try (Connection connection = owner.getConnection()) {
            checkVersion(connection, address);
            SchemaLevel.check(connection, newestMigration());
            role.ensure(connection);
        } catch (SQLException e) {
            throw SqlFailure.of(e, "Database of " + address);
        }
        migrations.run("mortise", kernelScripts(), migrations.kernelGrants());
        PGSimpleDataSource server = source(address, options.serverRole(), rolePassword);
        return new Database(pool(server, options), server, migrations);
    }

    /** Returns the tenants of this server. */
    public Tenants tenants() {
        return tenants;
    }

    /** Returns transactions on the kernel's own schema, for the kernel's rooms. */
    public SchemaSessions kernel() {
        return kernel;
    }

    /**
     * Returns the pool for statements that are a transaction each, with no tenant bound. Made for libraries and for the
     * kernel's functions that look across tenants.
     */
    public DataSource singleStatements() {
        return new SingleStatements(pool);
    }

    /**
     * Returns transactions on the kernel's own schema that never wait for other work: for heart-beats and leases, on
     * two connections of their own that give up within seconds.
     */
    public SchemaSessions control() {
        return control.sessions();
    }

    /** Returns what tells this node of things that happened on any node. */
    public Notifications notifications() {
        return notifications;
    }

    /** Returns the plugins' schemas. */
    public PluginStores pluginStores() {
        return pluginStores;
    }

    /** Returns whether the database answers within the time; for readiness. */
    public boolean answers(Duration limit) {
        try (Connection connection = pool.getConnection()) {
            boolean valid = connection.isValid((int) Math.max(1, limit.toSeconds()));
            connection.rollback();
            return valid;
        } catch (SQLException e) {
            return false;
        }
    }

    /** Closes all connections; work that still uses one fails. */
    @Override
    public void close() {
        control.close();
        notifications.close();
        pool.close();
    }

    /** Returns a plain connection as the owner, outside of every pool, without limits of time; for backups. */
    public static Connection connectAsOwner(DatabaseAddress address) throws SQLException {
        PGSimpleDataSource source = source(address, address.ownerUser(), address.ownerPassword());
        source.setSocketTimeout(0);
        source.setApplicationName("mortise backup");
        return source.getConnection();
    }

    /** Makes the login role that the server works as, where it is missing. */
    public static void ensureServerRole(Connection owner, DatabaseAddress address, DatabaseOptions options)
            throws SQLException {
        checkVersion(owner, address);
        new ServerRole(options.serverRole(), address.derivedPassword(options.serverRole())).ensure(owner);
    }

    private static void checkVersion(Connection connection, DatabaseAddress address) throws SQLException {
        int major = connection.getMetaData().getDatabaseMajorVersion();
        if (major < OLDEST_SERVER) {
            throw new MortiseException(
                    KernelError.DATABASE_VERSION_UNSUPPORTED,
                    "The server of " + address + " is PostgreSQL "
                            + connection.getMetaData().getDatabaseProductVersion() + "; Mortise needs " + OLDEST_SERVER
                            + " or newer",
                    "Upgrade that server, or unset MORTISE_DATABASE_URL to use the PostgreSQL that Mortise brings");
        }
    }

    private static PGSimpleDataSource source(DatabaseAddress address, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(address.jdbcUrl());
        source.setUser(user);
        source.setPassword(password);
        source.setApplicationName("mortise");
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(SOCKET_SECONDS);
        source.setTcpKeepAlive(true);
        source.setLogServerErrorDetail(false);
        return source;
    }

    /** An index of a large table takes its time; a connection that is gone is found by its keep-alive. */
    private static PGSimpleDataSource migrator(DatabaseAddress address) {
        PGSimpleDataSource source = source(address, address.ownerUser(), address.ownerPassword());
        source.setSocketTimeout(MIGRATION_SOCKET_SECONDS);
        source.setApplicationName("mortise migration");
        return source;
    }

    private static HikariDataSource pool(PGSimpleDataSource server, DatabaseOptions options) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("mortise");
        config.setDataSource(server);
        config.setAutoCommit(false);
        config.setMaximumPoolSize(options.poolSize());
        config.setMinimumIdle(Math.min(2, options.poolSize()));
        config.setConnectionTimeout(options.connectTimeout().toMillis());
        config.setValidationTimeout(Math.max(250, options.connectTimeout().toMillis() / 2));
        config.setKeepaliveTime(Duration.ofMinutes(2).toMillis());
        try {
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            throw SqlFailure.typed(e, "Pool of role " + options.serverRole());
        }
    }

    static List<MigrationScript> kernelScripts() {
        return KERNEL_MIGRATIONS.stream()
                .map(name -> new MigrationScript(name, text("/db/kernel/" + name)))
                .toList();
    }

    /** Returns the number of the newest migration of the kernel's schema that this code has. */
    public static int newestMigration() {
        return KERNEL_MIGRATIONS.stream()
                .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf('_'))))
                .max()
                .orElseThrow();
    }

    private static String text(String resource) {
        try (InputStream in = Objects.requireNonNull(Database.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
