package dev.mortise.api.limit;

import dev.mortise.api.error.MortiseException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The limits of this plugin, each counted for the bound tenant and a key of the plugin's choice.
 *
 * @since 0.1
 */
@ProviderType
public interface Limits {
    /**
     * Says what a limit is where the operator says nothing else for the tenant. Declaring it again changes it.
     *
     * @param name 1 to 60 lower-case letters, digits, dots and hyphens
     * @throws MortiseException with {@code api.input-invalid} for another name
     */
    void declare(String name, Rate standard);

    /**
     * Takes permits if all of them are there, and none otherwise. Answers from memory as a rule; a call in many asks
     * the database, because nodes take permits from it in small batches. While the database is away, each node counts
     * for itself. Several nodes together never grant more than the limit and one batch for each of them, a twentieth of
     * the limit.
     *
     * @param key whose limit, such as a mailbox; of any length, and never shown
     * @param cost how many, at least 1; more than the limit has is never granted
     * @throws MortiseException with {@code api.no-call-context} when no tenant is bound, or {@code api.input-invalid}
     *     when the limit was not declared or the cost is no cost
     */
    Permit tryAcquire(String name, String key, long cost);
}
