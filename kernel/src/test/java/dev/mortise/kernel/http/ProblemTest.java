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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whoever refuses a request, the answer is a problem document. */
@Tag("D1")
class ProblemTest {
    private static TestKernel kernel;

    @TempDir
    static Path folder;

    @BeforeAll
    static void startKernel() {
        kernel = TestKernel.with(
                "server: {corsOrigins: [\"https://console.example.com\"]}\n",
                PluginJar.echo("web", "1.0.0").source("test.web.Things", """
                        package test.web;
                        import jakarta.ws.rs.*;
                        import dev.mortise.api.http.*;
                        import java.util.*;
                        @org.pf4j.Extension @Path("things")
                        public final class Things implements HttpResource {
                            public record Thing(UUID id, Kind kind, List<Integer> numbers, java.time.Instant at) {}
                            public enum Kind { ROUND, FLAT }
                            public Things(EchoPlugin plugin) {}
                            @POST @Consumes("application/json") @RequiresPermission("web.write")
                            public Thing make(Thing thing) { return thing; }
                            @GET @Produces("application/json") @RequiresPermission("web.read")
                            public Map<String, String> list(@QueryParam("kind") Kind kind) {
                                return Map.of("kind", String.valueOf(kind)); }
                            @GET @Path("enum/{name}") @RequiresPermission("web.read")
                            public String leak(@PathParam("name") String name) { return Kind.valueOf(name).toString(); }
                            @GET @Path("{id}") @RequiresPermission("web.read")
                            public Map<String, String> get(@PathParam("id") UUID id) { return Map.of("id", id.toString()); }
                        }
                        """).build(folder));
    }

