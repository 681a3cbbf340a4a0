package dev.mortise.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an operator sees when a server cannot start: one clear message, a remedy, and an exit code that scripts can
 * tell.
 */
@Tag("K5")
@Tag("K7")
class ServerFaultIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void aPortThatIsTakenEndsWithItsExitCode() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Outcome outcome = serve("--data", data(), "--port", String.valueOf(taken.getLocalPort()));

            assertThat(outcome.exitCode()).isEqualTo(6);
            assertThat(outcome.output())
                    .contains("kernel.port")
                    .contains("--port")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void anUnreadableConfigurationIsReportedWithItsLine() throws IOException {
        Path file = Files.writeString(folder.resolve("mortise.yaml"), "server:\n  port: 0\n  prot: 1\n");

        Outcome outcome = serve("--data", data(), "--config", file.toString());

        assertThat(outcome.exitCode()).isEqualTo(4);
        assertThat(outcome.output()).contains("mortise.yaml:3").contains("prot").doesNotContain("\tat ");
        assertThat(Path.of(data())).as("nothing was made").doesNotExist();
    }

    @Test
    void aDataFolderOfAnotherVersionIsLeftAlone() throws IOException {
        Files.createDirectories(Path.of(data()));
        Files.writeString(Path.of(data()).resolve("layout"), "99\n");

        Outcome outcome = serve("--data", data(), "--port", "0");

        assertThat(outcome.exitCode()).isEqualTo(5);
        assertThat(outcome.output()).contains("layout 99").doesNotContain("\tat ");
        assertThat(Path.of(data()).resolve("postgres")).doesNotExist();
    }

    @Test
    void aDatabaseThatCannotBeReachedEndsWithItsExitCodeAndWithoutThePassword() {
        Process process = ServerUnderTest.run(
                folder,
                Map.of("MORTISE_DATABASE_URL", "postgresql://somebody:s3cr3t-word@127.0.0.1:1/nowhere"),
                "serve",
                "--data",
                data(),
                "--port",
                "0");
        Outcome outcome = outcome(process);

        assertThat(outcome.exitCode()).isEqualTo(7);
        assertThat(outcome.output())
                .contains("127.0.0.1:1")
                .doesNotContain("s3cr3t-word")
                .doesNotContain("\tat ");
    }

    @Test
    void aSecondServerOnTheSameDataFolderIsRefusedAndTheFirstGoesOn() throws IOException {
        try (ServerUnderTest first = new ServerUnderTest(Path.of(data()))) {
            first.awaitReady();

            Outcome outcome = serve("--data", data(), "--port", "0");

            assertThat(outcome.exitCode()).isEqualTo(5);
            assertThat(outcome.output()).contains("in use by the process");
            assertThat(first.send(first.request("/health/ready").build()).statusCode())
                    .isEqualTo(200);

            aBrokenJarIsRefusedOverHttp(first);
        }
    }

    private static void aBrokenJarIsRefusedOverHttp(ServerUnderTest server) throws IOException {
        var response = server.send(server.request("/api/v1/kernel/plugins")
                .setHeader("Content-Type", "application/java-archive")
                .POST(HttpRequest.BodyPublishers.ofString("this is no jar"))
                .build());

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).contains("kernel.plugin-broken").contains("remedy");
        assertThat(server.get("/api/v1/kernel/plugins").path("items")).isEmpty();
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private record Outcome(int exitCode, String output) {}

    private Outcome serve(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "serve";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return outcome(ServerUnderTest.run(folder, Map.of(), command));
    }

    private Outcome outcome(Process process) {
        int exitCode = ServerUnderTest.await(process, LIMIT);
        try {
            return new Outcome(exitCode, Files.readString(folder.resolve("output.log")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
