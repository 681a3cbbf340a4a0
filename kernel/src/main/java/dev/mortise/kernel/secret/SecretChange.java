package dev.mortise.kernel.secret;

import dev.mortise.api.call.TenantId;
import java.util.Optional;

/**
 * A secret was set anew or deleted. It is announced to every node, for what was made of the former value.
 *
 * @param tenant whose it is
 * @param plugin for which plugin it is kept
 * @param name its name
 * @since 0.1
 */
public record SecretChange(TenantId tenant, String plugin, String name) {
    /** What {@link dev.mortise.kernel.store.Notifications} calls it. */
    public static final String TOPIC = "secret";

    /** Reads an announcement; empty where it is none, because whoever may use the database may announce anything. */
    public static Optional<SecretChange> parse(String payload) {
        String[] parts = payload.split(" ", -1);
        try {
            return parts.length == 3
                    ? Optional.of(new SecretChange(TenantId.parse(parts[0]), parts[1], parts[2]))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String payload() {
        return tenant + " " + plugin + " " + name;
    }
}
