package dev.mortise.api.identity;

import java.util.List;
import java.util.UUID;

/**
 * What others may know of a person.
 *
 * @param id stable within the tenant; the principal's id is {@code user:} and this
 * @param displayName how the person wants to be called; never empty, not unique
 * @param roles the names of the person's roles
 * @since 0.1
 */
public record PersonProfile(UUID id, String displayName, List<String> roles) {
    /** Copies the roles. */
    public PersonProfile {
        roles = List.copyOf(roles);
    }
}
