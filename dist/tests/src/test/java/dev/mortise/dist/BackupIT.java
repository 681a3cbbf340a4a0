package dev.mortise.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.backup.Manifest;
import dev.mortise.kernel.backup.Progress;
import dev.mortise.kernel.backup.Restore;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
    private static final int ALL = 24;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void aServerIsMadeAnewFromItsBackupAndGoesOn() throws IOException {
        Path during = folder.resolve("during.backup");
        Path after = folder.resolve("after.backup");
        try (ServerUnderTest server = new ServerUnderTest(folder.resolve("first"))) {
            server.awaitReady();
            install(server);
            send(server, 0, BEFORE);
            Process backup = mortise("during", "backup", during.toString(), "--data", folder.resolve("first"));
            send(server, BEFORE, ALL);
            succeeded(backup, "during");
            awaitDecisions(server);
            assertThat(server.stop()).isZero();
        }
        succeeded(mortise("after", "backup", after.toString(), "--data", folder.resolve("first")), "after");

        everyTableComesBackAsItWas(after);
        aBackupTakenWhileTheServerRanGoesOnFromItsMoment(during);
    }

    private void everyTableComesBackAsItWas(Path backup) throws IOException {
        Path second = folder.resolve("second");
        succeeded(mortise("restore", "restore", backup.toString(), "--data", second), "restore");
        Path again = folder.resolve("again.backup");
        succeeded(mortise("again", "backup", again.toString(), "--data", second), "again");

        List<Manifest.Table> tables = tables(backup);
        assertThat(tables(again)).isEqualTo(tables);
        assertThat(tables)
                .filteredOn(table -> table.rows() > 0)
                .extracting(table -> table.schema() + "." + table.name())
                .contains("automotive.decision", "automatrix.step", "relaycore.usage", "mortise.plugin_jar_chunk");
        assertThat(tables)
                .filteredOn(table -> table.name().equals("decision"))
                .extracting(Manifest.Table::rows)
                .containsExactly((long) ALL);
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
            send(server, 0, ALL);
            awaitDecisions(server);
        }
    }

    private static void install(ServerUnderTest server) throws IOException {
        for (String plugin : PLUGINS) {
            server.post("/api/v1/kernel/plugins", "{\"id\":\"" + plugin + "\"}");
        }
        server.post("/api/v1/automatrix/workflows", "{\"template\":\"automotive/service-intake\"}");
    }

    private static void send(ServerUnderTest server, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            String body = "{\"id\":\"own-" + i + "\",\"channel\":\"web\",\"from\":\"a customer\","
                    + "\"receivedAt\":\"2026-03-02T08:15:00Z\",\"text\":\"My brakes squeal, and it is number " + i
                    + "\"}";
            int status = server.send(server.request("/api/v1/automatrix/workflows/service-intake/runs")
                            .header("Idempotency-Key", "own-" + i)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build())
                    .statusCode();
            assertThat(status).isIn(200, 201);
        }
    }

    private static void awaitDecisions(ServerUnderTest server) {
        Map<String, Integer> decisions = new HashMap<>();
        Wait.until(
                "every message has one decision",
                LIMIT,
                () -> {
                    decisions.clear();
                    for (JsonNode item :
                            server.get("/api/v1/automotive/decisions?limit=100").path("items")) {
                        decisions.merge(item.path("messageId").asString(), 1, Integer::sum);
                    }
                    return decisions.size() == ALL;
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

    private void succeeded(Process process, String name) throws IOException {
        int code = ServerUnderTest.await(process, LIMIT);
        assertThat(code)
                .as(Files.readString(folder.resolve(name).resolve("output.log")))
                .isZero();
    }

    private static List<Manifest.Table> tables(Path backup) {
        try (Restore restore = new Restore(backup, Progress.NONE)) {
            return restore.manifest().tables();
        }
    }
}
