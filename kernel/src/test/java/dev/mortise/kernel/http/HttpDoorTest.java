package dev.mortise.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.PluginJar;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("D1")
class HttpDoorTest {
    private static TestKernel kernel;

    @TempDir
    static Path folder;

    @BeforeAll
    static void startKernel() {
        kernel = TestKernel.with(
                "server: {maxBodyBytes: 2048}\n",
                PluginJar.echo("web", "1.0.0")
                        .source(
                                "test.web.Greeting",
                                "package test.web; public record Greeting(String to, int times) {}")
                        .source("test.web.Greetings", """
                        package test.web;
                        import jakarta.ws.rs.*;
                        import dev.mortise.api.http.*;
                        @org.pf4j.Extension @Path("greetings")
                        public final class Greetings implements HttpResource {
                            public Greetings(EchoPlugin plugin) {}
                            @POST @RequiresPermission("web.greetings.write")
                            public Greeting echo(Greeting greeting) { return greeting; }
                            @GET @Path("boom") @RequiresPermission("web.greetings.read")
                            public Greeting boom() { throw new IllegalStateException("secret detail"); }
                            @GET @Path("text") @Produces("text/plain") @RequiresPermission("web.greetings.read")
                            public String text() { return "hello"; }
                            @GET @Path("nothing") @RequiresPermission("web.greetings.read")
                            public void nothing() {}
                            @GET @Path("later") @RequiresPermission("web.greetings.read")
                            public java.util.concurrent.CompletionStage<Greeting> later() {
                                return java.util.concurrent.CompletableFuture.supplyAsync(() -> new Greeting("later", 1));
                            }
                        }
                        """)
                        .build(folder));
    }

    @AfterAll
    static void stopKernel() {
        kernel.close();
    }

    @Test
    void aResourceTakesAndGivesJson() {
        TestResponse response = kernel.post("/api/v1/web/greetings", "{\"to\":\"Ann\",\"times\":3}");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body().path("to").asString()).isEqualTo("Ann");
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    }

    @Test
    void theTraceOfTheCallerIsKept() {
        TestResponse response = kernel.send(kernel.request("/api/v1/web/greetings/text")
                .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .build());

        assertThat(response.headers().firstValue("Trace-Id")).contains("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(response.text()).isEqualTo("hello");
    }

    @Test
    void aResourceWithNothingToSayAnswers204() {
        assertThat(kernel.get("/api/v1/web/greetings/nothing").status()).isEqualTo(204);
    }

    @Test
    void aResourceMayAnswerFromAnotherThread() {
        assertThat(kernel.get("/api/v1/web/greetings/later").body().path("to").asString())
                .isEqualTo("later");
    }

    @Test
    void malformedJsonIsRefusedWithItsPlace() {
        problem(kernel.post("/api/v1/web/greetings", "{\"to\":\n oops}"), 400, "kernel.request-invalid", "line 2");
        problem(kernel.post("/api/v1/web/greetings", ""), 400, "kernel.request-invalid", "");
        problem(
                kernel.post("/api/v1/web/greetings", "{\"to\":\"a\",\"times\":\"x\"}"),
                400,
                "kernel.request-invalid",
                "times");
        problem(kernel.post("/api/v1/web/greetings", "{\"to\":\"a\",\"to\":\"b\"}"), 400, "kernel.request-invalid", "");
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        problem(
                kernel.post("/api/v1/web/greetings", "{\"to\":\"" + "x".repeat(4000) + "\"}"),
                413,
                "kernel.request-too-large",
                "2048");
    }

    @Test
    void aBodyOfUnknownLengthThatIsTooLargeIsRefused() {
        byte[] body = ("{\"to\":\"" + "x".repeat(4000) + "\"}").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        TestResponse response = kernel.send(kernel.request("/api/v1/web/greetings")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)))
                .build());

        problem(response, 413, "kernel.request-too-large", "2048");
    }

    @Test
    void whatIsNotServedIsAnsweredWithProblemDetails() {
        problem(kernel.get("/api/v1/web/absent"), 404, "kernel.path-unknown", "");
        problem(kernel.get("/api/v1/absent/things"), 404, "kernel.path-unknown", "/api/v1/absent/things");
        problem(kernel.get("/"), 404, "kernel.path-unknown", "");
        problem(kernel.get("/api/v1/web/greetings"), 405, "kernel.method-refused", "");
    }

    @Test
    void anUnexpectedFailureTellsItsTraceAndNothingElse() {
        TestResponse response = kernel.get("/api/v1/web/greetings/boom");

        problem(response, 500, "kernel.internal", "");
        assertThat(response.text()).doesNotContain("secret detail").doesNotContain("Exception");
        assertThat(response.body().path("traceId").asString())
                .isEqualTo(response.headers().firstValue("Trace-Id").orElseThrow());
    }

    @Test
    void requestsWithoutAKeyAreRefused() {
        TestResponse response = kernel.send(HttpRequest.newBuilder(kernel.url().resolve("/api/v1/web/greetings/text"))
                .build());

        problem(response, 401, "kernel.unauthenticated", "no API key");
        assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
    }

    @Test
    void healthNeedsNoKeyAndMetricsDo() {
        assertThat(kernel.send(HttpRequest.newBuilder(kernel.url().resolve("/health/live"))
                                .build())
                        .status())
                .isEqualTo(200);
        assertThat(kernel.send(HttpRequest.newBuilder(kernel.url().resolve("/metrics"))
                                .build())
                        .status())
                .isEqualTo(401);
        kernel.get("/api/v1/web/greetings/text");
        assertThat(kernel.get("/metrics").text())
                .contains("mortise_http_requests_seconds_count{method=\"get\",plugin=\"web\",status=\"2xx\"}");
    }

    @Test
    void theConnectionCanBeUsedAgainAfterARefusedBody() {
        problem(
                kernel.post("/api/v1/web/greetings", "{\"to\":\"" + "x".repeat(4000) + "\"}"),
                413,
                "kernel.request-too-large",
                "");

        assertThat(kernel.post("/api/v1/web/greetings", "{\"to\":\"b\",\"times\":1}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatIsNoHttpIsAnsweredWithProblemDetailsAndTheEndOfTheConnectionAnnounced() throws IOException {
        for (String requestLine : List.of("GET /api/v1/web/%zz", "GET /\u0001", "POST /api/v1/web/a%2Fb")) {
            try (Socket socket = new Socket(kernel.url().getHost(), kernel.url().getPort())) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream()
                        .write((requestLine + " HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")
                                .getBytes(StandardCharsets.ISO_8859_1));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

                assertThat(answer)
                        .as(requestLine)
                        .startsWith("HTTP/1.1 400")
                        .contains("problem+json")
                        .containsIgnoringCase("\r\nConnection: close\r\n")
                        .doesNotContain("<html");
            }
        }
    }

    private static void problem(TestResponse response, int status, String code, String hint) {
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(response.body().path("code").asString()).isEqualTo(code);
        assertThat(response.body().path("detail").asString()).contains(hint);
        assertThat(response.body().path("remedy").asString()).isNotBlank();
        assertThat(response.body().path("traceId").asString()).matches("[0-9a-f]{32}");
    }
}
