package dev.mortise.kernel.audit;

import dev.mortise.api.call.TenantId;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry in the chain of its tenant.
 *
 * @param seq its place, from 1, without gaps
 * @param prevHash the hash of the entry before, 64 hexadecimal digits; all zero for the first
 * @param hash {@link CanonicalForm#hash} of this entry, 64 hexadecimal digits
 * @param sealKey which key sealed it; null for one that is not the last of its batch
 * @param seal the signature, hexadecimal; null where sealKey is
 * @since 0.1
 */
public record ChainedEntry(
        TenantId tenant,
        long seq,
        AuditRecord content,
        String prevHash,
        String hash,
        @Nullable UUID sealKey,
        @Nullable String seal) {
    /** What stands before the first entry. */
    public static final String NO_HASH = "0".repeat(64);

    static ChainedEntry linked(TenantId tenant, long seq, AuditRecord content, String prevHash) {
        String hash = HexFormat.of().formatHex(CanonicalForm.hash(tenant, seq, content, prevHash));
        return new ChainedEntry(tenant, seq, content, prevHash, hash, null, null);
    }

    ChainedEntry sealed(UUID key, String signature) {
        return new ChainedEntry(tenant, seq, content, prevHash, hash, key, signature);
    }
}
