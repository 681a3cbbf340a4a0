package dev.mortise.kernel.identity;

import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.RequiresPermission;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

/** {@code /api/v1/kernel/identity-policy}: what the tenant demands of its people. */
@Path("identity-policy")
@Consumes(MediaType.APPLICATION_JSON)
public final class IdentityPolicyResource implements HttpResource {
    private final Roles roles;

    IdentityPolicyResource(Roles roles) {
        this.roles = roles;
    }

    /**
     * What is demanded.
     *
     * @param secondFactorRequired whether people without a second factor have no permissions until they turn it on
     */
    public record Policy(boolean secondFactorRequired) {}

    /** Shows it. */
    @GET
    @RequiresPermission("kernel.identity-policy.read")
    public Policy show() {
        return new Policy(roles.secondFactorRequired());
    }

    /** Changes it; holds for sessions that are open as well. */
    @PUT
    @RequiresPermission("kernel.identity-policy.write")
    public Policy change(Policy policy) {
        roles.requireSecondFactor(policy.secondFactorRequired());
        return policy;
    }
}
