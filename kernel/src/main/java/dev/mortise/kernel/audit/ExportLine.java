package dev.mortise.kernel.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * One line of an export: a JSON object whose {@code type} says what it is. First comes the head, then entries in order
 * with the checkpoints behind those that they cover, at last the end.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ExportLine.Head.class, name = "export"),
    @JsonSubTypes.Type(value = ExportLine.Entry.class, name = "entry"),
    @JsonSubTypes.Type(value = ExportLine.Checkpoint.class, name = "checkpoint"),
    @JsonSubTypes.Type(value = ExportLine.End.class, name = "end")
})
@JsonInclude(JsonInclude.Include.NON_ABSENT)
sealed interface ExportLine {
    /** The format that this version writes and reads. */
    String FORMAT = "mortise-audit-export-1";

    /**
     * What the file is.
     *
     * @param whole whether it has every entry until its end; else a search chose them
     * @param dropped where the part ended that was dropped by rule
     */
    record Head(String format, UUID tenant, boolean whole, Instant at, List<Key> keys, Optional<Checkpoint> dropped)
            implements ExportLine {
        @SuppressWarnings("NullAway") // What is not in the file arrives as null.
        public Head {
            Objects.requireNonNull(format);
            Objects.requireNonNull(tenant);
            keys = List.copyOf(keys);
            dropped = dropped == null ? Optional.empty() : dropped;
        }
    }

    /**
     * A key that seals.
     *
     * @param publicKey X.509 SubjectPublicKeyInfo, hexadecimal
     * @param fingerprint SHA-256 of it, hexadecimal
     */
    record Key(UUID id, String publicKey, String fingerprint) {
        public Key {
            Objects.requireNonNull(id);
            Objects.requireNonNull(publicKey);
        }

        static Key of(UUID id, PublicKey key) {
            return new Key(id, HexFormat.of().formatHex(key.getEncoded()), fingerprint(key));
        }

        static String fingerprint(PublicKey key) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("This JDK has no SHA-256", e);
            }
        }
    }

    /** An entry. */
    record Entry(@JsonUnwrapped EntryView entry) implements ExportLine {
        public Entry {
            Objects.requireNonNull(entry);
        }
    }

    /** A sealed end. */
    record Checkpoint(long seq, String hash, UUID sealKey, String seal) implements ExportLine {
        public Checkpoint {
            Objects.requireNonNull(hash);
            Objects.requireNonNull(sealKey);
            Objects.requireNonNull(seal);
        }

        static Checkpoint of(ChainCheck.Checkpoint checkpoint) {
            return new Checkpoint(checkpoint.seq(), checkpoint.hash(), checkpoint.sealKey(), checkpoint.seal());
        }

        ChainCheck.Checkpoint checkpoint() {
            return new ChainCheck.Checkpoint(seq, hash, sealKey, seal);
        }
    }

    /** Shows that the file was not cut off. */
    record End(long entries, long seq) implements ExportLine {}
}
