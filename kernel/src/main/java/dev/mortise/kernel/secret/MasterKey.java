package dev.mortise.kernel.secret;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The key that all others depend on: 256 bits, written in base64. It is never used itself; what wraps and what checks
 * are derived from it by HKDF-SHA-256 (RFC 5869). It does not print itself.
 */
final class MasterKey {
    private static final int BYTES = 32;

    private final byte[] bytes;

    private MasterKey(byte[] bytes) {
        this.bytes = bytes;
    }

    static MasterKey random() {
        return new MasterKey(Gcm.random(BYTES));
    }

    /**
     * Reads the text form.
     *
     * @param origin where the text came from, for the message; the text itself is never shown
     * @throws MortiseException with {@code kernel.master-key}
     */
    static MasterKey parse(String text, String origin) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text.strip());
            if (bytes.length == BYTES) {
                return new MasterKey(bytes);
            }
        } catch (IllegalArgumentException notBase64) {
            throw malformed(origin, "is not base64");
        }
        throw malformed(origin, "does not hold 32 bytes");
    }

    private static MortiseException malformed(String origin, String what) {
        return new MortiseException(
                KernelError.MASTER_KEY,
                "The master key in " + origin + " " + what,
                "Restore the key that was there; a new one for a new installation comes from: openssl rand -base64 32");
    }

    String text() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Returns what tells this key from others without giving it away. */
    byte[] checkValue() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(derived("mortise check value", "HmacSHA256"));
            return mac.doFinal("mortise".getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no HmacSHA256", e);
        }
    }

    boolean matches(byte[] checkValue) {
        return MessageDigest.isEqual(checkValue(), checkValue);
    }

    /** Seals a data key; it can be unwrapped under the same label only. */
    byte[] wrap(byte[] dataKey, String label) {
        return Gcm.seal(wrapping(), dataKey, label.getBytes(StandardCharsets.UTF_8));
    }

    Optional<byte[]> unwrap(byte[] wrapped, String label) {
        return Gcm.open(wrapping(), ByteBuffer.wrap(wrapped), label.getBytes(StandardCharsets.UTF_8));
    }

    /** Seals the master key that follows this one. */
    byte[] wrapNext(MasterKey next, UUID id) {
        return wrap(next.bytes, "master " + id);
    }

    /** Opens the master key that follows this one. */
    Optional<MasterKey> unwrapNext(byte[] link, UUID id) {
        return unwrap(link, "master " + id).map(MasterKey::new);
    }

    private SecretKey wrapping() {
        return derived("mortise wrap data keys", "AES");
    }

    private SecretKey derived(String purpose, String algorithm) {
        try {
            HKDFParameterSpec parameters = HKDFParameterSpec.ofExtract()
                    .addIKM(bytes)
                    .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), BYTES);
            return KDF.getInstance("HKDF-SHA256").deriveKey(algorithm, parameters);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no HKDF-SHA256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MasterKey key && MessageDigest.isEqual(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(checkValue());
    }

    @Override
    public String toString() {
        return "MasterKey[hidden]";
    }
}
