package dev.mortise.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.cli.ExitCode;
import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How answers and failures of a server reach the terminal; the answers are written down here, the way is real. */
@Tag("K7")
class CommandAgainstServerTest {
    @RegisterExtension
    final CommandsAgainstAServer server = new CommandsAgainstAServer();

    @Test
    void aRefusedPluginIsShownAsMessageRemedyAndCodeWithItsOwnExitCode() {
        server.answer("/api/v1/kernel/plugins", 422, """
                {"type": "about:blank", "status": 422, "code": "kernel.plugin-unresolved",
                 "detail": "automotive 0.3.0 needs dev.mortise.api.model [1.3,2)", "remedy": "Update the server",
                 "traceId": "4f2a"}""");

        int exitCode = server.execute("plugin", "install", "automotive");

        assertThat(exitCode).isEqualTo(ExitCode.PLUGIN_REFUSED.number());
        assertThat(server.err()).isEqualToNormalizingNewlines("""
                        mortise: automotive 0.3.0 needs dev.mortise.api.model [1.3,2)
                          remedy: Update the server
                          code: kernel.plugin-unresolved, trace 4f2a
                        """);
    }

    @Test
    void withJsonAFailureIsOneObjectOnTheErrorStream() {
        server.answer("/api/v1/kernel/plugins", 404, "{\"code\":\"kernel.plugin-unknown\",\"detail\":\"No x\"}");

        server.execute("plugin", "list", "--json");

        assertThat(server.out()).isEmpty();
        assertThat(server.err()).startsWith("{\"code\":\"kernel.plugin-unknown\",\"message\":\"No x\"");
    }

    @Test
    void anUnknownKeyHasAnExitCodeOfItsOwnAndARemedyEvenWhereTheServerGivesNone() {
        server.answer("/api/v1/kernel/plugins", 401, "");

        assertThat(server.execute("plugin", "list")).isEqualTo(ExitCode.NOT_AUTHORISED.number());
        assertThat(server.err()).contains("MORTISE_KEY");
    }

    @Test
    void aServerThatIsNotThereHasAnExitCodeOfItsOwn() throws IOException {
        int freePort;
        try (ServerSocket socket = new ServerSocket(0)) {
            freePort = socket.getLocalPort();
        }

        int exitCode = server.run("plugin", "list", "--url", "http://127.0.0.1:" + freePort);

        assertThat(exitCode).isEqualTo(ExitCode.SERVER_NOT_REACHABLE.number());
        assertThat(server.err()).contains("mortise serve").doesNotContain("\tat ");
    }

    @Test
    void aStackTraceIsShownOnlyWhenAskedFor() {
        server.answer("/api/v1/kernel/plugins", 500, "{}");

        server.execute("plugin", "list", "--verbose");

        assertThat(server.err()).contains("\tat dev.mortise.cli");
    }

    @Test
    void theKeyIsSentAsABearerToken() {
        server.answer("/api/v1/kernel/plugins", 200, "{\"items\":[]}");

        assertThat(server.execute("plugin", "list", "--key", "mk_secret")).isZero();
        assertThat(server.received().getFirst().header().apply("Authorization")).isEqualTo("Bearer mk_secret");
    }

    @Test
    void aRunThatFailedMakesTheCommandFail() {
        server.answer(
                "/api/v1/automatrix/workflows/intake/runs",
                201,
                "{\"id\":\"r1\",\"workflow\":\"intake\",\"version\":1,\"state\":\"QUEUED\"}");
        server.answer("/api/v1/automatrix/runs/r1", 200, """
                {"id":"r1","workflow":"intake","version":1,"state":"FAILED",
                 "error":{"step":"reply","code":"relaycore.no-default-model","message":"No model"}}""");

        int exitCode = server.execute("run", "intake", "--wait", "--idempotency-key", "m-1");

        assertThat(exitCode).isEqualTo(ExitCode.FAILURE.number());
        assertThat(server.out()).contains("is failed", "step reply: No model (relaycore.no-default-model)");
        assertThat(server.received().getFirst().header().apply("Idempotency-Key"))
                .isEqualTo("m-1");
    }

    @Test
    void runListNeedsNoWorkflow() {
        server.answer("/api/v1/automatrix/runs", 200, "{\"items\":[]}");

        assertThat(server.execute("run", "list")).isZero();
    }

    @Test
    void aNewTenantsKeyIsShownOnce() {
        server.answer("/api/v1/kernel/tenants", 201, """
                {"id":"01a1","name":"acme","state":"ACTIVE","apiKey":"mk_first"}""");

        assertThat(server.execute("tenant", "create", "acme")).isZero();

        assertThat(server.out()).contains("acme is 01a1", "shown this once: mk_first");
    }

    @Test
    void tenantsAreListedOverAllPages() {
        server.answer(
                "/api/v1/kernel/tenants",
                asked -> new CommandsAgainstAServer.Answer(
                        200,
                        asked.uri().contains("after=1")
                                ? "{\"items\":[{\"id\":\"2\",\"name\":\"second\",\"state\":\"SUSPENDED\"}]}"
                                : "{\"items\":[{\"id\":\"1\",\"name\":\"first\",\"state\":\"ACTIVE\"}],\"next\":\"1\"}"));

        assertThat(server.execute("tenant", "list")).isZero();

        assertThat(server.out()).contains("first", "active", "second", "suspended");
    }

    @Test
    void aPartOfAListSaysHowToGoOn() {
        server.answer("/api/v1/kernel/audit", 200, "{\"items\":[],\"next\":\"c-2\"}");

        assertThat(server.execute("audit", "list")).isZero();

        assertThat(server.out()).contains("There are more: --after c-2");
    }

    @Test
    void aDeletedTenantIsTakenBackByResume() {
        server.answer("/api/v1/kernel/tenants/acme", 202, """
                {"id":"01a1","name":"acme","state":"DELETING","eraseAfter":"2026-12-01T00:00:00Z"}""");

        assertThat(server.execute("tenant", "delete", "acme", "--grace", "P10D"))
                .isZero();

        assertThat(server.out()).contains("erased after 2026-12-01", "mortise tenant resume acme");
    }
}
