package dev.mortise.api.tenant;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The tenants of this server.
 *
 * @since 0.1
 */
@ProviderType
public interface Tenants {
    /** Returns the tenants that are not suspended, oldest first. */
    List<TenantId> active();

    /** Returns a context for work of this plugin on the tenant's behalf, with a new trace id and every permission. */
    CallContext asSystem(TenantId tenant);
}
