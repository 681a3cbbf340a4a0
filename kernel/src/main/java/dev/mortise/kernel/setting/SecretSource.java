package dev.mortise.kernel.setting;

import dev.mortise.api.call.TenantId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the secrets are that settings name.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface SecretSource {
    /**
     * Returns a secret of a plugin.
     *
     * @param tenant whose settings name it; null for those of the whole server
     */
    Optional<String> find(String plugin, @Nullable TenantId tenant, String name);
}
