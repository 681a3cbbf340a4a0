package dev.mortise.kernel.audit;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.secret.KeyRing;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.SchemaSessions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Moves pending entries to the chains of their tenants, in batches, on a thread of its own. Every node has one; an
 * advisory lock lets one at a time extend a chain, and the primary key (tenant, seq) would refuse a second one. Within
 * a batch entries stand in the order of their ids; an entry whose transaction commits late is linked later, so the
 * chain's order is that of becoming visible, and {@code at} tells the time.
 *
 * <p>The last entry of a batch is sealed. A checkpoint is kept after {@value #CHECKPOINT_ENTRIES} entries or a minute,
 * and half a minute after the last entry at the latest.
 */
final class ChainLinker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChainLinker.class);
    private static final int BATCH = 250;
    private static final int CHECKPOINT_ENTRIES = 1_000;
    private static final Duration CHECKPOINT_AGE = Duration.ofMinutes(1);
    private static final Duration QUIET = Duration.ofSeconds(30);
    /** Entries that come together are linked together. */
    private static final Duration GATHER = Duration.ofMillis(50);

    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final SchemaSessions sessions;
    private final KeyRing keys;
    private final SealKeys seals;
    private final AnchorFile anchors;
    private final InstantSource clock;
    private final Semaphore signal = new Semaphore(0);
    /** Chains that this node extended since their last checkpoint, with the time of the last batch. */
    private final Map<TenantId, Instant> uncovered = new ConcurrentHashMap<>();

    /** Chains that are known to be cut back, so that it is said once. */
    private final Set<TenantId> cutBack = ConcurrentHashMap.newKeySet();

    private final Runnable housekeeping;
    private final Thread thread;
    private volatile boolean closed;

    /** @param housekeeping what else is to be done every few seconds */
    ChainLinker(
            SchemaSessions sessions,
            KeyRing keys,
            SealKeys seals,
            AnchorFile anchors,
            InstantSource clock,
            Runnable housekeeping) {
        this.sessions = sessions;
        this.keys = keys;
        this.seals = seals;
        this.anchors = anchors;
        this.clock = clock;
        this.housekeeping = housekeeping;
        this.thread = Thread.ofVirtual().name("mortise-audit-linker").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Lets the linker look soon. */
    void wake() {
        if (signal.availablePermits() == 0) {
            signal.release();
        }
    }

    private void run() {
        boolean failing = false;
        while (!closed) {
            try {
                awaitWork();
                linkAll();
                checkpointQuiet();
                housekeeping.run();
                failing = false;
            } catch (InterruptedException e) {
                return;
            } catch (MortiseException e) {
                if (closed) {
                    return;
                }
                if (!failing) {
                    LOG.warn("Audit entries stay pending until this is over: {}", e.describe());
                }
                failing = true;
            } catch (RuntimeException e) {
                LOG.error("Audit entries could not be linked; they stay pending", e);
            }
        }
    }

    private void awaitWork() throws InterruptedException {
        if (signal.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            Thread.sleep(GATHER);
            signal.drainPermits();
        }
    }

    private void linkAll() {
        List<TenantId> tenants =
                sessions
                        .inTransaction(
                                null,
                                Access.READ,
                                open -> open.mapper(ChainMapper.class).tenantsPending())
                        .stream()
                        .map(TenantId::new)
                        .toList();
        for (TenantId tenant : tenants) {
            link(tenant, false);
        }
    }

    /** Links what is pending for a tenant, so that whoever reads the chain next sees all that was recorded before. */
    void linkNow(TenantId tenant) {
        link(tenant, true);
    }

    private void link(TenantId tenant, boolean wait) {
        int linked;
        do {
            Batch batch = sessions.inTransaction(
                    tenant, Access.WRITE, open -> linkBatch(tenant, open.mapper(ChainMapper.class), wait));
            // After the commit: an anchor of what was rolled back would be a false alarm for ever.
            batch.end().ifPresent(anchors::note);
            linked = batch.size();
        } while (linked == BATCH);
    }

    /**
     * What was linked.
     *
     * @param end the last entry, where it may become an anchor
     */
    private record Batch(int size, Optional<ChainedEntry> end) {
        static final Batch NONE = new Batch(0, Optional.empty());
    }

    private Batch linkBatch(TenantId tenant, ChainMapper chain, boolean wait) {
        if (wait) {
            chain.lockChain();
        } else if (!chain.tryLockChain()) {
            return Batch.NONE; // Another node is at it.
        }
        List<ChainMapper.Row> pending = chain.takePending(BATCH).stream()
                .sorted(Comparator.comparing(row -> row.id().toString()))
                .toList();
        if (pending.isEmpty()) {
            return Batch.NONE;
        }
        ChainMapper.Head head = chain.head().orElse(new ChainMapper.Head(0, ChainedEntry.NO_HASH));
        List<ChainMapper.LinkedRow> linked = linked(tenant, head, pending);
        chain.insertEntries(linked);
        ChainedEntry last = linked.getLast().entry();
        if (isCheckpointDue(chain, last.seq())) {
            checkpoint(chain, last);
            uncovered.remove(tenant);
        } else {
            uncovered.put(tenant, clock.instant());
        }
        return new Batch(pending.size(), holdsAnchor(tenant, chain, head) ? Optional.of(last) : Optional.empty());
    }

    private List<ChainMapper.LinkedRow> linked(TenantId tenant, ChainMapper.Head head, List<ChainMapper.Row> pending) {
        List<ChainMapper.LinkedRow> linked = new ArrayList<>(pending.size());
        long seq = head.seq();
        String hash = head.hash();
        for (ChainMapper.Row row : pending) {
            AuditRecord content = authentic(tenant, row);
            ChainedEntry entry = ChainedEntry.linked(tenant, ++seq, content, hash);
            hash = entry.hash();
            boolean isLast = linked.size() == pending.size() - 1;
            linked.add(new ChainMapper.LinkedRow(isLast ? seals.sealed(entry) : entry, details(row, content)));
        }
        return linked;
    }

    /** A chain that was cut back goes on, but this node's anchor stays where it was, as the evidence. */
    private boolean holdsAnchor(TenantId tenant, ChainMapper chain, ChainMapper.Head head) {
        Optional<ChainCheck.Checkpoint> anchor = anchors.latest(tenant);
        if (anchor.isEmpty()
                || (anchor.get().seq() == head.seq() && anchor.get().hash().equals(head.hash()))) {
            return true;
        }
        long seq = anchor.get().seq();
        boolean holds = chain.hashOf(seq)
                .map(anchor.get().hash()::equals)
                .orElseGet(() -> chain.lastSegment()
                        .filter(segment -> segment.seq() >= seq)
                        .isPresent());
        if (!holds && cutBack.add(tenant)) {
            LOG.error(
                    "The audit record of tenant {} was cut back or replaced before entry {}, which this node has"
                            + " linked before: verify it",
                    tenant,
                    seq);
        }
        return holds;
    }

    /** Returns what the row says, or in its place that somebody else than the server wrote it. */
    private AuditRecord authentic(TenantId tenant, ChainMapper.Row row) {
        AuditRecord content = Rows.content(row);
        byte[] mac = HexFormat.of().parseHex(Objects.requireNonNullElse(row.mac(), ""));
        if (keys.sealer(tenant).isMacOf(mac, CanonicalForm.pending(tenant, content))) {
            return content;
        }
        LOG.error("A pending audit entry of tenant {} was not written by a server: {}", tenant, row.id());
        return new AuditRecord(
                row.id(),
                row.at(),
                "SYSTEM",
                "kernel",
                "kernel.audit.forged",
                "pending/" + row.id(),
                "REFUSED",
                null,
                "0".repeat(32),
                null,
                Map.of());
    }

    private static JsonNode details(ChainMapper.Row row, AuditRecord content) {
        return content.details().isEmpty() ? JsonNodeFactory.instance.objectNode() : row.details();
    }

    private boolean isCheckpointDue(ChainMapper chain, long seq) {
        Optional<ChainMapper.CheckpointRow> last = chain.lastCheckpoint();
        return last.isEmpty()
                || seq - last.get().seq() >= CHECKPOINT_ENTRIES
                || last.get().at().plus(CHECKPOINT_AGE).isBefore(clock.instant());
    }

    private void checkpoint(ChainMapper chain, ChainedEntry sealed) {
        chain.insertCheckpoint(new ChainMapper.CheckpointRow(
                sealed.seq(),
                sealed.hash(),
                clock.instant(),
                Objects.requireNonNull(sealed.sealKey()),
                Objects.requireNonNull(sealed.seal())));
    }

    private void checkpointQuiet() {
        Instant quietSince = clock.instant().minus(QUIET);
        uncovered.forEach((tenant, last) -> {
            if (last.isBefore(quietSince)) {
                checkpointHead(tenant);
            }
        });
    }

    private void checkpointHead(TenantId tenant) {
        sessions.inTransaction(tenant, Access.WRITE, transaction -> {
            ChainMapper chain = transaction.mapper(ChainMapper.class);
            if (!chain.tryLockChain()) {
                return false;
            }
            long covered =
                    chain.lastCheckpoint().map(ChainMapper.CheckpointRow::seq).orElse(0L);
            Optional<ChainMapper.Head> head = chain.head();
            if (head.isPresent() && head.get().seq() > covered) {
                ChainMapper.Row row =
                        chain.entriesAfter(head.get().seq() - 1, 1).getFirst();
                ChainedEntry end = Rows.entry(tenant, row);
                if (end.seal() == null) {
                    LOG.error("The audit record of tenant {} ends without a seal at {}: verify it", tenant, end.seq());
                } else {
                    checkpoint(chain, end);
                }
            }
            uncovered.remove(tenant);
            return true;
        });
    }

    /** Ends the thread, and leaves the chains linked and with checkpoints as far as the database lets it. */
    @Override
    public void close() {
        closed = true;
        signal.release();
        try {
            thread.join(STOP_LIMIT);
            linkAll();
            uncovered.keySet().forEach(this::checkpointHead);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (MortiseException e) {
            LOG.warn("Audit entries stay pending until the next start: {}", e.describe());
        }
    }
}
