package dev.mortise.kernel.cluster;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Answer;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.Page;
import dev.mortise.api.http.RequiresPermission;
import dev.mortise.kernel.error.KernelError;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** {@code /api/v1/kernel/nodes}: the nodes on this database. */
@Path("nodes")
public final class NodeResource implements HttpResource {
    private final Nodes nodes;

    NodeResource(Nodes nodes) {
        this.nodes = nodes;
    }

    /** Lists all nodes, in order of their start; those that are gone stay for an hour. They are few. */
    @GET
    @RequiresPermission("kernel.nodes.read")
    public Page<NodeView> list() {
        return Page.whole(nodes.all());
    }

    /** Shows one. */
    @GET
    @Path("{id}")
    @RequiresPermission("kernel.nodes.read")
    public NodeView show(@PathParam("id") String id) {
        UUID node = parse(id);
        return nodes.all().stream()
                .filter(each -> each.id().equals(node))
                .findFirst()
                .orElseThrow(() -> new MortiseException(
                        KernelError.NODE_UNKNOWN,
                        "No node " + id + " is known",
                        "GET /api/v1/kernel/nodes lists those that are"));
    }

    /** Asks a node to drain: it says that it is not ready, ends what runs, and leaves. */
    @POST
    @Path("{id}/drain")
    @RequiresPermission("kernel.nodes.write")
    @Answer(status = 202, type = NodeView.class)
    public Response drain(@PathParam("id") String id) {
        nodes.requestDrain(parse(id));
        return Response.accepted(show(id)).build();
    }

    private static UUID parse(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "\"" + id + "\" is no id of a node",
                    "Give the id that GET /api/v1/kernel/nodes shows",
                    e);
        }
    }
}
