package dev.mortise.kernel.audit;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.secret.Sealer;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.SchemaSessions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Ed25519 keys (RFC 8032) that seal the ends of chains. A signature and not a code, so that an auditor can check an
 * export with the public key alone. One pair serves all tenants and nodes; its private half is sealed by the server's
 * data key.
 */
final class SealKeys {
    private static final String ALGORITHM = "Ed25519";

    private static final Logger LOG = LoggerFactory.getLogger(SealKeys.class);

    private final SchemaSessions sessions;
    private final Sealer sealer;
    private volatile @Nullable Signing signing;

    private record Signing(UUID id, PrivateKey key) {}

    SealKeys(SchemaSessions sessions, Sealer sealer) {
        this.sessions = sessions;
        this.sealer = sealer;
    }

    /** Returns the entry with a seal over it and all before it. */
    ChainedEntry sealed(ChainedEntry entry) {
        Signing current = signing();
        return entry.sealed(
                current.id(), sign(current.key(), CanonicalForm.seal(entry.tenant(), entry.seq(), entry.hash())));
    }

    /** A signature, hexadecimal, and the key it is of. */
    record Seal(UUID key, String signature) {}

    /** Seals that the server itself drops a chain's beginning up to this entry. */
    Seal sealDropped(TenantId tenant, long seq, String hash) {
        Signing current = signing();
        String signature = sign(current.key(), CanonicalForm.dropped(tenant, seq, hash));
        return new Seal(current.id(), signature);
    }

    /**
     * Returns the public keys, past ones too, without those whose private half this server never sealed: who can write
     * to the table could put a key of his own there.
     */
    Map<UUID, PublicKey> publicKeys() {
        return sessions
                .inOwnTransaction(
                        null,
                        Access.READ,
                        open -> open.mapper(SealKeyMapper.class).all())
                .stream()
                .filter(this::isOurs)
                .collect(Collectors.toMap(SealKeyMapper.KeyRow::id, row -> publicKey(row.publicKey())));
    }

    private boolean isOurs(SealKeyMapper.KeyRow row) {
        try {
            PrivateKey key = privateKey(sealer.open(HexFormat.of().parseHex(row.sealedPrivate()), place(row.id())));
            byte[] probe = CanonicalForm.seal(new TenantId(row.id()), 0, "");
            return isSealOf(sign(key, probe), publicKey(row.publicKey()), probe);
        } catch (MortiseException e) {
            if (e.errorCode() == KernelError.SEALED_BROKEN) {
                LOG.error("The audit key {} is not of this server; what it sealed does not count", row.id());
                return false;
            }
            throw e;
        }
    }

    /** Returns whether the key sealed exactly this. */
    static boolean isSealOf(String seal, PublicKey key, byte[] content) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(content);
            return signature.verify(HexFormat.of().parseHex(seal));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return false;
        }
    }

    static PublicKey publicKey(String hex) {
        try {
            return KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(hex)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new MortiseException(
                    KernelError.SEALED_BROKEN,
                    "A public key of the audit record is no Ed25519 key",
                    "Restore mortise.audit_key from a backup, or the export's first line",
                    e);
        }
    }

    private static String sign(PrivateKey key, byte[] content) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(content);
            return HexFormat.of().formatHex(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK cannot sign with Ed25519", e);
        }
    }

    private Signing signing() {
        Signing known = signing;
        if (known == null) {
            known = load();
            signing = known;
        }
        return known;
    }

    private Signing load() {
        return sessions.inOwnTransaction(null, Access.WRITE, open -> {
            SealKeyMapper keys = open.mapper(SealKeyMapper.class);
            SealKeyMapper.KeyRow row = keys.active().orElseGet(() -> {
                make(keys);
                return keys.active().orElseThrow();
            });
            byte[] encoded = sealer.open(HexFormat.of().parseHex(row.sealedPrivate()), place(row.id()));
            return new Signing(row.id(), privateKey(encoded));
        });
    }

    private void make(SealKeyMapper keys) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            UUID id = UUID.randomUUID();
            keys.insert(
                    id,
                    pair.getPublic().getEncoded(),
                    sealer.seal(pair.getPrivate().getEncoded(), place(id)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no Ed25519", e);
        }
    }

    private static PrivateKey privateKey(byte[] encoded) {
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The sealed key is no Ed25519 key", e);
        }
    }

    private static String place(UUID id) {
        return "audit-key/" + id;
    }
}
