package dev.mortise.kernel.context;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Principal;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.tenant.Tenants;
import dev.mortise.kernel.log.TraceIds;
import java.util.List;
import java.util.Set;

/** The tenants as one plugin sees them: it acts for them under its own name. */
record PluginTenants(String pluginId, dev.mortise.kernel.store.Tenants tenants) implements Tenants {
    @Override
    public List<TenantId> active() {
        return tenants.active();
    }

    @Override
    public CallContext asSystem(TenantId tenant) {
        Principal self = new Principal("plugin:" + pluginId, Principal.Kind.SYSTEM, Set.of("*"));
        return new CallContext(tenant, self, TraceIds.random());
    }
}
