package dev.mortise.automotive.route;

import dev.mortise.api.workflow.NodeCall;
import dev.mortise.api.workflow.NodeDescription;
import dev.mortise.api.workflow.NodeType;
import dev.mortise.automotive.AutomotivePlugin;
import dev.mortise.automotive.Message;
import org.pf4j.Extension;
import tools.jackson.databind.JsonNode;

/**
 * The step {@code automotive.route}: {@code {message, classification}} in, {@link Route} out.
 *
 * @since 0.1
 */
@Extension
public final class RouteNode implements NodeType {
    private final AutomotivePlugin plugin;

    /** Creates the step; called by the kernel. */
    public RouteNode(AutomotivePlugin plugin) {
        this.plugin = plugin;
    }

    @Override
    public String name() {
        return "automotive.route";
    }

    @Override
    public NodeDescription describe() {
        return NodeDescription.pure("Route message", "Chooses the department that answers, and how fast");
    }

    @Override
    public JsonNode execute(NodeCall call) {
        JsonNode intent = call.input().path("classification").path("intent");
        Route route = plugin.router()
                .route(
                        intent.isString() ? intent.asString() : null,
                        Message.of(call.input()).text());
        return plugin.context().json().valueToTree(route);
    }
}
