package dev.mortise.kernel.live;

import static dev.mortise.kernel.testkit.WorkPlugin.await;
import static dev.mortise.kernel.testkit.WorkPlugin.order;
import static dev.mortise.kernel.testkit.WorkPlugin.show;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.testkit.TestDatabase;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import dev.mortise.kernel.testkit.WorkPlugin;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Live topics on two nodes: one publishes, clients of both watch. */
@Tag("O2")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveTest {
    private static final String KEYS = "/api/v1/kernel/api-keys";

    private final DatabaseAddress database = TestDatabase.fresh();

    private Path folder;
    private TestKernel one;
    private TestKernel two;
    private int topics;

    @BeforeAll
    void start(@TempDir Path shared) {
        folder = shared;
        one = node("one");
        two = node("two");
        one.plugins().install(WorkPlugin.jar("1.0.0", folder));
        await("the plugin on both nodes", () -> !two.plugins().list().isEmpty());
    }

    @AfterAll
    void stop() {
        two.close();
        one.close();
    }

    @Test
    void aMessageReachesTheClientsOfAllNodesInOrder() {
        String topic = topic();
        try (LiveClient near = LiveClient.of(one);
                LiveClient far = LiveClient.of(two)) {
            near.watch(topic);
            far.watch(topic);

            show(one, "{\"topic\":\"" + topic + "\",\"what\":\"m\",\"count\":40}");
            show(two, "{\"topic\":\"" + topic + "\",\"what\":\"last\"}");

            long before = 0;
            for (int i = 0; i < 40; i++) {
                JsonNode atNear = near.next("message");
                assertThat(atNear).isEqualTo(far.next("message"));
                assertThat(atNear.path("topic").asString()).isEqualTo(topic);
                assertThat(atNear.path("data").path("suffix").asString()).isEqualTo("-" + i);
                assertThat(before == 0 || atNear.path("sequence").asLong() == before + 1)
                        .isTrue();
                before = atNear.path("sequence").asLong();
            }
            assertThat(near.nextWhat()).isEqualTo("last");
            assertThat(far.nextWhat()).isEqualTo("last");
        }
    }

    @Test
    void aClientThatComesBackToAnotherNodeIsToldWhatItMissed() {
        String topic = topic();
        long seen;
        try (LiveClient client = LiveClient.of(one)) {
            client.watch(topic);
            show(one, "{\"topic\":\"" + topic + "\",\"what\":\"first\"}");
            seen = client.next("message").path("sequence").asLong();
        }
        show(one, "{\"topic\":\"" + topic + "\",\"what\":\"missed\"}");

        try (LiveClient client = LiveClient.of(two)) {
            client.resume(topic, seen);
            assertThat(client.next("subscribed").path("sequence").asLong()).isEqualTo(seen);
            JsonNode missed = client.next("message");
            assertThat(missed.path("data").path("what").asString()).isEqualTo("missed");
            assertThat(missed.path("sequence").asLong()).isEqualTo(seen + 1);
            show(one, "{\"topic\":\"" + topic + "\",\"what\":\"new\"}");
            assertThat(client.nextWhat()).isEqualTo("new");
        }
    }

    @Test
    void nothingIsLostOrToldTwiceToAClientThatChangesNodesWhileBothPublish() throws Exception {
        int messages = 600;
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String topic = topic();
        List<Integer> seen = new ArrayList<>();
        long last;
        int stays = 0;
        try (LiveClient client = LiveClient.of(one)) {
            client.watch(topic);
            show(one, "{\"topic\":\"" + topic + "\",\"what\":\"the first\"}");
            last = client.next("message").path("sequence").asLong();
        }
        Thread publisher = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < messages; i++) {
                show(i % 2 == 0 ? one : two, "{\"topic\":\"" + topic + "\",\"what\":\"" + i + "\"}");
            }
        });
        while (seen.size() < messages) {
            int stay = 1 + random.nextInt(60);
            try (LiveClient client = LiveClient.of(stays++ % 2 == 0 ? two : one)) {
                client.resume(topic, last);
                client.next("subscribed");
                for (int i = 0; i < stay && seen.size() < messages; i++) {
                    JsonNode message = client.next("message");
                    last = message.path("sequence").asLong();
                    seen.add(Integer.parseInt(message.path("data").path("what").asString()));
                }
            }
        }
        publisher.join();

        assertThat(stays).as("seed %d", seed).isGreaterThan(5);
        assertThat(seen)
                .as("seed %d", seed)
                .isEqualTo(IntStream.range(0, messages).boxed().toList());
    }

    @Test
    void aClientThatWasAwayForLongerThanMessagesAreKeptIsToldOfTheGap() {
        String topic = topic();
        show(one, "{\"topic\":\"" + topic + "\",\"what\":\"old\"}");

        try (LiveClient client = LiveClient.of(one)) {
            client.resume(topic, 17);
            long last = client.next("subscribed").path("sequence").asLong();
            assertThat(client.next("gap").path("sequence").asLong()).isEqualTo(last);
            show(one, "{\"topic\":\"" + topic + "\",\"what\":\"new\"}");
            assertThat(client.next("message").path("sequence").asLong()).isEqualTo(last + 1);
        }
    }

    @Test
    void aMessageOfATransactionThatIsRolledBackIsNeverSeen() {
        try (LiveClient client = LiveClient.of(one)) {
            client.watch("work.screen");
            assertThatThrownBy(() -> order(one, "{\"op\":\"show-and-fail\",\"what\":\"never\"}"))
                    .hasMessageContaining("on purpose");
            show(one, "{\"what\":\"kept\"}");
            assertThat(client.nextWhat()).isEqualTo("kept");
        }
    }

    @Test
    void whatIsShownToAnotherTenantIsNotSeen() throws Exception {
        String topic = topic();
        try (LiveClient client = LiveClient.of(one)) {
            client.watch(topic);
            show(one, "{\"topic\":\"" + topic + "\",\"what\":\"theirs\",\"tenant\":\"" + otherTenant() + "\"}");
            show(one, "{\"topic\":\"" + topic + "\",\"what\":\"ours\"}");
            assertThat(client.nextWhat()).isEqualTo("ours");
        }
    }

    @Test
    void aTopicAsksForItsPermission() {
        String key = issue("work.screens.read").path("key").asString();
        String other = issue("kernel.jobs.read").path("key").asString();
        try (LiveClient allowed = LiveClient.with(one, key);
                LiveClient refused = LiveClient.with(one, other)) {
            allowed.watch("work.screen");
            refused.send("{\"type\":\"subscribe\",\"topic\":\"work.screen\"}");
            assertThat(refused.next("refused").path("code").asString()).isEqualTo("api.forbidden");
            assertThat(stream(one, other, "work.screen", null).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void whatIsNoRequestIsRefusedAndTheConnectionLives() {
        try (LiveClient client = LiveClient.of(one)) {
            for (String request : new String[] {
                "nonsense",
                "[]",
                "{\"type\":\"subscribe\"}",
                "{\"type\":\"subscribe\",\"topic\":\"work.screen\",\"after\":-1}",
                "{\"type\":\"subscribe\",\"topic\":\"work.screen\",\"after\":1e99}",
                "{\"type\":\"subscribe\",\"topic\":\"work.screen'; DROP TABLE x\"}",
            }) {
                client.send(request);
                assertThat(client.next("refused").path("code").asString()).isEqualTo("api.input-invalid");
            }
            client.send("{\"type\":\"subscribe\",\"topic\":\"work.nothing\"}");
            assertThat(client.next("refused").path("code").asString()).isEqualTo("kernel.topic-unknown");
            client.watch("work.screen");
        }
    }

    @Test
    void aTopicThatIsNoLongerWatchedIsSilent() {
        String quiet = topic();
        String loud = topic();
        try (LiveClient client = LiveClient.of(one)) {
            client.watch(quiet);
            client.watch(loud);
            client.send("{\"type\":\"unsubscribe\",\"topic\":\"" + quiet + "\"}");
            client.watch(topic());
            show(one, "{\"topic\":\"" + quiet + "\",\"what\":\"quiet\"}");
            show(one, "{\"topic\":\"" + loud + "\",\"what\":\"loud\"}");
            assertThat(client.nextWhat()).isEqualTo("loud");
        }
    }

    @Test
    void aRevokedKeyEndsItsConnectionsOnAllNodesWithinFiveSeconds() {
        JsonNode issued = issue("work.screens.read");
        String key = issued.path("key").asString();
        try (LiveClient near = LiveClient.with(one, key);
                LiveClient far = LiveClient.with(two, key)) {
            near.watch("work.screen");
            far.watch("work.screen");
            String id =
                    issued.path("id").asString(issued.path("apiKey").path("id").asString());

            assertThat(one.send(one.request(KEYS + "/" + id).DELETE().build()).status())
                    .isBetween(200, 299);

            assertThat(near.closeCode(5)).isEqualTo(1008);
            assertThat(far.closeCode(5)).isEqualTo(1008);
        }
    }

    @Test
    void strangersAndPagesOfOtherSitesDoNotConnect() {
        assertRefused(401, () -> LiveClient.with(one, "mk_unknown"));
        assertRefused(403, () -> LiveClient.from(one, "https://elsewhere.example"));
        assertRefused(403, () -> LiveClient.from(one, "null"));
        LiveClient.from(one, one.url().toString()).close();
        assertThat(one.get("/api/v1/live").status()).isEqualTo(400);
    }

    @Test
    void aClientThatTakesNothingIsLetGo() {
        String topic = topic();
        try (LiveClient client = LiveClient.dozing(one)) {
            client.send("{\"type\":\"subscribe\",\"topic\":\"" + topic + "\"}");
            show(one, "{\"topic\":\"" + topic + "\",\"count\":500,\"what\":\"" + "x".repeat(60_000) + "\"}");
            client.wake();
            assertThat(client.closeCode(60)).isIn(1013, -1);
        }
    }

    @Test
    void anEventStreamTellsTheSameAndResumes() {
        String topic = topic();
        String other = topic();
        String id;
        try (Stream<String> lines =
                stream(one, one.adminKey(), topic + "," + other, null).body()) {
            Iterator<String> events = lines.iterator();
            nextEvent(events);
            nextEvent(events);
            show(two, "{\"topic\":\"" + other + "\",\"what\":\"first\"}");
            String[] event = nextEvent(events);
            assertThat(event[1]).contains("\"type\":\"message\"").contains("first");
            id = event[0];
        }
        show(two, "{\"topic\":\"" + other + "\",\"what\":\"second\"}");
        try (Stream<String> lines =
                stream(two, two.adminKey(), topic + "," + other, id).body()) {
            Iterator<String> events = lines.iterator();
            String told = "";
            while (!told.contains("\"message\"")) {
                told = nextEvent(events)[1];
            }
            assertThat(told).contains("second");
        }
    }

    private static String[] nextEvent(Iterator<String> lines) {
        String[] event = {"", ""};
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("id: ")) {
                event[0] = line.substring(4);
            } else if (line.startsWith("data: ")) {
                event[1] = line.substring(6);
            } else if (line.isEmpty() && !event[1].isEmpty()) {
                return event;
            }
        }
        throw new AssertionError("The stream has ended after " + Arrays.toString(event));
    }

    @SuppressWarnings("resource") // The client ends with the stream that it reads.
    private static HttpResponse<Stream<String>> stream(
            TestKernel node, String key, String topics, @Nullable String after) {
        HttpRequest.Builder request = HttpRequest.newBuilder(node.url().resolve("/api/v1/live/sse?topics=" + topics))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + key);
        if (after != null) {
            request.header("Last-Event-ID", after);
        }
        return HttpClient.newHttpClient()
                .sendAsync(request.build(), HttpResponse.BodyHandlers.ofLines())
                .join();
    }

    private static void assertRefused(int status, Runnable connecting) {
        assertThatThrownBy(connecting::run)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(status));
    }

    private JsonNode issue(String permission) {
        TestResponse answer =
                one.post(KEYS, "{\"name\":\"k" + topics++ + "\",\"permissions\":[\"" + permission + "\"]}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.body();
    }

    private UUID otherTenant() throws Exception {
        try (Connection owner = TestDatabase.connect(database);
                Statement statement = owner.createStatement();
                ResultSet rows =
                        statement.executeQuery("INSERT INTO mortise.tenant (name) VALUES ('other') RETURNING id")) {
            rows.next();
            return rows.getObject(1, UUID.class);
        }
    }

    private String topic() {
        return "work.screen/" + topics++;
    }

    private TestKernel node(String name) {
        return TestKernel.node(name, database, folder.resolve(name), "");
    }
}
