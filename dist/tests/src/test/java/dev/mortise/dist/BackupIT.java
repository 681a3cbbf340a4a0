package dev.mortise.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.backup.Manifest;
import dev.mortise.kernel.backup.Progress;
import dev.mortise.kernel.backup.Restore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Backup and restore as an operator uses them, with every plugin of this repository and their data. */
@Tag("D2")
class BackupIT {
    private static final List<String> PLUGINS =
            List.of("relaycore", "openai", "local-embeddings", "automatrix", "automotive");
    private static final int BEFORE = 12;
    private static final int MOST = 90;
    private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(150);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    /** How many messages were accepted. */
    private int sent;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void aServerIsMadeAnewFromItsBackupAndGoesOn() throws IOException {
        Path during = folder.resolve("during.backup");
        Path after = folder.resolve("after.backup");
        try (ServerUnderTest server = new ServerUnderTest(folder.resolve("first"))) {
            server.awaitReady();
            fill(server);
            long began = System.nanoTime();
            Process backup = mortise("during", "backup", during.toString(), "--data", folder.resolve("first"));
            sendUntil(server, backup.onExit());
            succeeded(backup, "during");
            System.out.printf(
                    "BackupIT: a backup of %d MB under load took %.1f s, %d messages came in meanwhile%n",
                    Files.size(during) >> 20, (System.nanoTime() - began) / 1e9, sent - BEFORE);
            awaitDecisions(server);
            assertThat(server.stop()).isZero();
        }
        succeeded(mortise("after", "backup", after.toString(), "--data", folder.resolve("first")), "after");

        everyTableComesBackAsItWas(after);
        aBackupTakenWhileTheServerRanGoesOnFromItsMoment(during);
        aBackupThatWasTamperedWithIsRefused(after);
        aBackupThatIsCutOffIsRefused(after);
    }

    private void everyTableComesBackAsItWas(Path backup) throws IOException {
        Path second = folder.resolve("second");
        succeeded(mortise("restore", "restore", backup.toString(), "--data", second), "restore");
        Path again = folder.resolve("again.backup");
        succeeded(mortise("again", "backup", again.toString(), "--data", second), "again");

        List<Manifest.Table> tables = tables(backup);
        assertThat(tables(again))
                .filteredOn(BackupIT::isAboutMoreThanNodes)
                .isEqualTo(
                        tables.stream().filter(BackupIT::isAboutMoreThanNodes).toList());
        assertThat(tables)
                .filteredOn(table -> table.rows() > 0)
                .extracting(table -> table.schema() + "." + table.name())
                .contains(
                        "automotive.decision",
                        "automatrix.step",
                        "relaycore.usage",
                        "mortise.plugin_jar_chunk",
                        "mortise.secret",
                        "mortise.audit_entry");
        assertThat(tables)
                .filteredOn(table -> table.name().equals("decision"))
                .extracting(Manifest.Table::rows)
                .containsExactly((long) sent);
    }

    private void aBackupTakenWhileTheServerRanGoesOnFromItsMoment(Path backup) throws IOException {
        Path third = folder.resolve("third");
        succeeded(mortise("third", "restore", backup.toString(), "--data", third), "third");
        try (ServerUnderTest server = new ServerUnderTest(third)) {
            server.awaitReady();
            assertThat(server.get("/api/v1/kernel/plugins").path("items"))
                    .hasSize(PLUGINS.size())
                    .allSatisfy(plugin ->
                            assertThat(plugin.path("state").asString()).isEqualTo("RUNNING"));
            // Clients that got no answer send again; what was decided before the backup is not decided twice.
            for (int i = 0; i < sent; i++) {
                send(server, i);
            }
            awaitDecisions(server);
        }
    }

    private void aBackupThatWasTamperedWithIsRefused(Path backup) throws IOException {
        Path tampered = folder.resolve("tampered.backup");
        try (ZipFile from = new ZipFile(backup.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(tampered))) {
            for (ZipEntry entry : from.stream().toList()) {
                byte[] content = from.getInputStream(entry).readAllBytes();
                if (entry.getName().equals("data/automotive/decision")) {
                    content[content.length / 2] ^= 1;
                }
                to.putNextEntry(new ZipEntry(entry.getName()));
                to.write(content);
            }
        }

        refused(tampered, "data/automotive/decision");
    }

