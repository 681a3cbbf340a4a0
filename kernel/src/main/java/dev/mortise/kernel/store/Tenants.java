package dev.mortise.kernel.store;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tenants of this server.
 *
 * @since 0.1
 */
public final class Tenants {
    private static final String DEFAULT = "default";

    private final SchemaSessions sessions;
    /** Few as a rule; replaced as a whole, so that readers need no lock. */
    private volatile Set<TenantId> stopped = Set.of();

    Tenants(SchemaSessions sessions) {
        this.sessions = sessions;
    }

    /**
     * Returns the tenants that are not suspended, oldest first.
     *
     * @throws MortiseException with {@code kernel.database-unavailable}
     */
    public List<TenantId> active() {
        return sessions.inTransaction(
                null, Access.READ, open -> open.mapper(TenantMapper.class).active());
    }

    /**
     * Returns the tenant named {@code default}, made at the first call; nodes that start at once agree on one.
     *
     * @throws MortiseException with {@code kernel.database-unavailable}
     */
    public TenantId ensureDefaultTenant() {
        return sessions.inTransaction(null, Access.WRITE, open -> {
            TenantMapper tenants = open.mapper(TenantMapper.class);
            tenants.ensure(DEFAULT);
            return tenants.byName(DEFAULT);
        });
    }

    /**
     * Reads anew which tenants are suspended or about to be erased. Every node does it every two seconds.
     *
     * @return those whose rows are due to be erased
     * @throws MortiseException with {@code kernel.database-unavailable}; what was known stays
     */
    public List<TenantId> refreshStopped() {
        List<TenantMapper.StoppedTenant> rows = sessions.inTransaction(
                null, Access.READ, open -> open.mapper(TenantMapper.class).stopped());
        stopped = rows.stream().map(TenantMapper.StoppedTenant::id).collect(Collectors.toUnmodifiableSet());
        return rows.stream()
                .filter(TenantMapper.StoppedTenant::due)
                .map(TenantMapper.StoppedTenant::id)
                .toList();
    }

    /** Returns whether a tenant is suspended or about to be erased, from memory. */
    public boolean isStopped(TenantId tenant) {
        return stopped.contains(tenant);
    }

    /**
     * Refuses work under way for a tenant that is suspended or about to be erased; asks memory alone.
     *
     * @throws MortiseException with {@code kernel.tenant-stopped}
     */
    public void requireActive(TenantId tenant) {
        if (isStopped(tenant)) {
            throw new MortiseException(
                    KernelError.TENANT_STOPPED,
                    "The tenant " + tenant + " is suspended, and nothing runs for it",
                    "Go on when the operator of this server has resumed it");
        }
    }
}
