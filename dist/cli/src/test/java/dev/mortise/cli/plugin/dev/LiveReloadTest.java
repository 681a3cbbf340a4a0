package dev.mortise.cli.plugin.dev;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ServerClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("K8")
class LiveReloadTest {
    private static final String REFUSED = """
            {"status": 422, "code": "kernel.plugin-unresolved", "detail": "needs dev.mortise.api.model [1.3,2)",
             "remedy": "Update the server"}""";

    @TempDir
    private Path project;

    private final StringWriter out = new StringWriter();
    private final List<String> calls = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init") // Made before each test.
    private HttpServer server;

    @SuppressWarnings("NullAway.Init")
    private ServerClient client;

    @SuppressWarnings("NullAway.Init")
    private LiveReload reload;

    private Instant now = Instant.parse("2026-11-21T14:30:00Z");
    private boolean isInstalled;
    private boolean isRefusing;

    @BeforeEach
    void start() throws IOException {
        server = listen(0);
        client = new ServerClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Optional.of("key"));
        reload = new LiveReload(
                new DevPlugin(client),
                new BuildFolder(project, false),
                new DevScratch(project.resolve("scratch")),
                new DevReport(new PrintWriter(out, true), false),
                () -> now);
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void theFirstBuildIsInstalledAndTheNextOneUpdatesIt() throws IOException {
        build("first");
        look(3);
        build("second");
        look(3);

        assertThat(calls).containsExactly("PUT", "POST", "PUT");
        assertThat(out.toString()).contains("notes 1.0.0-dev.").contains("is live");
    }

    @Test
    void aBuildWithoutAChangeIsNotSentAgain() throws IOException {
        build("same");
        look(3);
        build("same");
        look(3);

        assertThat(calls).containsExactly("PUT", "POST");
    }

    @Test
    void aJarThatIsStillBeingWrittenIsLeftAlone() throws IOException {
        byte[] whole = SampleJar.bytes("1.0.0", Map.of("a.txt", "a".repeat(5_000)));
        for (int part = 1; part < 10; part++) {
            write(Arrays.copyOf(whole, whole.length * part / 10));
            look(2);
        }
        assertThat(calls).isEmpty();

        write(whole);
        look(3);

        assertThat(calls).containsExactly("PUT", "POST");
    }

    @Test
    void aBurstOfBuildsEndsWithTheLastOneLive() throws IOException {
        for (int build = 0; build < 20; build++) {
            build("burst " + build);
            look(1);
        }
        look(3);

        assertThat(calls).containsExactly("PUT", "POST");
    }

    @Test
    void aJarThatStaysDamagedIsReportedOnce() throws IOException {
        write("this is no jar".getBytes(StandardCharsets.UTF_8));
        look(2);
        now = now.plus(Duration.ofSeconds(10));
        look(5);

        assertThat(calls).isEmpty();
        assertThat(out.toString()).containsOnlyOnce("cli.jar-unreadable");
    }

    @Test
    void aRefusalIsShownWithItsReasonAndTheNextBuildIsTried() throws IOException {
        isRefusing = true;
        build("too new");
        look(5);
        isRefusing = false;
        build("fitting");
        look(3);

        assertThat(out.toString())
                .containsOnlyOnce("needs dev.mortise.api.model [1.3,2)")
                .contains("Update the server", "kernel.plugin-unresolved", "is live");
        assertThat(reload.outcome()).isEqualTo(ExitCode.OK);
    }

    @Test
    void aBuildWaitsForAServerThatIsAway() throws IOException {
        int port = server.getAddress().getPort();
        server.stop(0);
        build("patient");
        look(3);
        now = now.plus(Duration.ofSeconds(5));
        look(3);
        server = listen(port);
        now = now.plus(Duration.ofSeconds(5));
        look(3);

        assertThat(out.toString()).containsOnlyOnce("waiting for it").contains("is live");
    }

    @Test
    void aBuildFolderThatCleanDeletesIsNoFault() throws IOException {
        build("first");
        look(3);
        Files.delete(project.resolve("target/notes.jar"));
        Files.delete(project.resolve("target"));
        look(3);
        build("second");
        look(3);

        assertThat(calls).containsExactly("PUT", "POST", "PUT");
    }

    @Test
    void atTheEndThePluginIsRemovedWhereThatWasAskedFor() throws IOException {
        build("first");
        look(3);

        reload.end(true);

        assertThat(calls).endsWith("DELETE");
    }

    private HttpServer listen(int port) throws IOException {
        HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        made.createContext("/", this::answer);
        made.start();
        return made;
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            reload.look();
        }
    }

    private void build(String content) throws IOException {
        write(SampleJar.bytes("1.0.0", Map.of("a.txt", content)));
    }

    private void write(byte[] jar) throws IOException {
        Path file = project.resolve("target/notes.jar");
        Files.createDirectories(file.getParent());
        Files.write(file, jar);
        now = now.plusMillis(100);
        // Two writes within one tick of the file system's clock must differ all the same.
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.from(now));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String method = exchange.getRequestMethod();
            calls.add(method);
            if (isRefusing) {
                send(exchange, 422, REFUSED);
            } else if (method.equals("PUT") && !isInstalled) {
                send(
                        exchange,
                        404,
                        "{\"status\": 404, \"code\": \"kernel.plugin-unknown\", \"detail\": \"not there\"}");
            } else {
                isInstalled = true;
                send(exchange, 200, "{\"id\": \"notes\", \"state\": \"RUNNING\"}");
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
