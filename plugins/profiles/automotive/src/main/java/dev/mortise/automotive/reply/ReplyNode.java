package dev.mortise.automotive.reply;

import dev.mortise.api.workflow.NodeCall;
import dev.mortise.api.workflow.NodeDescription;
import dev.mortise.api.workflow.NodeType;
import dev.mortise.automotive.AutomotivePlugin;
import dev.mortise.automotive.Message;
import dev.mortise.automotive.extract.Facts;
import java.util.Optional;
import org.pf4j.Extension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The step {@code automotive.reply}: {@code {message, classification, facts}} in, {@link Reply} out; an empty object
 * where the profile has no text for the wish.
 *
 * @since 0.1
 */
@Extension
public final class ReplyNode implements NodeType {
    private final AutomotivePlugin plugin;

    /** Creates the step; called by the kernel. */
    public ReplyNode(AutomotivePlugin plugin) {
        this.plugin = plugin;
    }

    @Override
    public String name() {
        return "automotive.reply";
    }

    @Override
    public NodeDescription describe() {
        return NodeDescription.pure("Draft reply", "Drafts the reply to the customer and asks for what is missing");
    }

    @Override
    public JsonNode execute(NodeCall call) {
        JsonMapper json = plugin.context().json();
        JsonNode classification = call.input().path("classification");
        JsonNode language = classification.path("language");
        Optional<Reply> reply = plugin.replies()
                .reply(
                        Message.of(call.input()).text(),
                        classification.path("intent").asString(""),
                        Facts.of(call.input().path("facts"), json),
                        language.isString() ? language.asString() : null);
        return reply.<JsonNode>map(json::valueToTree).orElseGet(json::createObjectNode);
    }
}
