package dev.mortise.kernel.identity;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.store.Transaction;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.SchemaSessions;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Transactions on this room's tables: of the bound tenant, of a tenant that is just being found out, or of none. */
record IdentityTables(SchemaSessions sessions) {
    <M, R extends @Nullable Object> R read(Class<M> mapper, Function<? super M, ? extends R> work) {
        return read(CallContext.current().tenant(), mapper, work);
    }

    <M, R extends @Nullable Object> R write(Class<M> mapper, Function<? super M, ? extends R> work) {
        return write(CallContext.current().tenant(), mapper, work);
    }

    <M, R extends @Nullable Object> R read(TenantId tenant, Class<M> mapper, Function<? super M, ? extends R> work) {
        return sessions.inTransaction(tenant, Access.READ, open -> work.apply(open.mapper(mapper)));
    }

    <M, R extends @Nullable Object> R write(TenantId tenant, Class<M> mapper, Function<? super M, ? extends R> work) {
        return sessions.inTransaction(tenant, Access.WRITE, open -> work.apply(open.mapper(mapper)));
    }

    /** Runs work that looks across tenants by the narrow functions made for it; protected tables refuse all else. */
    <M, R extends @Nullable Object> R acrossTenants(Class<M> mapper, Function<? super M, ? extends R> work) {
        return sessions.inTransaction(null, Access.WRITE, open -> work.apply(open.mapper(mapper)));
    }

    /** Runs several writes of the bound tenant as one. */
    <R extends @Nullable Object> R transaction(Function<? super Transaction, ? extends R> work) {
        return transaction(CallContext.current().tenant(), work);
    }

    <R extends @Nullable Object> R transaction(TenantId tenant, Function<? super Transaction, ? extends R> work) {
        return sessions.inTransaction(tenant, Access.WRITE, work);
    }
}
