package dev.mortise.kernel.identity;

import dev.mortise.kernel.identity.ApiKeys.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key that is to be made.
 *
 * @param permissions sorted; with an owner, what of the owner's permissions it may use
 * @param expiresAt from when on it is refused, null for never
 * @param createdBy the principal that makes it
 */
record NewKey(
        String name,
        List<String> permissions,
        @Nullable Instant expiresAt,
        @Nullable UUID ownerUser,
        @Nullable UUID ownerService,
        String createdBy) {
    /** Returns whose it is, as the record tells it. */
    String owner() {
        if (ownerUser != null) {
            return "user:" + ownerUser;
        }
        return ownerService != null ? "service:" + ownerService : "nobody";
    }

    static NewKey of(String name, Set<String> permissions, @Nullable Instant expiresAt, Owner owner, String createdBy) {
        return new NewKey(
                name,
                List.copyOf(new TreeSet<>(permissions)),
                expiresAt,
                owner instanceof Owner.User user ? user.id() : null,
                owner instanceof Owner.Service service ? service.id() : null,
                createdBy);
    }
}
