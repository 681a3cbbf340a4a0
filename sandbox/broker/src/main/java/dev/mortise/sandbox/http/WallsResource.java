package dev.mortise.sandbox.http;

import dev.mortise.api.http.Described;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.RequiresPermission;
import dev.mortise.sandbox.SandboxPlugin;
import dev.mortise.sandbox.SandboxReport;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.pf4j.Extension;

/**
 * What holds code of strangers on this node.
 *
 * @since 0.1
 */
@Extension
@Path("walls")
public final class WallsResource implements HttpResource {
    private final SandboxPlugin plugin;

    /** Creates the resource; called by the kernel. */
    public WallsResource(SandboxPlugin plugin) {
        this.plugin = plugin;
    }

    /** Returns confinement, languages and pools of the node that answers. */
    @GET
    @RequiresPermission("sandbox.walls.read")
    @Described("Shows what holds code of strangers on the node that answers, and what is missing.")
    public SandboxReport show() {
        return plugin.report();
    }
}
