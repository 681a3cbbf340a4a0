package dev.mortise.kernel.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.OtlpReceiver;
import dev.mortise.kernel.testkit.PluginJar;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A plugin that puts secrets wherever a span has room for text, and a caller who sends them where they do not belong.
 */
@Tag("O1")
@Tag("K4")
class TraceSecretsTest {
    /** Looks like nothing in particular; known because the plugin has asked for it. */
    private static final String KNOWN = "Quiet Harbour 4711 Lantern";

    /** Known by its shape. */
    private static final String SHAPED = "sk-planted0123456789abcdefghij";

    @TempDir
    Path folder;

    private Path leaky() {
        return PluginJar.of("leaky", "1.0.0")
                .source("test.leaky.LeakyPlugin", PluginJar.mainClass("test.leaky", "LeakyPlugin", ""))
                .source("test.leaky.Leaks", """
                        package test.leaky;
                        import jakarta.ws.rs.*;
                        import dev.mortise.api.http.*;
                        import dev.mortise.api.plugin.*;
                        import dev.mortise.api.trace.*;
                        import java.util.List;
                        @org.pf4j.Extension @Path("leaks")
                        public final class Leaks implements HttpResource {
                            private final PluginContext context;
                            public Leaks(LeakyPlugin plugin) { context = plugin.context(); }
                            @GET @Path("{word}") @RequiresPermission("leaky.read") @Produces("text/plain")
                            public String get(@PathParam("word") String word) {
                                String known = context.secrets().find("word").orElseThrow().text();
                                return context.tracing().inSpan("ask " + known, SpanKind.CLIENT, span -> {
                                    span.put("plain", "it is " + known + "!")
                                            .put("list", List.of("a", known, word))
                                            .put("long", "x".repeat(2040) + known)
                                            .put("http.request.header.authorization", "hunter2-hunter2")
                                            .put("mark", "the end")
                                            .event("tried " + known)
                                            .failed("refused " + known + " and " + word);
                                    throw new IllegalStateException("no entry with " + known + " or " + word);
                                });
                            }
                        }
                        """)
                .build(folder);
    }

    @Test
    void noSecretLeavesInASpan() {
        try (OtlpReceiver receiver = new OtlpReceiver();
                TestKernel kernel = TestKernel.with("traces: {endpoint: \"" + receiver.url() + "\"}", leaky())) {
            TestResponse put = kernel.send(kernel.request("/api/v1/kernel/plugins/leaky/secrets/word")
                    .header("Content-Type", "application/json")
                    .PUT(HttpRequest.BodyPublishers.ofString("{\"value\":\"" + KNOWN + "\"}"))
                    .build());
            assertThat(put.status()).isLessThan(300);

            TestResponse broken = kernel.send(kernel.request("/api/v1/leaky/leaks/" + SHAPED + "?token=" + SHAPED)
                    .header("traceparent", "00-" + "e".repeat(32) + "-00f067aa0ba902b7-01")
                    .header("tracestate", "vendor=" + SHAPED)
                    .header("X-Api-Key", SHAPED)
                    .build());

            assertThat(broken.status()).isEqualTo(500);
            var own =
                    receiver.await(span -> OtlpReceiver.attribute(span, "mark").equals("the end"));
            var request = receiver.await(span -> span.getName().equals("GET /api/v1/leaky/leaks/{word}"));
            assertThat(own.getName()).isEqualTo("ask [secret]");
            assertThat(OtlpReceiver.attribute(own, "plain")).isEqualTo("it is [secret]!");
            assertThat(OtlpReceiver.attribute(own, "list")).isEqualTo("a,[secret],[secret]");
            assertThat(OtlpReceiver.attribute(own, "http.request.header.authorization"))
                    .isEqualTo("[secret]");
            assertThat(request.getTraceState()).isEmpty();
            String everything = receiver.batches().toString();
            for (String part : List.of(KNOWN, "Quiet", SHAPED, "hunter2")) {
                assertThat(everything).doesNotContain(part);
            }
            assertThat(everything).contains(OtlpReceiver.attribute(own, "mark"));
        }
    }
}
