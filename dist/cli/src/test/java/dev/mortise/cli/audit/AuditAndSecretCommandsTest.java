package dev.mortise.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.cli.client.CommandsAgainstAServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code mortise audit} and {@code mortise secret}; the server's answers are written down here, the way is real. */
@Tag("G1")
@Tag("K4")
class AuditAndSecretCommandsTest {
    @TempDir
    Path folder;

    @RegisterExtension
    final CommandsAgainstAServer server = new CommandsAgainstAServer();

    @Test
    void aWholeRecordEndsWithZero() {
        server.answer(
                "/api/v1/kernel/audit/verification", 200, "{\"whole\":true,\"entries\":7,\"seq\":7,\"hash\":\"ab\"}");
        server.answer("/api/v1/kernel/audit/keys", 200, "{\"items\":[{\"fingerprint\":\"5f0c\"}]}");

        assertThat(server.execute("audit", "verify")).isZero();
        assertThat(server.out()).contains("7 entries are whole", "sealed by the key 5f0c");
    }

    @Test
    void aBrokenRecordEndsWithOneAndNamesTheRow() {
        server.answer(
                "/api/v1/kernel/audit/verification",
                200,
                "{\"whole\":false,\"brokenAt\":7,\"fault\":\"entry 7: its content was changed\"}");
        server.answer("/api/v1/kernel/audit/keys", 200, "{\"items\":[]}");

        assertThat(server.execute("audit", "verify")).isEqualTo(1);
        assertThat(server.out()).contains("broken at entry 7: its content was changed");
    }

    @Test
    void anExportIsVerifiedWithoutAServer() throws IOException {
        Path export = folder.resolve("audit.jsonl");
        try (var in = AuditAndSecretCommandsTest.class.getResourceAsStream("export.jsonl")) {
            Files.write(export, java.util.Objects.requireNonNull(in).readAllBytes());
        }

        assertThat(server.run("audit", "verify", export.toString())).isZero();
        assertThat(server.out()).contains("12 entries are whole", "the file's own");

        Files.writeString(export, Files.readString(export).replace("thing/7", "thing/8"));
        assertThat(server.run("audit", "verify", export.toString())).isEqualTo(1);
        assertThat(server.out()).contains("broken in line 8: entry 7: its content was changed");
    }

    @Test
    void whatIsNoExportIsSaidToBeNone() throws IOException {
        Path file = Files.writeString(folder.resolve("x"), "hello\n");

        assertThat(server.run("audit", "verify", file.toString())).isEqualTo(1);
        assertThat(server.out()).contains("broken in line 1");
        assertThat(server.run("audit", "verify", folder.resolve("none").toString()))
                .isEqualTo(1);
        assertThat(server.err()).contains("cli.file-unreadable");
    }

    @Test
    void anExportIsThereWhenItIsComplete() throws IOException {
        server.answer("/api/v1/kernel/audit/export", 200, "line ☃\n".repeat(10_000));
        Path file = folder.resolve("audit.jsonl");

        assertThat(server.execute("audit", "export", "--action", "kernel.", "--out", file.toString()))
                .isZero();

        assertThat(Files.readString(file)).isEqualTo("line ☃\n".repeat(10_000));
        assertThat(folder.toFile().list()).containsExactly("audit.jsonl");
        assertThat(server.lines()).containsExactly("GET /api/v1/kernel/audit/export?format=jsonl&action=kernel. ");
        assertThat(server.execute("audit", "export")).isZero();
        assertThat(server.out()).isEqualTo("line ☃\n".repeat(10_000));
    }

    @Test
    void aRefusedExportLeavesNoFile() {
        server.answer("/api/v1/kernel/audit/export", 403, "{\"code\":\"api.forbidden\",\"detail\":\"no\"}");

        assertThat(server.execute(
                        "audit", "export", "--out", folder.resolve("a").toString()))
                .isEqualTo(10);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anEntryCannotWriteToTheTerminal() {
        server.answer(
                "/api/v1/kernel/audit",
                200,
                "{\"items\":[{\"seq\":1,\"at\":\"t\",\"actor\":\"a\",\"outcome\":\"DONE\",\"action\":\"x\",\"target\":\"\\u001b[2J\"}]}");

        assertThat(server.execute("audit", "list", "--outcome", "done")).isZero();
        assertThat(server.out()).doesNotContain("\u001b").contains("\uFFFD[2J");
    }

    @Test
    void aSecretComesFromAFileAndIsNotPrinted() throws IOException {
        server.answer("/api/v1/kernel/plugins/mail/secrets/password", 204, "");
        Path file = Files.writeString(folder.resolve("value"), "hunter2 \"quoted\"\n");

        assertThat(server.execute("secret", "set", "mail", "password", "--file", file.toString()))
                .isZero();

        assertThat(server.lines())
                .containsExactly(
                        "PUT /api/v1/kernel/plugins/mail/secrets/password {\"value\":\"hunter2 \\\"quoted\\\"\"}");
        assertThat(server.out() + server.err()).doesNotContain("hunter2").contains("mail has the secret password");
    }

    @Test
    void aSecretOnTheCommandLineIsRefused() {
        assertThat(server.execute("secret", "set", "mail", "password", "hunter2"))
                .isEqualTo(2);
        assertThat(server.lines()).isEmpty();
    }

    @Test
    void keysAreChangedStepByStep() {
        server.answer("/api/v1/kernel/keys", 200, "{\"next\":\"done\"}");

        assertThat(server.execute("secret", "rotate")).isZero();
        assertThat(server.execute("secret", "rotate", "--master")).isZero();
        assertThat(server.execute("secret", "rotate", "--finish")).isZero();
        assertThat(server.execute("secret", "rotate", "--master", "--finish")).isEqualTo(2);

        assertThat(server.lines())
                .containsExactly(
                        "POST /api/v1/kernel/keys/data/rotation {}",
                        "POST /api/v1/kernel/keys/master/rotation {}",
                        "POST /api/v1/kernel/keys/master/rotation/end {}");
    }
}
