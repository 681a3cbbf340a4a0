package dev.mortise.automotive;

import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.HttpResourceContract;
import dev.mortise.api.profile.IndustryProfile;
import dev.mortise.api.profile.IndustryProfileContract;
import dev.mortise.api.profile.WorkflowTemplate;
import dev.mortise.api.workflow.NodeCall;
import dev.mortise.api.workflow.NodeDescription;
import dev.mortise.api.workflow.NodeType;
import dev.mortise.api.workflow.NodeTypeContract;
import dev.mortise.automotive.decision.DecisionResource;
import dev.mortise.automotive.decision.PreviewResource;
import dev.mortise.kernel.testkit.TestKernel;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The contracts of the API, held by the packaged plugin in a real server: its profile and each of its nodes. */
final class AutomotiveContractIT {
    private static final String MESSAGE =
            "\"message\": {\"id\": \"m-1\", \"receivedAt\": \"2026-03-02T08:15:00Z\", \"text\": \"Oil change for my car next Tuesday please\"}";
    private static final String CLASSIFICATION =
            "\"classification\": {\"decided\": true, \"intent\": \"book-service\", \"confidence\": 0.9, \"language\": \"en\"}";

    private static TestKernel kernel;

    @BeforeAll
    static void start() {
        kernel = TestKernel.start(
                Path.of("../../systems/relaycore/target/mortise-relaycore-0.1.0.jar"),
                Path.of("../../providers/local-embeddings/target/mortise-local-embeddings-0.1.0.jar"),
                Path.of("target/mortise-automotive-0.1.0.jar"));
    }

    @AfterAll
    static void stop() {
        kernel.close();
    }

    /** A node as the engine reaches it: by name, under a lease. */
    private record Installed(String name) implements NodeType {
        @Override
        public NodeDescription describe() {
            return kernel.call(NodeType.class, name, NodeType::describe);
        }

        @Override
        public JsonNode execute(NodeCall call) {
            return kernel.call(NodeType.class, name, node -> node.execute(call));
        }
    }

    abstract static class OfNode extends NodeTypeContract {
        private final NodeType node;
        private final String input;

        OfNode(String name, String... parts) {
            this.node = new Installed(name);
            this.input = "{" + String.join(", ", parts) + "}";
        }

        @Override
        protected NodeType node() {
            return node;
        }

        @Override
        protected JsonNode sampleInput() {
            return JsonMapper.shared().readTree(input);
        }
    }

    @Nested
    final class Extract extends OfNode {
        Extract() {
            super("automotive.extract", MESSAGE);
        }
    }

    @Nested
    final class Classify extends OfNode {
        Classify() {
            super("automotive.classify", MESSAGE);
        }
    }

    @Nested
    final class Route extends OfNode {
        Route() {
            super("automotive.route", MESSAGE, CLASSIFICATION);
        }
    }

    @Nested
    final class Reply extends OfNode {
        Reply() {
            super("automotive.reply", MESSAGE, CLASSIFICATION, "\"facts\": {}");
        }
    }

    @Nested
    final class HandOver extends OfNode {
        HandOver() {
            super("automotive.hand-over", MESSAGE, CLASSIFICATION, "\"facts\": {}");
        }
    }

    @Nested
    final class RecordDecision extends OfNode {
        RecordDecision() {
            super("automotive.record", MESSAGE, "\"steps\": {}");
        }
    }

    @Nested
    final class Profile extends IndustryProfileContract {
        @Override
        protected IndustryProfile profile() {
            return new IndustryProfile() {
                @Override
                public String name() {
                    return kernel.call(IndustryProfile.class, "automotive", IndustryProfile::name);
                }

                @Override
                public String title() {
                    return kernel.call(IndustryProfile.class, "automotive", IndustryProfile::title);
                }

                @Override
                public List<WorkflowTemplate> workflows() {
                    return kernel.call(IndustryProfile.class, "automotive", IndustryProfile::workflows);
                }
            };
        }
    }

    @Nested
    final class Resources extends HttpResourceContract {
        @Override
        protected List<Class<? extends HttpResource>> resources() {
            return List.of(DecisionResource.class, PreviewResource.class);
        }

        @Override
        protected String pluginId() {
            return "automotive";
        }

        @Override
        protected URI server() {
            return kernel.url();
        }

        @Override
        protected String key() {
            return kernel.adminKey();
        }
    }
}
