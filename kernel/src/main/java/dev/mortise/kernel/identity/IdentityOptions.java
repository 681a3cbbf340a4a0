package dev.mortise.kernel.identity;

import dev.mortise.kernel.identity.password.PasswordHashing;
import java.time.Duration;

/**
 * How long things last, and how dear a password is.
 *
 * @param hashing what a password's hash costs
 * @param hashesAtOnce how many passwords are checked at once
 * @param idle how long a browser session lasts without a request
 * @param sessionLife how long it lasts at most
 * @param accessTokenLife how long an access token lasts
 * @param familyLife how long refresh tokens of one sign-in last at most
 * @since 0.1
 */
public record IdentityOptions(
        PasswordHashing.Parameters hashing,
        int hashesAtOnce,
        Duration idle,
        Duration sessionLife,
        Duration accessTokenLife,
        Duration familyLife) {
    /** Returns these with other costs of a password, such as cheap ones for tests. */
    public IdentityOptions withHashing(PasswordHashing.Parameters other) {
        return new IdentityOptions(other, hashesAtOnce, idle, sessionLife, accessTokenLife, familyLife);
    }

    /** Returns the ones of an ordinary server. */
    public static IdentityOptions standard() {
        int processors = Runtime.getRuntime().availableProcessors();
        return new IdentityOptions(
                PasswordHashing.Parameters.standard(),
                Math.clamp(processors, 1, 4),
                Duration.ofHours(2),
                Duration.ofHours(16),
                Duration.ofMinutes(15),
                Duration.ofDays(30));
    }
}
