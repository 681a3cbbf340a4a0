package dev.mortise.api.secret;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The secrets of this plugin for the bound tenant. Names are 1 to 100 lower-case letters, digits, dots, hyphens and
 * underscores, and begin with a letter or digit. Each call reads the present value, so a changed secret is in use at
 * the next call; inside of a transaction of the plugin's {@link dev.mortise.api.store.Store} a change is kept or
 * dropped with it.
 *
 * <p>Every method throws a {@link dev.mortise.api.error.MortiseException} with {@code api.no-call-context} when no
 * tenant is bound, with {@code api.input-invalid} for a name that is none, and with
 * {@code kernel.database-unavailable}.
 *
 * @since 0.1
 */
@ProviderType
public interface Secrets {
    /**
     * Returns a secret, or empty when none of this name is set.
     *
     * @throws dev.mortise.api.error.MortiseException with {@code kernel.sealed-broken} when what is kept was changed by
     *     hand
     */
    Optional<SecretValue> find(String name);

    /** Sets a secret, in place of a former one of that name. */
    void put(String name, SecretValue value);

    /** Deletes a secret and returns whether there was one. */
    boolean delete(String name);

    /** Returns the names of all secrets that are set, in order. */
    List<String> names();
}
