package dev.mortise.kernel.store;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import java.util.List;

/**
 * The tenants of this server.
 *
 * @since 0.1
 */
public final class Tenants {
    private static final String DEFAULT = "default";

    private final SchemaSessions sessions;

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
}
