package dev.mortise.api.audit;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The tamper-evident record of the bound tenant. Tenant, principal, time and trace id are added from the call.
 *
 * @since 0.1
 */
@ProviderType
public interface Audit {
    /**
     * Records an entry. Inside of a transaction of the plugin's {@link dev.mortise.api.store.Store} it is kept or
     * dropped with that transaction; outside of one it is kept when this returns.
     *
     * @throws dev.mortise.api.error.MortiseException with {@code api.no-call-context} when no tenant is bound, or when
     *     the database is unavailable
     */
    void record(AuditEntry entry);
}
