package dev.mortise.kernel.idempotency;

import dev.mortise.kernel.http.Door;
import dev.mortise.kernel.http.Exchange;
import dev.mortise.kernel.registry.ExtensionRegistry;
import dev.mortise.kernel.registry.HttpEndpoint;
import dev.mortise.kernel.registry.Publication;
import org.jspecify.annotations.Nullable;

/**
 * Tells which operations recognise repeated requests by themselves.
 *
 * @param kernel the kernel's own resources
 */
public record KeptKeys(HttpEndpoint kernel, ExtensionRegistry registry) {
    /** Returns whether the operation that is asked for does. */
    public boolean areKeptByOperation(Exchange exchange) {
        String plugin = exchange.plugin();
        if (plugin == null) {
            return false;
        }
        @Nullable Publication publication = registry.find(plugin);
        @Nullable
        HttpEndpoint endpoint = plugin.equals(Door.KERNEL) ? kernel : publication == null ? null : publication.http();
        return endpoint != null && endpoint.keepsKeysItself(exchange.request());
    }
}
