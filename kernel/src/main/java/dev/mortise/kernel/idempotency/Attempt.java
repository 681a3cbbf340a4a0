package dev.mortise.kernel.idempotency;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.call.CommitGuard;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.SchemaSessions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One try at a keyed request. Every transaction that it commits marks the key in the same commit, so that after a crash
 * it is known whether anything was changed: nothing, and the request is done again; something, and it is not. A try
 * that was taken for dead and goes on later finds its mark refused and changes nothing more.
 */
final class Attempt implements CommitGuard, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final SchemaSessions kernel;
    private final TenantId tenant;
    private final RequestId id;
    private final UUID number;

    Attempt(SchemaSessions kernel, TenantId tenant, RequestId id, UUID number) {
        this.kernel = kernel;
        this.tenant = tenant;
        this.id = id;
        this.number = number;
    }

    /** Says that the attempt lives until it is closed. */
    void keepLeased() {
        Thread.ofVirtual().name("idempotency-lease").start(() -> {
            try {
                while (!ended.await(Attempts.LEASE.toMillis() / 3, TimeUnit.MILLISECONDS)) {
                    extend();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void extend() {
        try {
            kernel.inTransaction(
                    tenant,
                    Access.WRITE,
                    tx -> tx.mapper(IdempotencyMapper.class).extend(id, number, Attempts.LEASE.toSeconds()));
        } catch (MortiseException e) {
            LOG.warn("The lease of a request with an Idempotency-Key cannot be extended now: {}", e.describe());
        }
    }

    @Override
    public void beforeCommit(Connection connection) throws SQLException {
        if (ended.getCount() == 0) {
            return;
        }
        try (PreparedStatement mark =
                connection.prepareStatement("SELECT mortise.mark_idempotent_effect(?, ?, ?, ?)")) {
            mark.setObject(1, tenant.value());
            mark.setString(2, id.principal());
            mark.setString(3, id.key());
            mark.setObject(4, number);
            try (ResultSet result = mark.executeQuery()) {
                if (!result.next() || !result.getBoolean(1)) {
                    throw new MortiseException(
                            KernelError.IDEMPOTENCY_TAKEN_OVER,
                            "This request took so long that a repetition of it was begun",
                            "Repeat it with the same Idempotency-Key to get the answer of the repetition");
                }
            }
        }
    }

    /** Keeps what was answered, or that it is not kept. */
    void keep(@Nullable KeptAnswer answer) {
        close();
        inKernel(requests -> finish(requests, answer));
    }

    /** Frees the key when the request changed nothing; otherwise keeps the answer, a failure though it is. */
    void giveUp(@Nullable KeptAnswer answer) {
        close();
        inKernel(requests -> {
            int forgotten = requests.forget(id, number);
            return forgotten == 1 ? forgotten : finish(requests, answer);
        });
    }

    private int finish(IdempotencyMapper requests, @Nullable KeptAnswer answer) {
        return answer == null ? requests.finishUnkept(id, number) : requests.finish(id, number, answer);
    }

    /** The answer goes out whether or not it can be kept: without it, the mark tells a repetition what it may do. */
    private void inKernel(java.util.function.Function<IdempotencyMapper, Integer> work) {
        try {
            kernel.inTransaction(tenant, Access.WRITE, tx -> work.apply(tx.mapper(IdempotencyMapper.class)));
        } catch (MortiseException e) {
            LOG.warn("The answer to a request with an Idempotency-Key could not be kept: {}", e.describe());
        }
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
