package dev.mortise.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.mortise.cli.Mortise;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code mortise audit} and {@code mortise secret}; the server's answers are written down here, the way is real. */
@Tag("G1")
@Tag("K4")
class AuditAndSecretCommandsTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> received = new ArrayList<>();
    private final HttpServer server;

    AuditAndSecretCommandsTest() throws IOException {
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
    void aWholeRecordEndsWithZero() {
        answer("/api/v1/kernel/audit/verification", 200, "{\"whole\":true,\"entries\":7,\"seq\":7,\"hash\":\"ab\"}");
        answer("/api/v1/kernel/audit/keys", 200, "{\"items\":[{\"fingerprint\":\"5f0c\"}]}");

        assertThat(execute("audit", "verify")).isZero();
        assertThat(out.toString()).contains("7 entries are whole", "sealed by the key 5f0c");
    }

    @Test
    void aBrokenRecordEndsWithOneAndNamesTheRow() {
        answer(
                "/api/v1/kernel/audit/verification",
                200,
                "{\"whole\":false,\"brokenAt\":7,\"fault\":\"entry 7: its content was changed\"}");
        answer("/api/v1/kernel/audit/keys", 200, "{\"items\":[]}");

        assertThat(execute("audit", "verify")).isEqualTo(1);
        assertThat(out.toString()).contains("broken at entry 7: its content was changed");
    }

    @Test
    void anExportIsVerifiedWithoutAServer() throws IOException {
        Path export = folder.resolve("audit.jsonl");
        try (var in = AuditAndSecretCommandsTest.class.getResourceAsStream("export.jsonl")) {
            Files.write(export, java.util.Objects.requireNonNull(in).readAllBytes());
        }

        assertThat(run("audit", "verify", export.toString())).isZero();
        assertThat(out.toString()).contains("12 entries are whole", "the file's own");

        Files.writeString(export, Files.readString(export).replace("thing/7", "thing/8"));
        assertThat(run("audit", "verify", export.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("broken in line 8: entry 7: its content was changed");
    }

    @Test
    void whatIsNoExportIsSaidToBeNone() throws IOException {
        Path file = Files.writeString(folder.resolve("x"), "hello\n");

        assertThat(run("audit", "verify", file.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("broken in line 1");
        assertThat(run("audit", "verify", folder.resolve("none").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("cli.file-unreadable");
    }

    @Test
    void anExportIsThereWhenItIsComplete() throws IOException {
        answer("/api/v1/kernel/audit/export", 200, "line ☃\n".repeat(10_000));
        Path file = folder.resolve("audit.jsonl");

        assertThat(execute("audit", "export", "--action", "kernel.", "--out", file.toString()))
                .isZero();

        assertThat(Files.readString(file)).isEqualTo("line ☃\n".repeat(10_000));
        assertThat(folder.toFile().list()).containsExactly("audit.jsonl");
        assertThat(received).containsExactly("GET /api/v1/kernel/audit/export?format=jsonl&action=kernel. ");
        assertThat(execute("audit", "export")).isZero();
        assertThat(out.toString()).isEqualTo("line ☃\n".repeat(10_000));
    }

    @Test
    void aRefusedExportLeavesNoFile() {
        answer("/api/v1/kernel/audit/export", 403, "{\"code\":\"api.forbidden\",\"detail\":\"no\"}");

        assertThat(execute("audit", "export", "--out", folder.resolve("a").toString()))
                .isEqualTo(10);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anEntryCannotWriteToTheTerminal() {
        answer(
                "/api/v1/kernel/audit",
                200,
                "{\"items\":[{\"seq\":1,\"at\":\"t\",\"actor\":\"a\",\"outcome\":\"DONE\",\"action\":\"x\",\"target\":\"\\u001b[2J\"}]}");

        assertThat(execute("audit", "list", "--outcome", "done")).isZero();
        assertThat(out.toString()).doesNotContain("\u001b").contains("\uFFFD[2J");
    }

    @Test
    void aSecretComesFromAFileAndIsNotPrinted() throws IOException {
        answer("/api/v1/kernel/plugins/mail/secrets/password", 204, "");
        Path file = Files.writeString(folder.resolve("value"), "hunter2 \"quoted\"\n");

        assertThat(execute("secret", "set", "mail", "password", "--file", file.toString()))
                .isZero();

        assertThat(received)
                .containsExactly(
                        "PUT /api/v1/kernel/plugins/mail/secrets/password {\"value\":\"hunter2 \\\"quoted\\\"\"}");
        assertThat(out + "" + err).doesNotContain("hunter2").contains("mail has the secret password");
    }

    @Test
    void aSecretOnTheCommandLineIsRefused() {
        assertThat(execute("secret", "set", "mail", "password", "hunter2")).isEqualTo(2);
        assertThat(received).isEmpty();
    }

    @Test
    void keysAreChangedStepByStep() {
        answer("/api/v1/kernel/keys", 200, "{\"next\":\"done\"}");

        assertThat(execute("secret", "rotate")).isZero();
        assertThat(execute("secret", "rotate", "--master")).isZero();
        assertThat(execute("secret", "rotate", "--finish")).isZero();
        assertThat(execute("secret", "rotate", "--master", "--finish")).isEqualTo(2);

        assertThat(received)
                .containsExactly(
                        "POST /api/v1/kernel/keys/data/rotation {}",
                        "POST /api/v1/kernel/keys/master/rotation {}",
                        "POST /api/v1/kernel/keys/master/rotation/end {}");
    }

    private void answer(String path, int status, String text) {
        server.createContext(path, exchange -> {
            received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
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
