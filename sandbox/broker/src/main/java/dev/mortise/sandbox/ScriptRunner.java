package dev.mortise.sandbox;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.sandbox.LeaseRequest;
import dev.mortise.api.sandbox.Outcome;
import dev.mortise.api.sandbox.Script;
import dev.mortise.sandbox.grant.GrantedFunctions;
import dev.mortise.sandbox.worker.HostFunctions;

/**
 * Runs single scripts for the bound tenant.
 *
 * @since 0.1
 */
public final class ScriptRunner {
    private final Workshop workshop;
    private final GrantedFunctions functions;

    ScriptRunner(Workshop workshop, GrantedFunctions functions) {
        this.workshop = workshop;
        this.functions = functions;
    }

    /**
     * Runs a script from nothing, on a worker of the tenant's.
     *
     * @throws dev.mortise.api.error.MortiseException as {@link dev.mortise.api.sandbox.Sandbox#lease} and
     *     {@link dev.mortise.api.sandbox.SandboxLease#call}
     */
    public Outcome run(LeaseRequest request, Script script, String input) {
        TenantId tenant = CallContext.current().tenant();
        HostFunctions granted = functions.of(request.grants());
        return workshop.language(request.language(), request.minimum())
                .kept()
                .use(tenant, lease -> lease.call(script, input, false, request.limits(), granted));
    }
}
