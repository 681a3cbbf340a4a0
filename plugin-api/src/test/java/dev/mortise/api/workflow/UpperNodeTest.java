package dev.mortise.api.workflow;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/** The example of the package's page keeps the contract. */
final class UpperNodeTest extends NodeTypeContract {
    private final NodeType node = new Upper();

    @Override
    protected NodeType node() {
        return node;
    }

    @Override
    protected JsonNode sampleInput() {
        return JsonMapper.shared().createObjectNode().put("text", "Größe");
    }

    private static final class Upper implements NodeType {
        @Override
        public String name() {
            return "text.upper";
        }

        @Override
        public NodeDescription describe() {
            return NodeDescription.pure("Upper case", "Returns the text in upper case");
        }

        @Override
        public JsonNode execute(NodeCall call) {
            JsonNode text = call.input().path("text");
            if (!text.isString()) {
                throw new MortiseException(ApiError.INPUT_INVALID, "The field text is missing", "Give a text");
            }
            return StringNode.valueOf(text.stringValue().toUpperCase(Locale.ROOT));
        }
    }
}
