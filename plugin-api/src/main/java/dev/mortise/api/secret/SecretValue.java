package dev.mortise.api.secret;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A secret in memory. It does not print itself, has no form in JSON, and is wiped by {@link #close}. Whoever turns it
 * into a {@link String} has a copy that cannot be wiped.
 *
 * @since 0.1
 */
public final class SecretValue implements AutoCloseable {
    /** The most bytes that a secret has: 64 KiB. */
    public static final int MOST_BYTES = 64 << 10;

    private final byte[] bytes;
    private volatile boolean closed;

    private SecretValue(byte[] bytes) {
        if (bytes.length == 0 || bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException("A secret has 1 to " + MOST_BYTES + " bytes, not " + bytes.length);
        }
        this.bytes = bytes;
    }

    /**
     * Returns a copy of the bytes as a secret.
     *
     * @throws IllegalArgumentException when there are none, or more than {@link #MOST_BYTES}
     */
    public static SecretValue of(byte[] bytes) {
        return new SecretValue(bytes.clone());
    }

    /** Returns a text as a secret, as UTF-8; with the same limits. */
    public static SecretValue of(CharSequence text) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(text));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        Arrays.fill(encoded.array(), encoded.arrayOffset(), encoded.limit(), (byte) 0);
        return new SecretValue(bytes);
    }

    /**
     * Returns a copy of the bytes, for the caller to wipe.
     *
     * @throws IllegalStateException after {@link #close}; so do the other methods that return it
     */
    public byte[] bytes() {
        return open().clone();
    }

    /** Returns the characters that the bytes are in UTF-8, for the caller to wipe. */
    public char[] chars() {
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(open()));
        char[] chars = new char[decoded.remaining()];
        decoded.get(chars);
        Arrays.fill(decoded.array(), decoded.arrayOffset(), decoded.limit(), '\0');
        return chars;
    }

    /** Returns the text that the bytes are in UTF-8, for interfaces that take nothing else. */
    public String text() {
        return new String(open(), StandardCharsets.UTF_8);
    }

    private byte[] open() {
        if (closed) {
            throw new IllegalStateException("This secret was wiped");
        }
        return bytes;
    }

    /** Wipes it. */
    @Override
    public void close() {
        closed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    /** Compares in a time that tells nothing of the contents. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SecretValue secret && MessageDigest.isEqual(bytes, secret.bytes);
    }

    /** The same for all, because a hash code of a short secret would give it away. */
    @Override
    public int hashCode() {
        return SecretValue.class.hashCode();
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