    private void aBackupThatIsCutOffIsRefused(Path backup) throws IOException {
        Path cut = folder.resolve("cut.backup");
        byte[] content = Files.readAllBytes(backup);
        Files.write(cut, Arrays.copyOf(content, content.length / 2));

        refused(cut, "cut off");
    }

    private void refused(Path backup, String why) throws IOException {
        String name = "refused-" + backup.getFileName();
        Path data = folder.resolve(name + "-data");
        Process restore = mortise(name, "restore", backup.toString(), "--data", data);

        assertThat(ServerUnderTest.await(restore, LIMIT)).isNotZero();
        assertThat(said(name)).contains("kernel.backup-broken").contains(why).doesNotContain("\tat ");
        assertThat(data.resolve("postgres")).doesNotExist();
    }

    private void fill(ServerUnderTest server) throws IOException {
        for (String plugin : PLUGINS) {
            server.post("/api/v1/kernel/plugins", "{\"id\":\"" + plugin + "\"}");
        }
        server.post("/api/v1/automatrix/workflows", "{\"template\":\"automotive/service-intake\"}");
        server.put("/api/v1/kernel/plugins/openai/secrets/api-key", "{\"value\":\"sk-of-a-test-0123456789\"}");
        while (sent < BEFORE) {
            send(server, sent++);
        }
    }

    /** Sends for as long as something goes on, but not more than one page of decisions shows. */
    private void sendUntil(ServerUnderTest server, CompletableFuture<Process> end) throws IOException {
        while (!end.isDone()) {
            if (sent < MOST) {
                send(server, sent++);
            } else {
                server.get("/api/v1/automotive/decisions?limit=100");
            }
            Wait.pause(BETWEEN_MESSAGES);
        }
    }

    private static void send(ServerUnderTest server, int number) throws IOException {
        String body = "{\"id\":\"own-" + number + "\",\"channel\":\"web\",\"from\":\"a customer\","
                + "\"receivedAt\":\"2026-03-02T08:15:00Z\",\"text\":\"My brakes squeal, and it is number " + number
                + "\"}";
        int status = server.send(server.request("/api/v1/automatrix/workflows/service-intake/runs")
                        .header("Idempotency-Key", "own-" + number)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build())
                .statusCode();
        assertThat(status).isIn(200, 201);
    }

    private void awaitDecisions(ServerUnderTest server) {
        Map<String, Integer> decisions = new HashMap<>();
        Wait.until(
                "every message has a decision",
                LIMIT,
                () -> {
                    decisions.clear();
                    for (JsonNode item :
                            server.get("/api/v1/automotive/decisions?limit=100").path("items")) {
                        decisions.merge(item.path("messageId").asString(), 1, Integer::sum);
                    }
                    return decisions.size() == sent;
                },
                () -> decisions + server.log());
        assertThat(decisions.values()).containsOnly(1);
    }

    private Process mortise(String name, String command, String file, String option, Path data) {
        return ServerUnderTest.run(
                folder.resolve(name),
                Map.of("MORTISE_PASS_PHRASE", "correct horse"),
                command,
                file,
                option,
                data.toString(),
                "--json");
    }

    private void succeeded(Process process, String name) {
        int code = ServerUnderTest.await(process, LIMIT);
        assertThat(code).as(said(name)).isZero();
    }

    private String said(String name) {
        try {
            return Files.readString(folder.resolve(name).resolve("output.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The nodes of then are not those of now, and their leases end with them. */
    private static boolean isAboutMoreThanNodes(Manifest.Table table) {
        return !table.schema().equals("mortise")
                || !Set.of("node", "node_plugin", "lease").contains(table.name());
    }

    private static List<Manifest.Table> tables(Path backup) {
        try (Restore restore = new Restore(backup, Progress.NONE)) {
            return restore.manifest().tables();
        }
    }
}
