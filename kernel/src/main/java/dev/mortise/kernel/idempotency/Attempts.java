package dev.mortise.kernel.idempotency;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.SchemaSessions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Begins attempts at keyed requests, and says what became of former ones. The time is the database's alone. */
final class Attempts {
    /** How long an attempt may be silent before it counts as broken off. It says that it lives three times as often. */
    static final Duration LEASE = Duration.ofSeconds(60);

    private static final long FORGET_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

    private final SchemaSessions kernel;
    private final AtomicLong forgotAt = new AtomicLong(System.nanoTime());

    Attempts(SchemaSessions kernel) {
        this.kernel = kernel;
    }

    /**
     * Begins an attempt, or returns the answer that is kept.
     *
     * @throws MortiseException when the key was used for another request, is being worked on, or its answer is not kept
     */
    Begun begin(RequestId id, byte[] fingerprint) {
        TenantId tenant = CallContext.current().tenant();
        forgetOldNowAndThen();
        UUID number = UUID.randomUUID();
        KeptRequest known = kernel.<@Nullable KeptRequest>inTransaction(tenant, Access.WRITE, tx -> {
            IdempotencyMapper requests = tx.mapper(IdempotencyMapper.class);
            return requests.begin(id, fingerprint, number, LEASE.toSeconds()) == 1 ? null : requests.find(id);
        });
        return known == null
                ? new Begun(Optional.of(new Attempt(kernel, tenant, id, number)), Optional.empty())
                : new Begun(Optional.empty(), Optional.of(kept(known, fingerprint)));
    }

    /** Either an attempt that is ours, or the answer of a former one. */
    record Begun(Optional<Attempt> attempt, Optional<KeptAnswer> answer) {}

    private static KeptAnswer kept(KeptRequest known, byte[] fingerprint) {
        if (!MessageDigest.isEqual(known.fingerprint(), fingerprint)) {
            throw new MortiseException(
                    KernelError.IDEMPOTENCY_MISMATCH,
                    "The Idempotency-Key was used for another request within the last 24 hours",
                    "Send a new key with a new request; repeat a request with its method, address and body unchanged");
        }
        if (known.state().equals("RUNNING") && known.isLeased()) {
            throw new MortiseException(
                    KernelError.IDEMPOTENCY_RUNNING,
                    "The first request with this Idempotency-Key is still being worked on",
                    "Repeat it in a few seconds to get its answer");
        }
        Integer status = known.status();
        String headers = known.headers();
        byte[] body = known.body();
        if (status == null || headers == null || body == null) {
            throw new MortiseException(
                    KernelError.IDEMPOTENCY_ANSWER_LOST,
                    "The first request with this Idempotency-Key has made its changes, and its answer is not kept",
                    "Read what it was to change; it is not done again under this key");
        }
        return new KeptAnswer(status, headers, body);
    }

    private void forgetOldNowAndThen() {
        long before = forgotAt.get();
        long now = System.nanoTime();
        if (now - before > FORGET_EVERY_NANOS && forgotAt.compareAndSet(before, now)) {
            kernel.inTransaction(
                    null, Access.WRITE, tx -> tx.mapper(IdempotencyMapper.class).forgetOld());
        }
    }
}
