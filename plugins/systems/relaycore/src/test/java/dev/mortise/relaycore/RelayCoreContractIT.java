package dev.mortise.relaycore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.HttpResourceContract;
import dev.mortise.api.model.ChatReply;
import dev.mortise.api.model.ChatRequest;
import dev.mortise.api.model.EmbeddingReply;
import dev.mortise.api.model.EmbeddingRequest;
import dev.mortise.api.model.ModelGateway;
import dev.mortise.api.model.ModelGatewayContract;
import dev.mortise.api.model.ModelListing;
import dev.mortise.relaycore.http.ChatResource;
import dev.mortise.relaycore.http.EmbeddingResource;
import dev.mortise.relaycore.http.ModelResource;
import dev.mortise.relaycore.http.UsageResource;
import dev.mortise.testkit.MortiseServer;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The contracts of the API, held by the packaged plugin in a real server: its gateway and its resources. */
final class RelayCoreContractIT {
    @RegisterExtension
    static final MortiseServer server = MortiseServer.withPluginUnderTest()
            .plugin(Path.of("../../providers/local-embeddings/target/mortise-local-embeddings-0.1.0.jar"));

    @Nested
    final class Gateway extends ModelGatewayContract {
        @Override
        protected ModelGateway gateway() {
            return new Installed();
        }
    }

    /** The gateway as another plugin reaches it: under a lease. */
    private static final class Installed implements ModelGateway {
        private static final String NAME = "relaycore";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public List<ModelListing> models() {
            return server.call(ModelGateway.class, NAME, ModelGateway::models);
        }

        @Override
        public ChatReply chat(ChatRequest request) {
            return server.call(ModelGateway.class, NAME, gateway -> gateway.chat(request));
        }

        @Override
        public EmbeddingReply embed(EmbeddingRequest request) {
            return server.call(ModelGateway.class, NAME, gateway -> gateway.embed(request));
        }
    }

    @Nested
    final class Resources extends HttpResourceContract {
        @Override
        protected List<Class<? extends HttpResource>> resources() {
            return List.of(ChatResource.class, EmbeddingResource.class, ModelResource.class, UsageResource.class);
        }

        @Override
        protected String pluginId() {
            return "relaycore";
        }

        @Override
        protected URI server() {
            return server.url();
        }

        @Override
        protected String key() {
            return server.administrator().key();
        }

        /** What OpenAI's clients are to understand has OpenAI's form. */
        @Override
        protected void assertFailure(HttpResponse<String> failure) {
            JsonNode error = JsonMapper.shared().readTree(failure.body()).path("error");
            if (error.isMissingNode()) {
                super.assertFailure(failure);
                return;
            }
            assertThat(error.path("code").asString("")).isNotBlank();
            assertThat(error.path("message").asString("")).isNotBlank();
        }
    }
}
