package dev.mortise.api.identity;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The people of the bound tenant, as far as a plugin needs to name and choose them. Sees the bound tenant alone; what
 * is private to a person (e-mail, preferences, how they sign in) is not told here.
 *
 * @since 0.1
 */
@ProviderType
public interface Identity {
    /**
     * Returns the person on whose behalf the call runs; empty for machines, plugins and callers without credentials.
     *
     * @throws dev.mortise.api.error.MortiseException with {@code api.no-call-context} when no tenant is bound
     */
    Optional<PersonProfile> currentPerson();

    /**
     * Returns display names of people and service accounts. Ids that nobody has are left out.
     *
     * @param ids at most 500
     * @throws dev.mortise.api.error.MortiseException with {@code api.input-too-large} for more
     */
    Map<UUID, String> displayNames(Collection<UUID> ids);

    /** Returns the names of the roles that can be given in this tenant: the built-in ones, then its own, sorted. */
    List<String> roles();
}
