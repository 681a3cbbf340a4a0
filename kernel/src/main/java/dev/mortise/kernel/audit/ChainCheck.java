package dev.mortise.kernel.audit;

import dev.mortise.api.call.TenantId;
import java.security.PublicKey;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Verifies one chain, entry by entry, in the order of their numbers. The first fault stops it: behind a broken link
 * nothing can be said. The same check serves a running server and an export file.
 *
 * @since 0.1
 */
public final class ChainCheck {
    private final TenantId tenant;
    private final Map<UUID, PublicKey> keys;
    private final long start;
    private long seq;
    private String hash;
    private long entries;
    private boolean endIsSealed = true;
    private @Nullable Fault fault;

    /**
     * What is wrong.
     *
     * @param seq the entry where it shows
     * @param what in words, such as {@code its content was changed}
     */
    public record Fault(long seq, String what) {
        @Override
        public String toString() {
            return "entry " + seq + ": " + what;
        }
    }

    /**
     * How far a chain had come at some time, by the word of a seal.
     *
     * @param seq the last entry that it covers
     * @param hash that entry's hash
     */
    public record Checkpoint(long seq, String hash, UUID sealKey, String seal) {}

    /**
     * What the check found.
     *
     * @param entries how many entries were read
     * @param start the last entry that was dropped by rule; 0 where none was
     * @param seq the last one
     * @param hash its hash
     * @param fault the first fault, or empty when the chain is whole
     */
    public record Verdict(TenantId tenant, long entries, long start, long seq, String hash, Optional<Fault> fault) {}

    /**
     * Begins a check.
     *
     * @param keys the public keys that seals may be of
     * @param dropped where the part ended that the server dropped by its rule; empty for a chain from its beginning
     */
    public ChainCheck(TenantId tenant, Map<UUID, PublicKey> keys, Optional<Checkpoint> dropped) {
        this.tenant = tenant;
        this.keys = Map.copyOf(keys);
        this.seq = dropped.map(Checkpoint::seq).orElse(0L);
        this.hash = dropped.map(Checkpoint::hash).orElse(ChainedEntry.NO_HASH);
        this.start = seq;
        dropped.ifPresent(this::checkDropped);
    }

    /** Begins a check of entries after one whose hash is believed. */
    ChainCheck(TenantId tenant, Map<UUID, PublicKey> keys, long afterSeq, String afterHash) {
        this.tenant = tenant;
        this.keys = Map.copyOf(keys);
        this.start = afterSeq;
        this.seq = afterSeq;
        this.hash = afterHash;
    }

    private void checkDropped(Checkpoint end) {
        PublicKey key = keys.get(end.sealKey());
        if (key == null || !SealKeys.isSealOf(end.seal(), key, CanonicalForm.dropped(tenant, end.seq(), end.hash()))) {
            fault = new Fault(end.seq(), "what came before was dropped by somebody else than the server");
        }
    }

    /** Returns whether nothing wrong was found so far. */
    public boolean isWhole() {
        return fault == null;
    }

    /** Returns whose chain it is. */
    TenantId tenant() {
        return tenant;
    }

    /** Returns the first fault, where there is one already. */
    Optional<Fault> fault() {
        return Optional.ofNullable(fault);
    }

    /** Returns the number of the last entry that was checked. */
    public long seq() {
        return seq;
    }

    /** Checks the next entry. */
    public void accept(ChainedEntry entry) {
        if (fault != null) {
            return;
        }
        fault = faultOf(entry);
        if (fault == null) {
            seq = entry.seq();
            hash = entry.hash();
            entries++;
            endIsSealed = entry.seal() != null;
        }
    }

    private @Nullable Fault faultOf(ChainedEntry entry) {
        if (!entry.tenant().equals(tenant)) {
            return new Fault(entry.seq(), "it belongs to another tenant's chain");
        }
        if (entry.seq() > seq + 1) {
            return new Fault(seq + 1, "it is missing; the next one is entry " + entry.seq());
        }
        if (entry.seq() <= seq) {
            return new Fault(entry.seq(), "it stands after entry " + seq);
        }
        if (!entry.prevHash().equals(hash)) {
            return new Fault(entry.seq(), "it does not follow the entry before it");
        }
        String computed =
                HexFormat.of().formatHex(CanonicalForm.hash(tenant, entry.seq(), entry.content(), entry.prevHash()));
        if (!computed.equals(entry.hash())) {
            return new Fault(entry.seq(), "its content was changed");
        }
        if (entry.seal() != null && !isSealed(entry.sealKey(), entry.seal(), entry.seq(), entry.hash())) {
            return new Fault(entry.seq(), "its seal is false: it, or one before it, was written by somebody else");
        }
        return null;
    }

    /** Checks a checkpoint against the entry that was accepted last; it is that entry's, or of one that is missing. */
    public void accept(Checkpoint checkpoint) {
        if (fault != null || checkpoint.seq() <= start) {
            return;
        }
        if (!isSealed(checkpoint.sealKey(), checkpoint.seal(), checkpoint.seq(), checkpoint.hash())) {
            fault = new Fault(checkpoint.seq(), "its checkpoint is false");
        } else if (checkpoint.seq() > seq) {
            fault = new Fault(
                    seq + 1, "it and what follows were cut off: a checkpoint covers entry " + checkpoint.seq());
        } else if (checkpoint.seq() == seq && !checkpoint.hash().equals(hash)) {
            fault = new Fault(seq, "a checkpoint knows it with another content");
        }
    }

    private boolean isSealed(@Nullable UUID keyId, String seal, long sealedSeq, String sealedHash) {
        PublicKey key = keyId == null ? null : keys.get(keyId);
        return key != null && SealKeys.isSealOf(seal, key, CanonicalForm.seal(tenant, sealedSeq, sealedHash));
    }

    /** Ends the check. A chain ends with a sealed entry, because every batch does. */
    public Verdict finish() {
        if (fault == null && !endIsSealed) {
            fault = new Fault(seq + 1, "it was cut off: the end of the chain has no seal");
        }
        return new Verdict(tenant, entries, start, seq, hash, Optional.ofNullable(fault));
    }
}
