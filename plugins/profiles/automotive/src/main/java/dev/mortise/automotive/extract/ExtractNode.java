package dev.mortise.automotive.extract;

import dev.mortise.api.workflow.NodeCall;
import dev.mortise.api.workflow.NodeDescription;
import dev.mortise.api.workflow.NodeType;
import dev.mortise.automotive.AutomotivePlugin;
import dev.mortise.automotive.Message;
import org.pf4j.Extension;
import tools.jackson.databind.JsonNode;

/**
 * The step {@code automotive.extract}: {@code {message}} in, {@link Facts} out.
 *
 * @since 0.1
 */
@Extension
public final class ExtractNode implements NodeType {
    private final AutomotivePlugin plugin;

    /** Creates the step; called by the kernel. */
    public ExtractNode(AutomotivePlugin plugin) {
        this.plugin = plugin;
    }

    @Override
    public String name() {
        return "automotive.extract";
    }

    @Override
    public NodeDescription describe() {
        return NodeDescription.pure(
                "Extract facts", "Reads VIN, mileage, dates, phone numbers and the like out of a customer's message");
    }

    @Override
    public JsonNode execute(NodeCall call) {
        Message message = Message.of(call.input());
        return plugin.context()
                .json()
                .valueToTree(plugin.extractor().extract(message.text(), message.receivedAt(), message.from()));
    }
}
