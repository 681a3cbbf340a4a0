package dev.mortise.automotive.reply;

import dev.mortise.api.workflow.NodeCall;
import dev.mortise.api.workflow.NodeDescription;
import dev.mortise.api.workflow.NodeType;
import dev.mortise.automotive.AutomotivePlugin;
import dev.mortise.automotive.Message;
import dev.mortise.automotive.extract.Facts;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The step {@code automotive.hand-over}: {@code {message, classification, facts}} in, {@link HandOver} out.
 *
 * @since 0.1
 */
@Extension
public final class HandOverNode implements NodeType {
    private final AutomotivePlugin plugin;

    /** Creates the step; called by the kernel. */
    public HandOverNode(AutomotivePlugin plugin) {
        this.plugin = plugin;
    }

    @Override
    public String name() {
        return "automotive.hand-over";
    }

    @Override
    public NodeDescription describe() {
        return NodeDescription.pure("Hand over", "Sums up what is known for the person who takes the message over");
    }

    @Override
    public JsonNode execute(NodeCall call) {
        JsonMapper json = plugin.context().json();
        JsonNode classification = call.input().path("classification");
        return json.valueToTree(HandOver.of(
                Message.of(call.input()),
                text(classification.path("reason")),
                text(classification.path("intent")),
                Facts.of(call.input().path("facts"), json)));
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() ? node.asString() : null;
    }
}
