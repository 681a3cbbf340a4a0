package dev.mortise.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.testkit.OtlpReceiver;
import dev.mortise.kernel.testkit.PluginJar;
import dev.mortise.kernel.testkit.TestDatabase;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One trace, from a caller through the door, a workflow, a node and the gateway to the vendor of a model. */
@Tag("O1")
final class OneTraceIT {
    private static final Path OPENAI = Path.of("target/mortise-openai-0.1.0.jar");
    private static final Path RELAYCORE = Path.of("../../systems/relaycore/target/mortise-relaycore-0.1.0.jar");
    private static final Path AUTOMATRIX = Path.of("../../systems/automatrix/target/mortise-automatrix-0.1.0.jar");
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";
    private static final String SAID = "a word that nobody else may read";

    @TempDir
    Path folder;

    private OtlpReceiver receiver;
    private VendorServer vendor;
    private DatabaseAddress database;

    @BeforeEach
    void open() {
        receiver = new OtlpReceiver();
        vendor = new VendorServer();
        database = TestDatabase.fresh();
    }

    @AfterEach
    void close() {
        vendor.close();
        receiver.close();
    }

    private TestKernel node(String notTo) {
        return TestKernel.on(database, """
                traces:
                  endpoint: %s
                  notTo: [%s]
                plugins:
                  openai:
                    servers:
                      - {name: main, baseUrl: "%s", apiKey: sk-very-secret-0123456789, chatModels: [gpt]}
                """.formatted(receiver.url(), notTo, vendor.baseUrl()));
    }

    private static void installAll(TestKernel kernel, Path folder) {
        kernel.plugins().install(RELAYCORE);
        kernel.plugins().install(OPENAI);
        kernel.plugins().install(AUTOMATRIX);
        kernel.plugins().install(asker(folder));
    }

    private static Path asker(Path folder) {
        return PluginJar.of("asker", "1.0.0")
                .source("test.asker.AskerPlugin", PluginJar.mainClass("test.asker", "AskerPlugin", ""))
                .source("test.asker.Ask", PluginJar.node("test.asker", "Ask", "AskerPlugin", "asker.ask", """
                                return plugin.context().extensions().callAny(
                                        dev.mortise.api.model.ModelGateway.class,
                                        gateway -> StringNode.valueOf(gateway.chat(dev.mortise.api.model.ChatRequest.of(
                                                dev.mortise.api.model.ChatMessage.user(
                                                        call.input().path("text").asString()))).content()));"""))
                .build(folder);
    }

    private static void publish(TestKernel kernel) {
        TestResponse published = kernel.post(
                "/api/v1/automatrix/workflows",
                "{\"source\":\"name: ask\\nsteps:\\n  - {id: it, node: asker.ask, with: {text: \\\"${input.text}\\\"}}\\n\"}");
        assertThat(published.status()).as(published.text()).isEqualTo(201);
    }

