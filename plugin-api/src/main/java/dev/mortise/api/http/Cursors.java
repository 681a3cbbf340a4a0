package dev.mortise.api.http;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The cursors of one list: where a page ends, as text that callers hand back and do not look into. A cursor belongs to
 * its list and to the tenant that received it; elsewhere it is refused. That is a guard against mistakes, not a secret:
 * what a tenant may see is decided by row-level security, whatever the cursor says.
 *
 * @param list the list's name, such as {@code automatrix.runs}
 * @since 0.1
 */
public record Cursors(String list) {
    private static final int CHECK_BYTES = 8;
    private static final int LONGEST = 2_048;

    /**
     * Returns the cursor behind a position.
     *
     * @param position the keys of the last element, in a form of the list's own
     */
    public String after(String position) {
        byte[] key = position.getBytes(StandardCharsets.UTF_8);
        byte[] cursor = ByteBuffer.allocate(CHECK_BYTES + key.length)
                .put(check(key), 0, CHECK_BYTES)
                .put(key)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
    }

    /**
     * Returns the position that a cursor stands for, or empty for the begin of the list.
     *
     * @throws MortiseException with {@code api.cursor-invalid} for a cursor that this list did not give to this tenant
     */
    public Optional<String> position(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor.length() > LONGEST ? "" : cursor);
            if (bytes.length < CHECK_BYTES) {
                throw invalid(null);
            }
            byte[] key = java.util.Arrays.copyOfRange(bytes, CHECK_BYTES, bytes.length);
            if (!MessageDigest.isEqual(
                    java.util.Arrays.copyOf(bytes, CHECK_BYTES), java.util.Arrays.copyOf(check(key), CHECK_BYTES))) {
                throw invalid(null);
            }
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw invalid(e);
        }
    }

    /**
     * Returns the position that a cursor stands for, read by the list that made it.
     *
     * @param read makes the position from its text, such as {@code UUID::fromString}; refuses by
     *     {@link IllegalArgumentException}
     * @throws MortiseException with {@code api.cursor-invalid} for a cursor that this list did not give to this tenant
     */
    public <T> Optional<T> position(@Nullable String cursor, Function<? super String, ? extends T> read) {
        try {
            return position(cursor).map(read);
        } catch (IllegalArgumentException e) {
            throw invalid(e);
        }
    }

    private byte[] check(byte[] key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(list.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(CallContext.current().tenant().toString().getBytes(StandardCharsets.US_ASCII));
            return digest.digest(key);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private MortiseException invalid(@Nullable Exception cause) {
        return new MortiseException(
                ApiError.CURSOR_INVALID,
                "\"after\" is no cursor of the list " + list,
                "Give the \"next\" of the page before, unchanged, or leave it out to begin anew",
                cause);
    }
}
