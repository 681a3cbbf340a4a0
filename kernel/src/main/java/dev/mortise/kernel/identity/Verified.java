package dev.mortise.kernel.identity;

import dev.mortise.api.call.Principal;
import dev.mortise.api.call.TenantId;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whom a presented key, token or cookie stands for.
 *
 * @param tenant whose it is
 * @param principal who acts, with what it may do
 * @param user the person, empty for machines
 * @param session the browser session, empty for keys and tokens
 * @param left for how long it is good, counted from when it was looked up; null for no end
 * @since 0.1
 */
public record Verified(
        TenantId tenant,
        Principal principal,
        Optional<UUID> user,
        Optional<UUID> session,
        @Nullable Duration left) {
    static @Nullable Duration left(@Nullable Double seconds) {
        return seconds == null ? null : Duration.ofMillis((long) (seconds * 1000));
    }
}
