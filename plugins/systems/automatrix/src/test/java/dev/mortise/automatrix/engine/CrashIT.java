package dev.mortise.automatrix.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The server is killed at random moments while runs go through it. */
@Tag("W1")
final class CrashIT {
    private static final int KILLS = Integer.getInteger("automatrix.kills", 10);
    private static final int CLIENTS = 4;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String WORKFLOW = """
            name: effects
            steps:
              - {id: first, node: test.again, with: {folder: "${input.folder}"}}
              - {id: once, node: test.once, with: {file: "${input.file}"}}
              - {id: pause, node: test.sleep, with: {ms: 10}}
              - {id: last, node: test.again, with: {folder: "${input.folder}"}}
            output: ${steps.once}
            """;

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private volatile String url = "";
    private volatile String key = "";
    private volatile boolean enough;

    @Test
    void everyAcceptedRunEndsOnceAndNoEffectIsDoubled() throws Exception {
        long seed = Long.getLong("automatrix.seed", System.nanoTime());
        System.out.println("CrashIT: -Dautomatrix.seed=" + seed + " -Dautomatrix.kills=" + KILLS);
        Random random = new Random(seed);
        Path effects = Files.createDirectories(folder.resolve("effects"));
        Path once = folder.resolve("once.txt");
        String input = JSON.createObjectNode()
                .put("folder", effects.toString())
                .put("file", once.toString())
                .toString();
        Map<String, String> accepted = new HashMap<>();
        Process server = start();
        await(() -> post(
                "workflows",
                "{}",
                JSON.createObjectNode().put("source", WORKFLOW).toString()));
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<Map<String, String>>> senders = new ArrayList<>();
            AtomicInteger count = new AtomicInteger();
            for (int sender = 0; sender < CLIENTS; sender++) {
                senders.add(clients.submit(() -> send(count, input)));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                LockSupport.parkNanos(
                        Duration.ofMillis(100 + random.nextInt(900)).toNanos());
                server.destroyForcibly().waitFor();
                server = start();
            }
            enough = true;
            for (Future<Map<String, String>> sender : senders) {
                accepted.putAll(sender.get());
            }
        }

        accepted.values().forEach(this::ended);
        int doubtful = check(accepted, Files.readAllLines(once), effects);

        System.out.println(
                "CrashIT: " + accepted.size() + " runs, " + KILLS + " kills, " + doubtful + " left to a person");
        server.outputWriter().close();
        assertThat(server.waitFor())
                .as("the exit of a server that was stopped in order")
                .isZero();
    }

    /** Sends runs until the kills are over; returns the id of each run by its key. */
    private Map<String, String> send(AtomicInteger count, String input) {
        Map<String, String> accepted = new HashMap<>();
        while (!enough) {
            String runKey = "run-" + count.incrementAndGet();
            JsonNode run = await(() -> post("workflows/effects/runs", runKey, input));
            accepted.put(runKey, run.path("id").asString());
        }
        return accepted;
    }

    /** Checks every run and every effect; returns how many runs are left to a person. */
    private int check(Map<String, String> accepted, List<String> onceLines, Path effects) throws IOException {
        int doubtful = 0;
        List<String> expectedEffects = new ArrayList<>();
        for (var entry : accepted.entrySet()) {
            String id = entry.getValue();
            JsonNode run = ended(id);
            JsonNode steps = await(() -> get("runs/" + id + "/steps")).path("items");
            List<String> succeeded = new ArrayList<>();
            steps.forEach(step -> {
                if (step.path("state").asString().equals("SUCCEEDED")) {
                    succeeded.add(step.path("step").asString());
                }
            });
            expectedEffects.add(id + "_first_1");
            if (run.path("state").asString().equals("SUCCEEDED")) {
                assertThat(succeeded).as(steps.toString()).containsExactly("first", "once", "pause", "last");
                assertThat(onceLines).containsOnlyOnce(id + "/once/1");
                expectedEffects.add(id + "_last_1");
            } else {
                assertThat(run.path("error").path("code").asString())
                        .as(run.toString())
                        .isEqualTo("automatrix.step-in-doubt");
                assertThat(run.path("error").path("step").asString()).isEqualTo("once");
                assertThat(succeeded).as(steps.toString()).containsExactly("first");
                doubtful++;
            }
            assertThat(await(() -> post("workflows/effects/runs", entry.getKey(), inputOf(run)))
                            .path("id")
                            .asString())
                    .isEqualTo(id);
        }
        assertThat(onceLines).as("effects that happen at most once").doesNotHaveDuplicates();
        try (Stream<Path> files = Files.list(effects)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(expectedEffects);
        }
        return doubtful;
    }

    private JsonNode ended(String id) {
        return await(() -> {
            JsonNode seen = get("runs/" + id + "?wait=PT10S");
            return seen.has("endedAt") ? seen : JSON.missingNode();
        });
    }

    private static String inputOf(JsonNode run) {
        return run.path("input").toString();
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=deny",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                CrashServer.class.getName(),
                folder.resolve("data").toString(),
                nodes().toString(),
                TestNodes.AUTOMATRIX.toAbsolutePath().toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("server.log").toFile()))
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("READY ")) {
                String[] words = line.split(" ");
                url = words[1];
                key = words[2];
                Thread.ofVirtual().start(() -> output.lines().forEach(ignored -> {}));
                return process;
            }
            said.append(line).append('\n');
        }
        throw new IllegalStateException(
                "The server did not start:\n" + said + Files.readString(folder.resolve("server.log")));
    }

    private Path nodes() {
        Path jar = folder.resolve("nodes-1.0.0.jar");
        return Files.exists(jar) ? jar : TestNodes.jar(folder, "1.0.0");
    }

    private interface Attempt {
        JsonNode make() throws IOException, InterruptedException;
    }

    /** Repeats a request over crashes until it is answered. */
    private static JsonNode await(Attempt attempt) {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (System.nanoTime() < deadline) {
            try {
                JsonNode answer = attempt.make();
                if (!answer.isMissingNode()) {
                    return answer;
                }
            } catch (IOException crashed) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
        throw new AssertionError("No answer within two minutes");
    }

    private JsonNode post(String path, String idempotencyKey, String body) throws IOException, InterruptedException {
        return answer(request(path)
                .header("Idempotency-Key", idempotencyKey)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return answer(request(path).GET());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + "/api/v1/automatrix/" + path))
                .timeout(Duration.ofSeconds(15))
                .header("Authorization", "Bearer " + key);
    }

    private JsonNode answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        boolean isThere = response.statusCode() / 100 == 2;
        if (!isThere && response.statusCode() < 500 && response.statusCode() != 404) {
            throw new UncheckedIOException(new IOException(response.body()));
        }
        return isThere ? JSON.readTree(response.body()) : JSON.missingNode();
    }
}
