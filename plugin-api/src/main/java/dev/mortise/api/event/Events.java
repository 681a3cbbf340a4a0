package dev.mortise.api.event;

import dev.mortise.api.error.MortiseException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What one plugin has to tell, for the tenant that {@link dev.mortise.api.call.CallContext} names.
 *
 * @since 0.1
 */
@ProviderType
public interface Events {
    /**
     * Publishes an event. Inside of a transaction of the plugin's {@link dev.mortise.api.store.Store} it is kept or
     * dropped with that transaction; outside of one it is kept when this returns.
     *
     * @param name what happened, in dotted lower case with this plugin's id first, such as
     *     {@code automatrix.run.finished}
     * @param key events of the same key reach each subscriber in the order of their transactions; null when order does
     *     not matter
     * @param payload a record or a JSON tree, written by the plugin's own mapper; at most 256 KiB of JSON
     * @return the event's id, the same in every delivery
     * @throws MortiseException with {@code api.input-invalid} for a name that is not this plugin's or a payload that is
     *     too large, {@code api.no-call-context} when no tenant is bound, {@code kernel.database-unavailable}
     */
    UUID publish(String name, @Nullable String key, Object payload);
}
