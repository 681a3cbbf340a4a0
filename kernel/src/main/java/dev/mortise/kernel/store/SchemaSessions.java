package dev.mortise.kernel.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.store.Transaction;
import dev.mortise.kernel.call.CallScope;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.lease.RunLease;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.defaults.DefaultSqlSessionFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import tools.jackson.databind.json.JsonMapper;

/**
 * Transactions on one schema. The open one is a scoped value, so it ends with the call that opened it and cannot be
 * left behind on a thread; it is checked against the thread because forked tasks inherit scoped values.
 *
 * @since 0.1
 */
public final class SchemaSessions {
    private static final String BEGIN =
            "SELECT set_config('mortise.tenant', ?, true), set_config('transaction_read_only', ?, true)";
    private static final String IN_SCHEMA = ", set_config('search_path', ?, false)";

    private static final int BEGIN_ATTEMPTS = 3;

    private final String schema;
    private final HikariDataSource pool;
    private final MapperTypes mappers;
    private final SqlSessionFactory sessions;
    private final ScopedValue<OpenTransaction> open = ScopedValue.newInstance();

    SchemaSessions(String schema, HikariDataSource pool, JsonMapper json) {
        this.schema = schema;
        this.pool = pool;
        this.mappers = new MapperTypes(pool, json);
        this.sessions = new DefaultSqlSessionFactory(mappers.configuration());
    }

    /**
     * Runs work in the transaction that is open on this thread, or in one of its own.
     *
     * @param tenant whose rows the work sees; null binds none, so that protected tables refuse every statement
     * @throws MortiseException with {@code kernel.database-unavailable} or another {@link KernelError}
     */
    public <R extends @Nullable Object> R inTransaction(
            @Nullable TenantId tenant, Access access, Function<? super Transaction, ? extends R> work) {
        if (open.isBound() && open.get().thread().equals(Thread.currentThread())) {
            return joined(open.get(), tenant, access, work);
        }
        return inOwnTransaction(tenant, access, work);
    }

    /**
     * Runs work in a transaction of its own even where one is open on this thread, which it neither sees nor takes part
     * in. It takes a second connection meanwhile: for rare, short work such as making a key.
     *
     * @param tenant as in {@link #inTransaction}
     * @throws MortiseException with {@code kernel.database-unavailable} or another {@link KernelError}
     */
    public <R extends @Nullable Object> R inOwnTransaction(
            @Nullable TenantId tenant, Access access, Function<? super Transaction, ? extends R> work) {
        try (Connection connection = begun(tenant, access)) {
            return onConnection(connection, tenant, access, work);
        } catch (SQLException e) {
            throw SqlFailure.of(e, "Schema " + schema);
        }
    }

    /**
     * Runs work of this schema's mappers inside of the transaction that is open on this thread in the other schema, so
     * that both are kept or dropped together; in a transaction of its own where there is none. The statements name this
     * schema: the search path stays the other's.
     *
     * @param tenant as in {@link #inTransaction}; the other transaction's tenant where that is open
     */
    <R extends @Nullable Object> R inTransactionOf(
            SchemaSessions other,
            @Nullable TenantId tenant,
            Access access,
            Function<? super Transaction, ? extends R> work) {
        if (!other.open.isBound() || !other.open.get().thread().equals(Thread.currentThread())) {
            return inTransaction(tenant, access, work);
        }
        OpenTransaction outer = other.open.get();
        // Never closed: that would give the other transaction's connection back to the pool.
        SqlSession guest = sessions.openSession(outer.session().getConnection());
        OpenTransaction within = new OpenTransaction(guest, mappers, outer.thread(), outer.tenant(), outer.access());
        return ScopedValue.where(open, within).call(() -> this.<R>joined(within, tenant, access, work));
    }

    private <R extends @Nullable Object> R joined(
            OpenTransaction outer,
            @Nullable TenantId tenant,
            Access access,
            Function<? super Transaction, ? extends R> work) {
        if (!Objects.equals(outer.tenant(), tenant)) {
            throw misused("Another tenant was bound inside of an open transaction");
        }
        if (access == Access.WRITE && outer.access() == Access.READ) {
            throw misused("A write was called inside of a read");
        }
        return typed(outer, work);
    }

