package dev.mortise.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.model.EmbeddingReply;
import dev.mortise.api.model.EmbeddingRequest;
import dev.mortise.api.model.ModelGateway;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One server asks another: the gateway's OpenAI format is spoken by both ends. */
@Tag("R2")
final class OpenAiIT {
    private static final Path OPENAI = Path.of("target/mortise-openai-0.1.0.jar");
    private static final Path RELAYCORE = Path.of("../../systems/relaycore/target/mortise-relaycore-0.1.0.jar");
    private static final Path LOCAL = Path.of("../local-embeddings/target/mortise-local-embeddings-0.1.0.jar");

    @Test
    void anotherMortiseIsAnOpenAiServer() {
        try (TestKernel vendor = TestKernel.start(RELAYCORE, LOCAL);
                TestKernel kernel = TestKernel.with(configuration(vendor), RELAYCORE, OPENAI)) {
            EmbeddingRequest request = new EmbeddingRequest(Optional.empty(), List.of("a noise", "größe 東京"));
            EmbeddingReply theirs = vendor.call(ModelGateway.class, "relaycore", gateway -> gateway.embed(request));
            EmbeddingReply ours = kernel.call(ModelGateway.class, "relaycore", gateway -> gateway.embed(request));
            assertThat(ours.usage()).isEqualTo(theirs.usage());
            for (int i = 0; i < 2; i++) {
                assertThat(ours.embeddings().get(i).cosine(theirs.embeddings().get(i)))
                        .isGreaterThan(0.999_999);
            }
            TestResponse chat = kernel.post(
                    "/api/v1/relaycore/chat/completions",
                    "{\"model\": \"ghost\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}");
            assertThat(chat.status()).isEqualTo(404);
            assertThat(chat.body().at("/error/message").asString()).contains("ghost");
        }
    }

    private static String configuration(TestKernel vendor) {
        return """
                plugins:
                  openai:
                    servers:
                      - name: other
                        baseUrl: %s
                        apiKey: %s
                        chatModels: [ghost]
                        embeddingModels: [{id: all-minilm-l6-v2, dimensions: 384}]
                """.formatted(vendor.url().resolve("/api/v1/relaycore"), vendor.adminKey());
    }

    @Test
    void withoutAnySettingThereAreNoModels() {
        try (TestKernel kernel = TestKernel.start(RELAYCORE, OPENAI)) {
            assertThat(kernel.get("/api/v1/relaycore/models").body().at("/data").size())
                    .isZero();
        }
    }
}
