package dev.mortise.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.mortise.cli.ExitCode;
import dev.mortise.cli.Mortise;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** How answers and failures of a server reach the terminal; the answers are written down here, the way is real. */
@Tag("K7")
class CommandAgainstServerTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> received = new ConcurrentHashMap<>();
    private final HttpServer server;

    private record Answer(int status, String body) {}

    CommandAgainstServerTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aRefusedPluginIsShownAsMessageRemedyAndCodeWithItsOwnExitCode() {
        answer("/api/v1/kernel/plugins", new Answer(422, """
                {"type": "about:blank", "status": 422, "code": "kernel.plugin-unresolved",
                 "detail": "automotive 0.3.0 needs dev.mortise.api.model [1.3,2)", "remedy": "Update the server",
                 "traceId": "4f2a"}"""));

        int exitCode = execute("plugin", "install", "automotive");

        assertThat(exitCode).isEqualTo(ExitCode.PLUGIN_REFUSED.number());
        assertThat(err.toString()).isEqualToNormalizingNewlines("""
                        mortise: automotive 0.3.0 needs dev.mortise.api.model [1.3,2)
                          remedy: Update the server
                          code: kernel.plugin-unresolved, trace 4f2a
                        """);
    }

    @Test
    void withJsonAFailureIsOneObjectOnTheErrorStream() {
        answer("/api/v1/kernel/plugins", new Answer(404, "{\"code\":\"kernel.plugin-unknown\",\"detail\":\"No x\"}"));

        execute("plugin", "list", "--json");

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).startsWith("{\"code\":\"kernel.plugin-unknown\",\"message\":\"No x\"");
    }

    @Test
    void anUnknownKeyHasAnExitCodeOfItsOwnAndARemedyEvenWhereTheServerGivesNone() {
        answer("/api/v1/kernel/plugins", new Answer(401, ""));

        assertThat(execute("plugin", "list")).isEqualTo(ExitCode.NOT_AUTHORISED.number());
        assertThat(err.toString()).contains("MORTISE_KEY");
    }

    @Test
    void aServerThatIsNotThereHasAnExitCodeOfItsOwn() throws IOException {
        int freePort;
        try (ServerSocket socket = new ServerSocket(0)) {
            freePort = socket.getLocalPort();
        }

        int exitCode = run("plugin", "list", "--url", "http://127.0.0.1:" + freePort);

        assertThat(exitCode).isEqualTo(ExitCode.SERVER_NOT_REACHABLE.number());
        assertThat(err.toString()).contains("mortise serve").doesNotContain("\tat ");
    }

    @Test
    void aStackTraceIsShownOnlyWhenAskedFor() {
        answer("/api/v1/kernel/plugins", new Answer(500, "{}"));

        execute("plugin", "list", "--verbose");

        assertThat(err.toString()).contains("\tat dev.mortise.cli");
    }

    @Test
    void theKeyIsSentAsABearerToken() {
        answer("/api/v1/kernel/plugins", new Answer(200, "{\"items\":[]}"));

        assertThat(execute("plugin", "list", "--key", "mk_secret")).isZero();
        assertThat(received).containsEntry("Authorization", "Bearer mk_secret");
    }

    @Test
    void aRunThatFailedMakesTheCommandFail() {
        answer(
                "/api/v1/automatrix/workflows/intake/runs",
                new Answer(201, "{\"id\":\"r1\",\"workflow\":\"intake\",\"version\":1,\"state\":\"QUEUED\"}"));
        answer("/api/v1/automatrix/runs/r1", new Answer(200, """
                {"id":"r1","workflow":"intake","version":1,"state":"FAILED",
                 "error":{"step":"reply","code":"relaycore.no-default-model","message":"No model"}}"""));

        int exitCode = execute("run", "intake", "--wait", "--idempotency-key", "m-1");

        assertThat(exitCode).isEqualTo(ExitCode.FAILURE.number());
        assertThat(out.toString()).contains("is failed", "step reply: No model (relaycore.no-default-model)");
        assertThat(received).containsEntry("Idempotency-key", "m-1");
    }

    @Test
    void runListNeedsNoWorkflow() {
        answer("/api/v1/automatrix/runs", new Answer(200, "{\"items\":[]}"));

        assertThat(execute("run", "list")).isZero();
    }

    @Test
    void aNewTenantsKeyIsShownOnce() {
        answer("/api/v1/kernel/tenants", new Answer(201, """
                {"id":"01a1","name":"acme","state":"ACTIVE","apiKey":"mk_first"}"""));

        assertThat(execute("tenant", "create", "acme")).isZero();

        assertThat(out.toString()).contains("acme is 01a1", "shown this once: mk_first");
    }

    @Test
    void tenantsAreListedOverAllPages() {
        server.createContext("/api/v1/kernel/tenants", exchange -> {
            boolean isFirst = !exchange.getRequestURI().getQuery().contains("after=1");
            byte[] body = (isFirst
                            ? "{\"items\":[{\"id\":\"1\",\"name\":\"first\",\"state\":\"ACTIVE\"}],\"next\":\"1\"}"
                            : "{\"items\":[{\"id\":\"2\",\"name\":\"second\",\"state\":\"SUSPENDED\"}]}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });

        assertThat(execute("tenant", "list")).isZero();

        assertThat(out.toString()).contains("first", "active", "second", "suspended");
    }

    @Test
    void aDeletedTenantIsTakenBackByResume() {
        answer("/api/v1/kernel/tenants/acme", new Answer(202, """
                {"id":"01a1","name":"acme","state":"DELETING","eraseAfter":"2026-12-01T00:00:00Z"}"""));

        assertThat(execute("tenant", "delete", "acme", "--grace", "P10D")).isZero();

        assertThat(out.toString()).contains("erased after 2026-12-01", "mortise tenant resume acme");
    }

    private void answer(String path, Answer answer) {
        server.createContext(path, exchange -> {
            exchange.getRequestHeaders().forEach((name, values) -> received.put(name, values.getFirst()));
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private int execute(String... words) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        return run(Stream.concat(Stream.of(words), Stream.of("--url", url)).toArray(String[]::new));
    }

    private int run(String... words) {
        CommandLine command = Mortise.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(words);
    }
}