    private <R extends @Nullable Object> R onConnection(
            Connection connection,
            @Nullable TenantId tenant,
            Access access,
            Function<? super Transaction, ? extends R> work)
            throws SQLException {
        try (SqlSession session = sessions.openSession(connection)) {
            OpenTransaction transaction = new OpenTransaction(session, mappers, Thread.currentThread(), tenant, access);
            R result = ScopedValue.where(open, transaction).call(() -> this.<R>typed(transaction, work));
            checkWhole(connection);
            if (access == Access.WRITE && CallScope.commitGuard().isPresent()) {
                CallScope.commitGuard().get().beforeCommit(connection);
            }
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException | Error failure) {
            rollBack(connection, failure);
            throw failure;
        }
    }

    /**
     * Returns a connection with the transaction open. After a restart of the database the pool hands out a few dead
     * connections, and a statement may have left a setting on one that no transaction can begin with; nothing has been
     * done on them yet, so they are thrown away and the next one is taken.
     */
    private Connection begun(@Nullable TenantId tenant, Access access) throws SQLException {
        for (int attempt = 1; true; attempt++) {
            Connection connection = pool.getConnection();
            try {
                begin(connection, tenant, access);
                return connection;
            } catch (SQLException e) {
                pool.evictConnection(connection);
                connection.close();
                ErrorCode why = SqlFailure.of(e, schema).errorCode();
                boolean isUnusable = why == KernelError.DATABASE_UNAVAILABLE || why == KernelError.STATEMENT_FAILED;
                if (!isUnusable || attempt == BEGIN_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** PostgreSQL answers COMMIT with a silent rollback when a statement failed before; that must not pass for done. */
    private void checkWhole(Connection connection) throws SQLException {
        if (connection.unwrap(BaseConnection.class).getTransactionState() == TransactionState.FAILED) {
            throw new MortiseException(
                    KernelError.STATEMENT_FAILED,
                    "A statement on schema " + schema + " failed and its failure was swallowed; nothing is committed",
                    "Let the failure leave the transaction, or catch it outside of it");
        }
    }

    /**
     * Opens the transaction with one round trip: the driver sends BEGIN ahead of the first statement. The search path
     * outlives the transaction on purpose: to change it makes the driver forget its prepared statements. A write of a
     * job's run holds the job's lease from here to the commit, or does not begin.
     */
    private void begin(Connection connection, @Nullable TenantId tenant, Access access) throws SQLException {
        String path = '"' + schema + '"';
        boolean inSchema = path.equals(connection.unwrap(PGConnection.class).getParameterStatus("search_path"));
        Optional<RunLease> lease = access == Access.WRITE ? RunLease.current() : Optional.empty();
        if (lease.isPresent() && lease.get().isEnded()) {
            throw new SQLException(
                    "The run has ended and writes no more", lease.get().lostState());
        }
        String sql = BEGIN
                + (inSchema ? "" : IN_SCHEMA)
                + lease.map(held -> ", " + held.expression()).orElse("");
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant == null ? "" : tenant.toString());
            statement.setString(2, access == Access.READ ? "on" : "off");
            if (!inSchema) {
                statement.setString(3, path);
            }
            if (lease.isPresent()) {
                lease.get().set(statement, inSchema ? 3 : 4);
            }
            statement.execute();
        }
    }

    private <R extends @Nullable Object> R typed(
            OpenTransaction transaction, Function<? super Transaction, ? extends R> work) {
        try {
            return work.apply(transaction);
        } catch (RuntimeException e) {
            throw SqlFailure.typed(e, "Schema " + schema);
        }
    }

    private static void rollBack(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException connectionLost) {
            failure.addSuppressed(connectionLost);
        }
    }

    private MortiseException misused(String what) {
        return new MortiseException(
                KernelError.DATA_TRANSACTION_MISUSED,
                what + " of schema " + schema,
                "End the outer call first, or open it as a write for the same tenant");
    }
}
