package dev.mortise.api.call;

import java.util.UUID;

/**
 * Which tenant. The value is a UUIDv7 (RFC 9562, section 5.7) made by the kernel.
 *
 * @since 0.1
 */
public record TenantId(UUID value) {
    /**
     * Reads the usual text form.
     *
     * @throws IllegalArgumentException when the text is not a UUID
     */
    public static TenantId parse(String text) {
        return new TenantId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
