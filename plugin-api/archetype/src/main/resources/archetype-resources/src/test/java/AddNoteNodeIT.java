package ${package};

import dev.mortise.api.workflow.NodeCall;
import dev.mortise.api.workflow.NodeDescription;
import dev.mortise.api.workflow.NodeType;
import dev.mortise.api.workflow.NodeTypeContract;
import dev.mortise.testkit.MortiseServer;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the node to the contract that every node keeps, in a real server. */
class AddNoteNodeIT extends NodeTypeContract {
    @RegisterExtension
    static final MortiseServer server = MortiseServer.withPluginUnderTest();

    private static final String NAME = "${artifactId}.add";

    @Override
    protected NodeType node() {
        return new NodeType() {
            @Override
            public String name() {
                return NAME;
            }

            @Override
            public NodeDescription describe() {
                return server.call(NodeType.class, NAME, NodeType::describe);
            }

            @Override
            public JsonNode execute(NodeCall call) {
                return server.call(NodeType.class, NAME, node -> node.execute(call));
            }
        };
    }

    @Override
    protected JsonNode sampleInput() {
        return JsonMapper.shared().createObjectNode().put("text", "Buy milk");
    }
}
