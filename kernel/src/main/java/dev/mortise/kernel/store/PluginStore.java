package dev.mortise.kernel.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.plugin.PluginInfo;
import dev.mortise.api.store.Store;
import dev.mortise.api.store.StoreLock;
import dev.mortise.api.store.Transaction;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.migration.MigrationRules;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The store of one load of a plugin.
 *
 * @since 0.1
 */
public final class PluginStore implements Store, AutoCloseable {
    private final PluginInfo plugin;
    private final ClassLoader loader;
    private final List<MigrationScript> scripts;
    private final Migrations migrations;
    private final AdvisoryLocks locks;
    private final SchemaSessions kernel;
    private final Tenants tenants;
    /** Null once closed, so that MyBatis's caches of the plugin's classes go even when the plugin keeps this object. */
    private volatile @Nullable SchemaSessions sessions;

    PluginStore(
            PluginInfo plugin,
            ClassLoader loader,
            JsonMapper json,
            List<MigrationScript> scripts,
            HikariDataSource pool,
            DataSource unpooled,
            Migrations migrations,
            SchemaSessions kernel,
            Tenants tenants) {
        this.plugin = plugin;
        this.loader = loader;
        this.scripts = scripts.stream()
                .sorted(Comparator.comparing(MigrationScript::fileName, MigrationRules.versionOrder()))
                .toList();
        this.migrations = migrations;
        this.kernel = kernel;
        this.tenants = tenants;
        this.locks = new AdvisoryLocks(plugin.id(), unpooled);
        this.sessions = new SchemaSessions(schema(), pool, json);
    }

    /** Returns the name of the plugin's schema. */
    public String schema() {
        return plugin.id().replace('-', '_');
    }

    /**
     * Brings the plugin's schema to this version. Migrations of a newer version that ran before are left alone.
     *
     * @throws MortiseException with {@code kernel.migration-unsafe}, naming file, line and what to write instead; or
     *     with {@code kernel.migration-failed}, naming file, line and what PostgreSQL said: schema and history are then
     *     as they were, but for files that were to be run outside of a transaction and those before them
     */
    public void migrate() {
        if (scripts.isEmpty()) {
            return;
        }
        scripts.forEach(script -> script.checkName(plugin.toString()));
        migrations.run(schema(), scripts, migrations.pluginGrants(schema()));
    }

    @Override
    public <M, R extends @Nullable Object> R read(Class<M> mapper, Function<? super M, ? extends R> work) {
        return inTransaction(Access.READ, open -> work.apply(open.mapper(mapper)));
    }

    @Override
    public <M, R extends @Nullable Object> R write(Class<M> mapper, Function<? super M, ? extends R> work) {
        return inTransaction(Access.WRITE, open -> work.apply(open.mapper(mapper)));
    }

    @Override
    public <R extends @Nullable Object> R transaction(Function<? super Transaction, ? extends R> work) {
        return inTransaction(Access.WRITE, work);
    }

    /**
     * Runs work on the kernel's tables for the bound tenant: inside of the transaction of this store that is open on
     * this thread, so that a job or an event is kept or dropped with the rows it belongs to, or else in one of its own.
     * The mappers' statements name the schema {@code mortise}.
     */
    public <R extends @Nullable Object> R kernel(Access access, Function<? super Transaction, ? extends R> work) {
        TenantId tenant = CallContext.current().tenant();
        tenants.requireActive(tenant);
        return kernel.inTransactionOf(openSessions(), tenant, access, work);
    }

    @Override
    public Optional<StoreLock> tryLock(String name) {
        openSessions();
        return locks.tryLock(name);
    }

    /** Gives back the locks and lets go of every class of the plugin. Calls that come later fail. */
    @Override
    public void close() {
        sessions = null;
        locks.close();
        ExpressionCaches.forget(loader);
    }

    private <R extends @Nullable Object> R inTransaction(
            Access access, Function<? super Transaction, ? extends R> work) {
        SchemaSessions current = openSessions();
        CallContext context = CallContext.current();
        tenants.requireActive(context.tenant());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // MyBatis finds the types that a mapper's XML names by the context class loader.
        thread.setContextClassLoader(loader);
        try {
            return current.inTransaction(context.tenant(), access, work);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private SchemaSessions openSessions() {
        SchemaSessions current = sessions;
        if (current == null) {
            throw new MortiseException(
                    KernelError.DATA_STORE_CLOSED,
                    "The store of " + plugin + " is closed: the plugin was stopped",
                    "End background work when the plugin stops, and call the running version");
        }
        return current;
    }
}
