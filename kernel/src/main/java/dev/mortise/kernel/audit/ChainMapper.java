package dev.mortise.kernel.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The tables {@code mortise.audit_pending}, {@code audit_entry} and {@code audit_checkpoint}. Bytes are hexadecimal.
 */
interface ChainMapper {
    /** An entry with whatever it has of a place in the chain; a pending one has a code and no place. */
    record Row(
            long seq,
            UUID id,
            Instant at,
            String actorKind,
            String actor,
            String action,
            String target,
            String outcome,
            @Nullable Integer status,
            String traceId,
            @Nullable String source,
            JsonNode details,
            @Nullable String mac,
            @Nullable String prevHash,
            @Nullable String hash,
            @Nullable UUID sealKey,
            @Nullable String seal) {}

    /** The end of a chain. */
    record Head(long seq, String hash) {}

    /** How far a chain had come. */
    record CheckpointRow(long seq, String hash, Instant at, UUID sealKey, String seal) {}

    void insertPending(
            @Param("record") AuditRecord record, @Param("details") JsonNode details, @Param("mac") byte[] mac);

    /** Whose entries are pending; looks across tenants. */
    List<UUID> tenantsPending();

    /** Takes the lock of the bound tenant's chain until the transaction ends, if nobody has it. */
    boolean tryLockChain();

    /** Waits for that lock; returns a value without meaning. */
    boolean lockChain();

    /** Takes pending entries out, the oldest of them, in no order. */
    List<Row> takePending(@Param("limit") int limit);

    Optional<Head> head();

    void insertEntries(@Param("entries") List<LinkedRow> entries);

    /** An entry on its way to the chain. */
    record LinkedRow(ChainedEntry entry, JsonNode details) {}

    List<Row> entriesAfter(@Param("after") long after, @Param("limit") int limit);

    Optional<CheckpointRow> lastCheckpoint();

    List<CheckpointRow> checkpointsBetween(@Param("after") long after, @Param("to") long to);

    /** Returns the hash of one entry. */
    Optional<String> hashOf(@Param("seq") long seq);

    /** Returns where the dropped part of the chain ended; empty where none was dropped. */
    Optional<SegmentRow> lastSegment();

    /** The end of what was dropped. */
    record SegmentRow(long seq, String hash, Instant droppedAt, UUID sealKey, String seal) {}

    /** Returns the last checkpoint of which all entries are older; never the end of the chain. */
    Optional<CheckpointRow> lastCheckpointBefore(@Param("before") Instant before);

    /** Drops what a checkpoint covers, and returns how many entries that were. */
    long dropSegment(@Param("seq") long seq, @Param("sealKey") UUID sealKey, @Param("seal") String seal);

    void insertCheckpoint(@Param("checkpoint") CheckpointRow checkpoint);
}
