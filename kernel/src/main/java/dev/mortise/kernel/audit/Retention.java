package dev.mortise.kernel.audit;

import dev.mortise.api.audit.AuditEntry;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Principal;
import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.log.TraceIds;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.SchemaSessions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Drops the beginning of chains that is older than the record is kept, up to a checkpoint, so that what is left still
 * verifies. The end of a chain always stays. That something was dropped is on record.
 */
final class Retention {
    private static final Duration EVERY = Duration.ofHours(1);

    private final SchemaSessions sessions;
    private final SealKeys seals;
    private final Recorder recorder;
    private final Supplier<List<TenantId>> tenants;
    private final Optional<Duration> kept;
    private final InstantSource clock;
    private Instant next = Instant.MIN;

    /** @param kept how long entries are kept; empty for ever. The database keeps 30 days whatever is asked */
    Retention(
            SchemaSessions sessions,
            SealKeys seals,
            Recorder recorder,
            Supplier<List<TenantId>> tenants,
            Optional<Duration> kept,
            InstantSource clock) {
        this.sessions = sessions;
        this.seals = seals;
        this.recorder = recorder;
        this.tenants = tenants;
        this.kept = kept;
        this.clock = clock;
    }

    /** Drops what is due, once an hour however often it is called; by one thread. */
    void dropDue() {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(EVERY);
        kept.ifPresent(age -> tenants.get().forEach(tenant -> drop(tenant, now.minus(age))));
    }

    /** Drops what is older, and returns how many entries that were. */
    long drop(TenantId tenant, Instant before) {
        CallContext system =
                new CallContext(tenant, new Principal("kernel", Principal.Kind.SYSTEM, Set.of()), TraceIds.random());
        return system.call(() -> sessions.inTransaction(tenant, Access.WRITE, open -> {
            ChainMapper chain = open.mapper(ChainMapper.class);
            if (!chain.tryLockChain()) {
                return 0L; // Another node is at it.
            }
            Optional<ChainMapper.CheckpointRow> last = chain.lastCheckpointBefore(before);
            if (last.isEmpty()) {
                return 0L;
            }
            ChainMapper.CheckpointRow end = last.get();
            SealKeys.Seal seal = seals.sealDropped(tenant, end.seq(), end.hash());
            long dropped = chain.dropSegment(end.seq(), seal.key(), seal.signature());
            recorder.record(new AuditEntry(
                    "kernel.audit.dropped",
                    "audit/" + end.seq(),
                    AuditEntry.Outcome.DONE,
                    Map.of("entries", String.valueOf(dropped), "before", before.toString())));
            return dropped;
        }));
    }
}