    @AfterAll
    static void stopKernel() {
        kernel.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /api/v1/web/%zz HTTP/1.1|400",
                "GET /api/v1/web/../../secret HTTP/1.1|401",
                "GET /api/v1/web/%2e%2e/x HTTP/1.1|400",
                "GET /api/v1/web/a%2fb HTTP/1.1|400",
                "GET /api/v1/web/a%00b HTTP/1.1|400",
                "GET nonsense HTTP/1.1|400",
                "GET / HTTP/9.9|505",
                "B@D / HTTP/1.1|400",
                "GET /api/v1/kernel/info HTTP/1.1\\r\\nContent-Length: x|400",
                "POST /api/v1/web/things HTTP/1.1\\r\\nContent-Length: 3\\r\\nContent-Length: 4|400",
                "POST /api/v1/web/things HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\nContent-Length: 4|400",
                "GET / HTTP/1.1\\r\\nBad Header: x|400",
            })
    void whatIsNotHttpIsAProblem(String head, int status) throws IOException {
        problem(raw(head.replace("\\r\\n", "\r\n") + "\r\nHost: x\r\nConnection: close\r\n\r\n"), status);
    }

    @Test
    void headersThatAreTooLargeAreAProblem() throws IOException {
        problem(raw("GET / HTTP/1.1\r\nHost: x\r\nX-Large: " + "x".repeat(20_000) + "\r\n\r\n"), 431);
        problem(raw("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"), 414);
    }

    @Test
    void aBodyThatBreaksOffIsAProblem() throws IOException {
        String answer = raw("POST /api/v1/web/things HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + kernel.adminKey()
                + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");

        problem(answer, 400);
    }

    @Test
    void methodsTypesAndRepresentationsThatAreNotTakenAreNamed() {
        TestResponse method =
                kernel.send(kernel.request("/api/v1/web/things").DELETE().build());
        TestResponse type = kernel.send(kernel.request("/api/v1/web/things")
                .header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofString("a,b"))
                .build());
        TestResponse accept = kernel.send(kernel.request("/api/v1/web/things")
                .header("Accept", "image/png")
                .build());
        TestResponse page = kernel.post("/api/v1/openapi.json", "{}");

        assertThat(method.status()).isEqualTo(405);
        assertThat(method.headers().firstValue("Allow").orElse("")).contains("GET", "POST");
        assertThat(type.status()).isEqualTo(415);
        assertThat(accept.status()).isEqualTo(406);
        assertThat(page.status()).isEqualTo(405);
        assertThat(page.headers().firstValue("Allow")).contains("GET, HEAD");
        for (TestResponse response : List.of(method, type, accept, page)) {
            problem(response.body(), response.status());
        }
    }

    @Test
    void aProblemSaysWhichPathAndWhereInTheBody() {
        TestResponse response = kernel.post(
                "/api/v1/web/things", "{\"id\":\"0199aaaa-0000-7000-8000-000000000000\",\"numbers\":[1,\"x\"]}");

        assertThat(response.body().path("instance").asString()).isEqualTo("/api/v1/web/things");
        assertThat(response.body().path("detail").asString())
                .contains("numbers[1]", "a whole number")
                .doesNotContain("java", "Integer");
        assertThat(response.body().path("pointer").asString()).isEqualTo("/numbers/1");
    }

    @Test
    void whoSendsNoKeyIsToldHow() {
        TestResponse stranger = kernel.send(HttpRequest.newBuilder(kernel.url().resolve("/api/v1/web/things"))
                .build());

        assertThat(stranger.status()).isEqualTo(401);
        assertThat(stranger.body().path("remedy").asString())
                .contains("Authorization", "Bearer <key>")
                .doesNotContain("[secret]");
    }

    @Test
    void aBodyThatIsMissingIsSaidToBe() {
        TestResponse response = kernel.post("/api/v1/web/things", "");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body().path("detail").asString()).startsWith("The body is empty");
    }

    @Test
    void aMalformedParameterIsNamedWithWhatItIsNot() {
        assertThat(kernel.get("/api/v1/web/things/no-uuid")
                        .body()
                        .path("detail")
                        .asString())
                .contains("\"id\"", "no UUID")
                .doesNotContain("no-uuid");
    }

    @Test
    void theTextOfAProblemNamesNoClass() {
        for (String body : List.of(
                "{\"kind\":\"SQUARE\"}",
                "{\"id\":5}",
                "{\"id\":\"x\"}",
                "{\"at\":\"x\"}",
                "[]",
                "\"x\"",
                "null",
                "{\"numbers\":{}}",
                "{\"unknown\":1}",
                "{\"numbers\":[99999999999]}",
                "[".repeat(5000))) {
            TestResponse response = kernel.post("/api/v1/web/things", body);
            if (response.status() != 200) {
                problem(response.body(), 400);
            }
            assertThat(response.text()).as(body).doesNotContain("java.", "test.web", "Exception", "tools.jackson");
        }
        assertThat(kernel.get("/api/v1/web/things/enum/SQUARE").text()).doesNotContain("test.web");
    }

    @Test
    void malformedParametersAreRefused() {
        assertThat(kernel.get("/api/v1/web/things?kind=SQUARE").status()).isEqualTo(400);
        assertThat(kernel.get("/api/v1/web/things/no-uuid").status()).isEqualTo(404);
    }

    @Test
    void headIsAnsweredLikeGetWithoutTheBody() {
        for (String path : List.of("/api/v1/web/things", "/api/v1/openapi.json", "/health/live", "/api/v1/absent/x")) {
            TestResponse head = kernel.send(kernel.request(path).HEAD().build());
            assertThat(head.status()).as(path).isEqualTo(kernel.get(path).status());
            assertThat(head.text()).as(path).isEmpty();
        }
    }

    @Test
    void optionsTellsTheMethods() {
        TestResponse options = kernel.send(kernel.request("/api/v1/web/things")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .build());

        assertThat(options.status()).isIn(200, 204);
        assertThat(options.headers().firstValue("Allow").orElse("")).contains("GET", "POST");
    }

    @Test
    void pagesOfOtherOriginsAreLetInOnlyWhereConfigured() {
        TestResponse allowed = preflight("https://console.example.com");
        TestResponse other = preflight("https://evil.example.com");

        assertThat(allowed.status()).isEqualTo(204);
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).contains("https://console.example.com");
        assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(other.status()).isNotEqualTo(204);
    }

    private static TestResponse preflight(String origin) {
        return kernel.send(HttpRequest.newBuilder(kernel.url().resolve("/api/v1/web/things"))
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(kernel.url().getHost(), kernel.url().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void problem(String answer, int status) {
        assertThat(answer).startsWith("HTTP/1.1 " + status).contains("application/problem+json");
        problem(JsonMapper.shared().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4)), status);
    }

    private static void problem(JsonNode problem, int status) {
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("code").asString()).startsWith("kernel.");
        assertThat(problem.path("remedy").asString()).isNotBlank();
        assertThat(problem.path("traceId").asString()).matches("[0-9a-f]{32}");
    }
}
