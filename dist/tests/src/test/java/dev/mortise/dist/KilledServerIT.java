package dev.mortise.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The server is killed at random moments while messages come in; a client sends each until it is accepted, as clients
 * do. In the end every message has exactly one decision.
 */
@Tag("W1")
class KilledServerIT {
    private static final int KILLS = Integer.getInteger("mortise.kills", 6);
    private static final int MESSAGES = Integer.getInteger("mortise.kill.messages", 60);
    private static final int MOST_MILLIS_BETWEEN_KILLS = 2500;
    private static final List<String> TEXTS = List.of(
            "I would like to book an oil change for next Tuesday.",
            "My brakes squeal when I slow down, can you have a look?",
            "We are stranded on the highway, please send a tow truck!",
            "How much are winter floor mats for my car?",
            "asdf jkl");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 40, unit = TimeUnit.MINUTES)
    void everyMessageHasExactlyOneDecisionHoweverOftenTheServerIsKilled() throws IOException {
        System.out.println("KilledServerIT: " + KILLS + " kills, seed " + seed);
        try (ServerUnderTest server = new ServerUnderTest(folder.resolve("data"))) {
            server.awaitReady();
            for (String plugin : List.of("relaycore", "local-embeddings", "automatrix", "automotive")) {
                server.post("/api/v1/kernel/plugins", "{\"id\":\"" + plugin + "\"}");
            }
            server.post("/api/v1/automatrix/workflows", "{\"template\":\"automotive/service-intake\"}");

            AtomicInteger accepted = new AtomicInteger();
            Thread sender = Thread.ofVirtual().start(() -> sendAll(server, accepted));
            for (int kill = 0; kill < KILLS; kill++) {
                sleep(random.nextInt(MOST_MILLIS_BETWEEN_KILLS));
                server.kill();
                server.restart();
                // Some kills hit a server that is still starting; the others one that works.
                if (random.nextInt(5) > 0) {
                    server.awaitReady();
                }
            }
            server.awaitReady();
            join(sender);
            assertThat(accepted).as("seed " + seed).hasValue(MESSAGES);

            awaitAllRuns(server);
            Map<String, Integer> decisions = decisionsByMessage(server);
            assertThat(decisions).as("seed " + seed).hasSize(MESSAGES);
            assertThat(decisions.values()).as("seed " + seed).containsOnly(1);
        }
    }

    private static void sendAll(ServerUnderTest server, AtomicInteger accepted) {
        for (int i = 0; i < MESSAGES; i++) {
            String id = "kill-" + i;
            String body = "{\"id\":\"" + id + "\",\"channel\":\"web\",\"from\":\"a customer\","
                    + "\"receivedAt\":\"2026-03-02T08:15:00Z\",\"text\":\"" + TEXTS.get(i % TEXTS.size()) + "\"}";
            while (!isAccepted(server, id, body)) {
                sleep(50);
            }
            accepted.incrementAndGet();
        }
    }

    private static boolean isAccepted(ServerUnderTest server, String id, String body) {
        try {
            HttpResponse<String> response =
                    server.send(server.request("/api/v1/automatrix/workflows/service-intake/runs")
                            .header("Idempotency-Key", id)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build());
            return response.statusCode() == 201 || response.statusCode() == 200;
        } catch (IOException | RuntimeException e) {
            return false; // The server is dead or not up yet: the client tries again.
        }
    }

    private void awaitAllRuns(ServerUnderTest server) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        Map<String, String> states = Map.of();
        while (System.nanoTime() < deadline) {
            states = runStates(server);
            if (states.size() == MESSAGES && states.values().stream().allMatch("SUCCEEDED"::equals)) {
                return;
            }
            sleep(250);
        }
        throw new AssertionError("seed " + seed + ": runs are not done: " + states + "\n" + server.log());
    }

    private static Map<String, String> runStates(ServerUnderTest server) throws IOException {
        Map<String, String> states = new HashMap<>();
        eachItem(
                server,
                "/api/v1/automatrix/runs?limit=100",
                run -> states.put(run.path("id").asString(), run.path("state").asString()));
        return states;
    }

    private static Map<String, Integer> decisionsByMessage(ServerUnderTest server) throws IOException {
        Map<String, Integer> decisions = new HashMap<>();
        eachItem(
                server,
                "/api/v1/automotive/decisions?limit=100",
                decision -> decisions.merge(decision.path("messageId").asString(), 1, Integer::sum));
        return decisions;
    }

    private static void eachItem(ServerUnderTest server, String path, java.util.function.Consumer<JsonNode> use)
            throws IOException {
        String after = "";
        while (true) {
            JsonNode page = server.get(path + (after.isEmpty() ? "" : "&after=" + after));
            page.path("items").forEach(use);
            after = page.path("next").asString("");
            if (after.isEmpty()) {
                return;
            }
        }
    }

    private static void join(Thread sender) {
        try {
            assertThat(sender.join(java.time.Duration.ofMinutes(5)))
                    .as("all messages were accepted")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
