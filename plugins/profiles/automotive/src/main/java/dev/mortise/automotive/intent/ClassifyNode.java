package dev.mortise.automotive.intent;

import dev.mortise.api.workflow.NodeCall;
import dev.mortise.api.workflow.NodeDescription;
import dev.mortise.api.workflow.NodeType;
import dev.mortise.automotive.AutomotivePlugin;
import dev.mortise.automotive.Message;
import org.pf4j.Extension;
import tools.jackson.databind.JsonNode;

/**
 * The step {@code automotive.classify}: {@code {message}} in, {@link Classification} out.
 *
 * @since 0.1
 */
@Extension
public final class ClassifyNode implements NodeType {
    private final AutomotivePlugin plugin;

    /** Creates the step; called by the kernel. */
    public ClassifyNode(AutomotivePlugin plugin) {
        this.plugin = plugin;
    }

    @Override
    public String name() {
        return "automotive.classify";
    }

    @Override
    public NodeDescription describe() {
        return NodeDescription.pure(
                "Classify message", "Tells what a customer wants, or that a person should read the message, and why");
    }

    @Override
    public JsonNode execute(NodeCall call) {
        Classification result =
                plugin.classifier().classify(Message.of(call.input()).text());
        return plugin.context().json().valueToTree(result);
    }
}
