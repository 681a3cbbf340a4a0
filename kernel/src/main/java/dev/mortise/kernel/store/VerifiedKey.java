package dev.mortise.kernel.store;

import dev.mortise.api.call.Principal;
import dev.mortise.api.call.TenantId;

/**
 * Whom a presented API key stands for.
 *
 * @param tenant whose key it is
 * @param principal who acts, with the key's permissions; its id is {@code key:} and the key's prefix
 * @since 0.1
 */
public record VerifiedKey(TenantId tenant, Principal principal) {}
