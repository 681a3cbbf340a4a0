package dev.mortise.api.live;

import dev.mortise.api.error.MortiseException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What one plugin shows live, to clients of the tenant that {@link dev.mortise.api.call.CallContext} names.
 *
 * @since 0.1
 */
@ProviderType
public interface Live {
    /**
     * Sends a message to all who watch the topic, on every node. Inside of a transaction of the plugin's
     * {@link dev.mortise.api.store.Store} it goes out with the commit, or never.
     *
     * @param topic the name of a {@link LiveTopic} that begins with this plugin's id, alone or followed by a slash and
     *     what is meant in particular, such as {@code automatrix.run/0199…}; at most 200 characters
     * @param payload a record or a JSON tree, written by the plugin's own mapper; at most 64 KiB of JSON
     * @throws MortiseException with {@code api.input-invalid} for a topic that is not this plugin's or a payload that
     *     is too large, {@code api.no-call-context} when no tenant is bound, {@code kernel.database-unavailable}
     */
    void publish(String topic, Object payload);
}
