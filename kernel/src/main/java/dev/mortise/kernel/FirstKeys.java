package dev.mortise.kernel;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.identity.ApiKeys;
import java.util.Optional;
import java.util.Set;

/**
 * The keys that administrators begin with.
 *
 * @param given the operator's choice for the server's first one
 */
record FirstKeys(ApiKeys keys, Optional<String> given) {
    private static final String NAME = "first administrator";
    private static final Set<String> EVERYTHING = Set.of("*");

    /**
     * Makes the server's first key where there is none, and returns it where the operator has not chosen it.
     *
     * @param kernel as whom it is made, so that the audit record begins with it
     */
    Optional<String> ofServer(CallContext kernel) {
        return keys.hasAny() ? Optional.empty() : kernel.call(() -> made(kernel.tenant()));
    }

    private Optional<String> made(TenantId tenant) {
        given.ifPresent(key -> issueGiven(tenant, key));
        return given.isPresent() ? Optional.empty() : Optional.of(of(tenant));
    }

    private void issueGiven(TenantId tenant, String key) {
        try {
            keys.issueGiven(tenant, NAME, EVERYTHING, key);
        } catch (MortiseException e) {
            // Another node that was given the same key and starts at the same moment was first.
            if (e.errorCode() != KernelError.DATA_CONFLICT || !keys.hasAny()) {
                throw e;
            }
        }
    }

    /** Makes a tenant's first key. */
    String of(TenantId tenant) {
        return keys.issue(tenant, NAME, EVERYTHING).key();
    }
}
