package dev.mortise.kernel.store;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.store.Transaction;
import org.apache.ibatis.session.SqlSession;
import org.jspecify.annotations.Nullable;

/**
 * A transaction in progress on one thread.
 *
 * @param session MyBatis on the transaction's connection
 * @param mappers makes a type known before its mapper is asked for
 * @param thread the only thread that may use it
 * @param tenant whose rows it sees, null when it sees none
 * @param access what it may do
 */
record OpenTransaction(
        SqlSession session,
        MapperTypes mappers,
        Thread thread,
        @Nullable TenantId tenant,
        Access access) implements Transaction {
    @Override
    public <M> M mapper(Class<M> type) {
        mappers.know(type);
        return session.getMapper(type);
    }
}
