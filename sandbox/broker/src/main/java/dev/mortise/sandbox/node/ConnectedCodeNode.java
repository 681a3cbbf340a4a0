package dev.mortise.sandbox.node;

import dev.mortise.api.workflow.Effect;
import dev.mortise.api.workflow.NodeCall;
import dev.mortise.api.workflow.NodeDescription;
import dev.mortise.api.workflow.NodeType;
import dev.mortise.sandbox.SandboxPlugin;
import dev.mortise.sandbox.run.RunOrder;
import org.pf4j.Extension;
import tools.jackson.databind.JsonNode;

/**
 * A script with grants; when a crash leaves in doubt whether it ran, a person decides.
 *
 * @since 0.1
 */
@Extension
public final class ConnectedCodeNode implements NodeType {
    private final ScriptStep step;

    /** Creates the node; called by the kernel. */
    public ConnectedCodeNode(SandboxPlugin plugin) {
        step = new ScriptStep(plugin, RunOrder::granted);
    }

    @Override
    public String name() {
        return "sandbox.connected-code";
    }

    @Override
    public NodeDescription describe() {
        return new NodeDescription(
                "Connected code",
                "Runs JavaScript or Python that may use the hosts, tools, models and memory that the step grants.",
                Effect.AT_MOST_ONCE);
    }

    @Override
    public JsonNode execute(NodeCall call) {
        return step.execute(call.input());
    }
}
