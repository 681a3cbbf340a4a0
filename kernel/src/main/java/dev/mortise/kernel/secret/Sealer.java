package dev.mortise.kernel.secret;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Seals bytes for storage, for the server or for one tenant ({@link KeyRing#sealer}). Sealed bytes name the key that
 * they need, so they can be opened for as long as that key is kept, also after newer keys were made.
 *
 * <p>Form: {@code version 1 (1 byte) | key id (16) | nonce (12) | ciphertext | tag (16)}; 45 bytes more than the plain.
 * May be called inside of an open transaction.
 *
 * @since 0.1
 */
public final class Sealer {
    private static final byte VERSION = 1;
    private static final int HEADER_BYTES = 17;
    private static final int MAC_BYTES = 32;

    private final KeyRing keys;
    private final String scope;

    Sealer(KeyRing keys, String scope) {
        this.keys = keys;
        this.scope = scope;
    }

    /**
     * Encrypts and authenticates.
     *
     * @param place what the bytes are and where they belong, such as {@code totp/<user id>}; not secret, and needed to
     *     open them again, so that they cannot be moved elsewhere
     * @throws MortiseException with {@code kernel.database-unavailable} when the key has to be fetched and cannot be
     */
    public byte[] seal(byte[] plain, String place) {
        KeyRing.DataKey key = keys.active(scope);
        byte[] sealed = Gcm.seal(key.key(), plain, associated(place));
        return header(key.id(), HEADER_BYTES + sealed.length).put(sealed).array();
    }

    /**
     * Decrypts what {@link #seal} returned.
     *
     * @throws MortiseException with {@code kernel.sealed-broken} when the bytes were changed, or were sealed for
     *     another place, tenant or database
     */
    public byte[] open(byte[] sealed, String place) {
        ByteBuffer rest = ByteBuffer.wrap(sealed);
        KeyRing.DataKey key = keyNamedBy(rest, place);
        return Gcm.open(key.key(), rest, associated(place)).orElseThrow(() -> broken(place));
    }

    /** Returns the id of the data key that sealed the bytes. */
    static UUID keyIdOf(byte[] sealed) {
        ByteBuffer header = ByteBuffer.wrap(sealed, 1, HEADER_BYTES - 1);
        return new UUID(header.getLong(), header.getLong());
    }

    /**
     * Returns a code that shows that the server wrote the bytes: {@code version | key id | HMAC-SHA-256} (RFC 2104), 49
     * bytes.
     */
    public byte[] mac(byte[] content) {
        KeyRing.DataKey key = keys.active(scope);
        return header(key.id(), HEADER_BYTES + MAC_BYTES)
                .put(hmac(key.key(), content))
                .array();
    }

    /** Returns whether the code is one that {@link #mac} of this scope returned for these bytes. */
    public boolean isMacOf(byte[] mac, byte[] content) {
        if (mac.length != HEADER_BYTES + MAC_BYTES) {
            return false;
        }
        Optional<KeyRing.DataKey> key = macKey(ByteBuffer.wrap(mac));
        return key.isPresent()
                && MessageDigest.isEqual(
                        hmac(key.get().key(), content), java.util.Arrays.copyOfRange(mac, HEADER_BYTES, mac.length));
    }

    private Optional<KeyRing.DataKey> macKey(ByteBuffer mac) {
        try {
            return Optional.of(keyNamedBy(mac, "a code"));
        } catch (MortiseException e) {
            if (e.errorCode() == KernelError.SEALED_BROKEN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private KeyRing.DataKey keyNamedBy(ByteBuffer sealed, String place) {
        if (sealed.remaining() < HEADER_BYTES || sealed.get() != VERSION) {
            throw broken(place);
        }
        KeyRing.DataKey key = keys.byId(new UUID(sealed.getLong(), sealed.getLong()));
        if (!key.scope().equals(scope)) {
            throw broken(place);
        }
        return key;
    }

    private static ByteBuffer header(UUID keyId, int length) {
        return ByteBuffer.allocate(length)
                .put(VERSION)
                .putLong(keyId.getMostSignificantBits())
                .putLong(keyId.getLeastSignificantBits());
    }

    private byte[] associated(String place) {
        return (scope + "\0" + place).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hmac(SecretKey key, byte[] content) {
        try {
            // Another key than the one that encrypts, as one key should have one purpose (NIST SP 800-57, 5.2).
            HKDFParameterSpec forMac =
                    HKDFParameterSpec.expandOnly(key, "mortise mac".getBytes(StandardCharsets.UTF_8), MAC_BYTES);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(KDF.getInstance("HKDF-SHA256").deriveKey("HmacSHA256", forMac));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no HMAC-SHA-256", e);
        }
    }

    private MortiseException broken(String place) {
        return new MortiseException(
                KernelError.SEALED_BROKEN,
                "What was sealed for " + place + " of " + scope + " cannot be opened",
                "It was changed or moved since; write the value again, or restore it from a backup");
    }
}
