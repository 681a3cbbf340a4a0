package dev.mortise.kernel.identity;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person as administrators see it.
 *
 * @param email in its normal form, see {@link EmailAddress}
 * @param roles names, sorted
 * @param secondFactor whether signing in takes a code as well
 * @since 0.1
 */
public record User(
        UUID id,
        String email,
        String displayName,
        State state,
        List<String> roles,
        boolean secondFactor,
        Instant createdAt,
        @Nullable Instant lastSignInAt) {
    /** Where in its life an account is. */
    public enum State {
        /** Invited, and has not accepted yet. */
        INVITED,
        /** Can sign in. */
        ACTIVE,
        /** An administrator has suspended it for the time being. Failed attempts do not lead here. */
        LOCKED,
        /** The person has left. */
        DISABLED
    }
}
