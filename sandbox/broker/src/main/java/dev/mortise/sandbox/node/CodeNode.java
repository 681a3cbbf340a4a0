package dev.mortise.sandbox.node;

import dev.mortise.api.sandbox.Grants;
import dev.mortise.api.workflow.Effect;
import dev.mortise.api.workflow.NodeCall;
import dev.mortise.api.workflow.NodeDescription;
import dev.mortise.api.workflow.NodeType;
import dev.mortise.sandbox.SandboxPlugin;
import org.pf4j.Extension;
import tools.jackson.databind.JsonNode;

/**
 * A script that computes; a crash in the middle of it is no harm, it is run again.
 *
 * @since 0.1
 */
@Extension
public final class CodeNode implements NodeType {
    private final ScriptStep step;

    /** Creates the node; called by the kernel. */
    public CodeNode(SandboxPlugin plugin) {
        step = new ScriptStep(plugin, _ -> Grants.none());
    }

    @Override
    public String name() {
        return "sandbox.code";
    }

    @Override
    public NodeDescription describe() {
        return new NodeDescription("Code", "Runs JavaScript or Python that computes: JSON in, JSON out.", Effect.NONE);
    }

    @Override
    public JsonNode execute(NodeCall call) {
        return step.execute(call.input());
    }
}
