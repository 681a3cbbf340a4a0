package dev.mortise.relaycore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.model.EmbeddingReply;
import dev.mortise.api.model.EmbeddingRequest;
import dev.mortise.api.model.ModelGateway;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The packaged plugin in a real server, with the local model beside it. */
@Tag("R1")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RelayCoreIT {
    private static final String BASE = "/api/v1/relaycore/";
    private static final String MODEL = "local-embeddings/all-minilm-l6-v2";

    private final TestKernel kernel;

    RelayCoreIT() {
        kernel = TestKernel.start(
                Path.of("target/mortise-relaycore-0.1.0.jar"),
                Path.of("../../providers/local-embeddings/target/mortise-local-embeddings-0.1.0.jar"));
    }

    @AfterAll
    void stop() {
        kernel.close();
    }

    @Test
    void theGatewayEmbedsByTheOnlyProvider() {
        EmbeddingReply reply = kernel.call(
                ModelGateway.class, "relaycore", gateway -> gateway.embed(EmbeddingRequest.of(List.of("a noise"))));
        assertThat(reply.model()).isEqualTo("all-minilm-l6-v2");
        assertThat(reply.embeddings().getFirst().dimensions()).isEqualTo(384);
    }

    @Test
    void embeddingsAreServedInOpenAisFormat() {
        TestResponse response = kernel.post(BASE + "embeddings", "{\"input\": [\"one\", \"two\"]}");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body().at("/object").asString()).isEqualTo("list");
        assertThat(response.body().at("/data/1/index").asInt()).isEqualTo(1);
        assertThat(response.body().at("/data/1/embedding").size()).isEqualTo(384);
        assertThat(response.body().at("/usage/prompt_tokens").asInt()).isEqualTo(6);
    }

    @Test
    void modelsAreListed() {
        TestResponse response = kernel.get(BASE + "models");
        assertThat(response.body().at("/data/0/id").asString()).isEqualTo(MODEL);
        assertThat(response.body().at("/data/0/dimensions").asInt()).isEqualTo(384);
    }

    @Test
    void failuresHaveOpenAisShape() {
        TestResponse unknown = kernel.post(BASE + "embeddings", "{\"input\": \"x\", \"model\": \"no-such\"}");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.body().at("/error/type").asString()).isEqualTo("invalid_request_error");
        assertThat(unknown.body().at("/error/code").asString()).isEqualTo("model.not-found");
        assertThat(unknown.body().at("/error/message").asString())
                .contains("no-such")
                .contains(MODEL);
        TestResponse malformed = kernel.post(BASE + "embeddings", "{");
        assertThat(malformed.status()).isEqualTo(400);
        assertThat(malformed.body().at("/error/code").asString()).isEqualTo("relaycore.parameter-invalid");
    }

    @Test
    void aStreamedChatIsRefusedWithWhatToDo() {
        TestResponse response = kernel.post(
                BASE + "chat/completions",
                "{\"stream\": true, \"messages\": [{\"role\": \"user\", \"content\": \"x\"}]}");
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body().at("/error/message").asString()).contains("\"stream\": false");
    }

    @Test
    void aChatWithoutAnyChatModelSaysWhatToInstall() {
        TestResponse response =
                kernel.post(BASE + "chat/completions", "{\"messages\": [{\"role\": \"user\", \"content\": \"x\"}]}");
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body().at("/error/code").asString()).isEqualTo("relaycore.no-default-model");
        assertThat(response.body().at("/error/message").asString()).contains("openai");
    }

    @Test
    void aCallerWithoutAKeyIsRefused() {
        TestResponse response = kernel.send(
                HttpRequest.newBuilder(kernel.url().resolve(BASE + "models")).build());
        assertThat(response.status()).isEqualTo(401);
    }

    @Test
    void everyCallIsRecordedForTheTenantWithItsTrace() {
        try (TestKernel own = TestKernel.start(
                Path.of("target/mortise-relaycore-0.1.0.jar"),
                Path.of("../../providers/local-embeddings/target/mortise-local-embeddings-0.1.0.jar"))) {
            for (int i = 0; i < 5; i++) {
                assertThat(own.post(BASE + "embeddings", "{\"input\": \"noise\"}")
                                .status())
                        .isEqualTo(200);
            }
            await(() -> own.get(BASE + "usage").body().at("/items").size() == 5);
            TestResponse first = own.get(BASE + "usage?limit=3");
            assertThat(first.body().at("/items").size()).isEqualTo(3);
            assertThat(first.body().at("/items/0/inputTokens").asInt()).isEqualTo(3);
            assertThat(first.body().at("/items/0/outcome").asString()).isEqualTo("ok");
            assertThat(first.body().at("/items/0/traceId").asString()).hasSize(32);
            assertThat(first.body().at("/items/0/principal").asString()).isNotBlank();
            assertThat(calls(own)).isEqualTo(5);
            TestResponse second = own.get(
                    BASE + "usage?limit=3&after=" + first.body().at("/next").asString());
            assertThat(second.body().at("/items").size()).isEqualTo(2);
            assertThat(second.body().has("next")).isFalse();
        }
    }

    private static int calls(TestKernel kernel) {
        return kernel.get(BASE + "usage/totals").body().at("/models/0/calls").asInt();
    }

    @Test
    void whatIsQueuedIsWrittenWhenThePluginStops() {
        try (TestKernel own = TestKernel.start(
                Path.of("target/mortise-relaycore-0.1.0.jar"),
                Path.of("../../providers/local-embeddings/target/mortise-local-embeddings-0.1.0.jar"))) {
            for (int i = 0; i < 50; i++) {
                own.call(ModelGateway.class, "relaycore", gateway -> gateway.embed(EmbeddingRequest.of(List.of("x"))));
            }
            own.asTenant().run(() -> {
                own.plugins().stop("relaycore");
                own.plugins().start("relaycore");
            });
            assertThat(calls(own)).isEqualTo(50);
        }
    }

    @Test
    void aFullQueueLosesNothing() {
        try (TestKernel own = TestKernel.with(
                "plugins: {relaycore: {usageQueue: 1}}",
                Path.of("target/mortise-relaycore-0.1.0.jar"),
                Path.of("../../providers/local-embeddings/target/mortise-local-embeddings-0.1.0.jar"))) {
            // The queue is full only when calls end while a batch is being written: as many bursts as that takes.
            int sent = 0;
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            do {
                burst(own, 100);
                sent += 100;
            } while (!own.get("/metrics").text().contains("relaycore_usage_direct") && System.nanoTime() < deadline);
            int all = sent;
            await(() -> calls(own) == all);
            assertThat(own.get("/metrics").text()).contains("relaycore_usage_direct");
        }
    }

    private static void burst(TestKernel own, int calls) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < calls; i++) {
                threads.execute(() -> own.call(
                        ModelGateway.class, "relaycore", gateway -> gateway.embed(EmbeddingRequest.of(List.of("x")))));
            }
        }
    }

    @Test
    void theMetricsNameTheModelAndTheOutcome() {
        kernel.post(BASE + "embeddings", "{\"input\": \"noise\"}");
        String metrics = kernel.get("/metrics").text();
        assertThat(metrics)
                .contains("relaycore_requests")
                .contains("outcome=\"ok\"")
                .contains(MODEL);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the condition holds in time").isLessThan(deadline);
        }
    }
}
