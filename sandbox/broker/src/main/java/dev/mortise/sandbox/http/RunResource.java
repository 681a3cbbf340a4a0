package dev.mortise.sandbox.http;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Described;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.OwnIdempotency;
import dev.mortise.api.http.RequiresPermission;
import dev.mortise.api.sandbox.Grants;
import dev.mortise.sandbox.SandboxPlugin;
import dev.mortise.sandbox.run.RunOrder;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.pf4j.Extension;

/**
 * A place to try scripts. Nothing of a run is kept.
 *
 * @since 0.1
 */
@Extension
@Path("runs")
public final class RunResource implements HttpResource {
    private final SandboxPlugin plugin;

    /** Creates the resource; called by the kernel. */
    public RunResource(SandboxPlugin plugin) {
        this.plugin = plugin;
    }

    /** Runs a script that may compute and write to its log. */
    @POST
    @RequiresPermission("sandbox.scripts.run")
    @OwnIdempotency(reason = "Nothing is created: a repeated run computes the same again")
    @Described("Runs a script without grants. A script that fails is no failure of the request: look at the outcome.")
    public RunReport run(RunOrder order) {
        if (!order.granted().equals(Grants.none())) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "The run asks for grants",
                    "Post it to runs/granted, which needs the permission sandbox.scripts.grant");
        }
        return report(order, Grants.none());
    }

    /** Runs a script with grants: with the rights of whoever asks for it. */
    @POST
    @Path("granted")
    @RequiresPermission("sandbox.scripts.grant")
    @Described("Runs a script with grants. What it does by them is done in the caller's name.")
    public RunReport runGranted(RunOrder order) {
        return report(order, order.granted());
    }

    private RunReport report(RunOrder order, Grants grants) {
        return RunReport.of(
                plugin.runner().run(order.request(grants), order.script(), order.inputText()),
                plugin.context().json());
    }
}