    private static String run(TestKernel kernel) {
        TestResponse accepted = kernel.send(kernel.request("/api/v1/automatrix/workflows/ask/runs")
                .header("Content-Type", "application/json")
                .header("traceparent", "00-" + TRACE + "-" + CALLER + "-01")
                .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"" + SAID + "\"}"))
                .build());
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(201);
        return accepted.body().path("id").asString();
    }

    private static void awaitEnd(TestKernel kernel, String run) {
        assertThat(kernel.get("/api/v1/automatrix/runs/" + run + "?wait=PT30S")
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("SUCCEEDED");
    }

    private Span span(String name) {
        return receiver.await(each ->
                each.getName().equals(name) && OtlpReceiver.traceId(each).equals(TRACE));
    }

    private Span above(Span below) {
        return receiver.await(each -> each.getSpanId().equals(below.getParentSpanId()));
    }

    @Test
    void oneTraceLeadsFromTheCallerToTheVendor() {
        try (TestKernel kernel = node("")) {
            installAll(kernel, folder);
            publish(kernel);
            awaitEnd(kernel, run(kernel));
        }

        Span http = span("POST");
        Span provider = above(http);
        Span chat = above(provider);
        Span gateway = above(chat);
        Span node = above(gateway);
        Span step = above(node);
        Span run = above(step);
        Span door = above(run);
        assertThat(vendor.received().getFirst().traceparent())
                .isEqualTo("00-" + TRACE + "-" + OtlpReceiver.spanId(http) + "-01");
        assertThat(provider.getName()).isEqualTo("ModelProvider openai");
        assertThat(gateway.getName()).isEqualTo("ModelGateway relaycore");
        assertThat(node.getName()).isEqualTo("NodeType asker.ask");
        assertThat(step.getName()).isEqualTo("workflow step");
        assertThat(OtlpReceiver.attribute(step, "automatrix.step")).isEqualTo("it");
        assertThat(OtlpReceiver.attribute(step, "automatrix.node")).isEqualTo("asker.ask");
        assertThat(run.getName()).isEqualTo("workflow run");
        assertThat(OtlpReceiver.attribute(run, "automatrix.workflow")).isEqualTo("ask");
        assertThat(OtlpReceiver.attribute(run, "automatrix.state")).isEqualTo("SUCCEEDED");
        assertThat(door.getName()).startsWith("POST /api/v1/automatrix/workflows/{");
        assertThat(OtlpReceiver.parentId(door)).isEqualTo(CALLER);
    }

    @Test
    @Tag("R1")
    void theCallOfAModelHasTheAttributesOfTheGenAiConventionsAndNoWordOfTheChat() {
        try (TestKernel kernel = node("")) {
            installAll(kernel, folder);
            publish(kernel);
            awaitEnd(kernel, run(kernel));
        }

        Span chat = span("chat main/gpt");
        assertThat(chat.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(OtlpReceiver.attribute(chat, "gen_ai.operation.name")).isEqualTo("chat");
        assertThat(OtlpReceiver.attribute(chat, "gen_ai.provider.name")).isEqualTo("openai");
        assertThat(OtlpReceiver.attribute(chat, "gen_ai.request.model")).isEqualTo("main/gpt");
        assertThat(OtlpReceiver.attribute(chat, "gen_ai.response.model")).isEqualTo("gpt-2026");
        assertThat(OtlpReceiver.attribute(chat, "gen_ai.response.finish_reasons"))
                .isEqualTo("stop");
        assertThat(OtlpReceiver.attribute(chat, "gen_ai.usage.input_tokens")).isEqualTo("9");
        assertThat(OtlpReceiver.attribute(chat, "gen_ai.usage.output_tokens")).isEqualTo("3");
        Span http = span("POST");
        assertThat(OtlpReceiver.attribute(http, "http.response.status_code")).isEqualTo("200");
        assertThat(OtlpReceiver.attribute(http, "server.address")).isEqualTo("127.0.0.1");
        assertThat(receiver.batches().toString())
                .doesNotContain(SAID)
                .doesNotContain("sk-very-secret")
                .contains("gen_ai");
    }

    @Test
    @Tag("W1")
    void aRunThatGoesOnAfterARestartIsInTheSameTraceBelowTheSameSpan() {
        String run;
        try (TestKernel before = node("")) {
            installAll(before, folder);
            publish(before);
            // Without its node type the run waits.
            before.plugins().remove("asker");
            run = run(before);
        }
        try (TestKernel after = node("")) {
            after.plugins().install(asker(folder));
            awaitEnd(after, run);
        }

        Span door = span("POST /api/v1/automatrix/workflows/{name}/runs");
        assertThat(receiver.spans().stream()
                        .filter(each -> each.getName().equals("workflow run"))
                        .toList())
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(each -> each.getParentSpanId().equals(door.getSpanId()))
                .allMatch(each -> OtlpReceiver.traceId(each).equals(TRACE));
        assertThat(vendor.received().getFirst().traceparent()).startsWith("00-" + TRACE + "-");
    }

    @Test
    void aVendorThatIsToldNothingGetsNoTraceparent() {
        try (TestKernel kernel = node("127.0.0.1")) {
            installAll(kernel, folder);
            publish(kernel);
            awaitEnd(kernel, run(kernel));
        }

        assertThat(vendor.received().getFirst().traceparent()).isEqualTo("null");
    }

    @Test
    void aFailureOfTheVendorIsMarkedByItsCode() {
        vendor.answerBy(401, "{\"error\":{\"message\":\"No such key: sk-very-secret-0123456789\"}}");
        try (TestKernel kernel = node("")) {
            installAll(kernel, folder);
            publish(kernel);
            String run = run(kernel);
            assertThat(kernel.get("/api/v1/automatrix/runs/" + run + "?wait=PT30S")
                            .text())
                    .contains("FAILED");
        }

        Span chat = span("chat main/gpt");
        assertThat(OtlpReceiver.attribute(chat, "error.type")).startsWith("model.");
        assertThat(OtlpReceiver.attribute(span("POST"), "http.response.status_code"))
                .isEqualTo("401");
        // Tried again a few times before, with pauses in which the run waits.
        Span last = receiver.await(
                each -> OtlpReceiver.attribute(each, "automatrix.state").equals("FAILED"));
        assertThat(last.getName()).isEqualTo("workflow run");
        assertThat(last.getStatus().getCode().name()).isEqualTo("STATUS_CODE_ERROR");
        assertThat(receiver.batches().toString()).doesNotContain("sk-very-secret");
    }
}
