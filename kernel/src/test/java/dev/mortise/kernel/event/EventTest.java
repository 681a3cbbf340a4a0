package dev.mortise.kernel.event;

import static dev.mortise.kernel.testkit.WorkPlugin.await;
import static dev.mortise.kernel.testkit.WorkPlugin.effects;
import static dev.mortise.kernel.testkit.WorkPlugin.names;
import static dev.mortise.kernel.testkit.WorkPlugin.order;
import static dev.mortise.kernel.testkit.WorkPlugin.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.testkit.TestDatabase;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.WorkPlugin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Events on one node. */
@Tag("K4")
class EventTest {
    private static final String FAST = "events: {lease: PT0.8S}";
    private static final String SUBSCRIPTIONS = "/api/v1/kernel/events/subscriptions";
    private static final String PARKED = "/api/v1/kernel/events/parked";

    @TempDir
    Path folder;

    private final DatabaseAddress database = TestDatabase.fresh();
    private TestKernel kernel;

    @BeforeEach
    void start() {
        kernel = TestKernel.on(database, FAST, WorkPlugin.jar("1.0.0", folder));
        await(
                "both subscriptions",
                () -> kernel.get(SUBSCRIPTIONS).body().path("items").size() == 2);
    }

    @AfterEach
    void stop() {
        kernel.close();
    }

    @Test
    void anEventReachesItsSubscriberOnceAndNobodyElse() {
        publish(kernel, "{\"name\":\"work.news.made\",\"what\":\"one\"}");

        await("the event", () -> effects(kernel).contains("one"));
        awaitCaughtUp("work.seen");
        assertThat(effects(kernel)).containsExactly("one");
    }

    @Test
    void anEventOfATransactionThatIsRolledBackIsNeverSeen() {
        assertThatThrownBy(() ->
                        order(kernel, "{\"op\":\"publish-and-fail\",\"name\":\"work.news.x\",\"what\":\"never\"}"))
                .hasMessageContaining("on purpose");
        publish(kernel, "{\"name\":\"work.news.made\",\"what\":\"later\"}");

        await("the later event", () -> effects(kernel).contains("later"));
        assertThat(effects(kernel)).containsExactly("later");
    }

    @Test
    void eventsOfAKeyComeInOrder() {
        for (int i = 0; i < 5; i++) {
            publish(
                    kernel,
                    "{\"name\":\"work.news.made\",\"key\":\"k\",\"what\":\"batch" + i
                            + "\",\"count\":40,\"mode\":\"plain\"}");
        }

        List<String> expected = java.util.stream.IntStream.range(0, 5)
                .mapToObj(i -> names("batch" + i, 40))
                .flatMap(List::stream)
                .toList();
        await("all events", () -> effects(kernel).size() == expected.size());
        assertThat(effects(kernel)).isEqualTo(expected);
    }

    @Test
    void anEventThatCommitsLateIsNotMissed() throws Exception {
        Path gate = folder.resolve("gate");
        Thread slow = Thread.ofVirtual()
                .start(() -> order(
                        kernel,
                        "{\"op\":\"publish-slowly\",\"name\":\"work.news.x\",\"what\":\"slow\",\"key\":\"a\",\"file\":\""
                                + gate + "\"}"));
        await("the open transaction", () -> openTransactions() > 0);
        publish(kernel, "{\"name\":\"work.news.x\",\"what\":\"quick\",\"key\":\"a\",\"count\":20}");
        await(
                "the quick ones, though an older transaction is open",
                () -> effects(kernel).containsAll(names("quick", 20)));

        Files.createFile(gate);
        slow.join();
        await("the slow one", () -> effects(kernel).contains("slow"));
    }

    @Test
    void aFailedDeliveryIsTriedAgain() {
        publish(kernel, "{\"name\":\"work.news.x\",\"what\":\"x\",\"mode\":\"fail\",\"times\":2}");

        await("the third try", () -> effects(kernel).contains("x try 3"));
        awaitCaughtUp("work.seen");
        assertThat(effects(kernel)).containsExactly("x try 1", "x try 2", "x try 3");
    }

    @Test
    void aPoisonousEventIsSetAsideAndTheNextOfItsKeyGoesOn() {
        publish(kernel, "{\"name\":\"work.news.x\",\"what\":\"bad\",\"key\":\"a\",\"mode\":\"half\"}");
        publish(kernel, "{\"name\":\"work.news.x\",\"what\":\"good\",\"key\":\"a\"}");

        await("the next event", () -> effects(kernel).contains("good"));
        JsonNode parked = kernel.get(PARKED).body().path("items").path(0);
        assertThat(parked.path("subscriber").asString()).isEqualTo("work.seen");
        assertThat(parked.path("attempts").asInt()).isEqualTo(3);
        assertThat(parked.path("errorMessage").asString()).contains("on purpose");
        assertThat(effects(kernel)).containsExactly("good");
    }

    @Test
    void anEventThatWasSetAsideCanBeDeliveredAgain() throws SQLException {
        publish(kernel, "{\"name\":\"work.news.x\",\"what\":\"bad\",\"mode\":\"half\"}");
        await("it is set aside", () -> kernel.get(PARKED).body().path("items").size() == 1);
        String id = kernel.get(PARKED).body().path("items").path(0).path("id").asString();
        assertThat(kernel.post(PARKED + "/" + id + "/replay", "").status()).isEqualTo(500);

        sql("UPDATE mortise.event_parked SET payload = '{\"what\":\"mended\"}'");
        assertThat(kernel.post(PARKED + "/" + id + "/replay", "").status()).isEqualTo(204);

        assertThat(effects(kernel)).containsExactly("mended");
        assertThat(kernel.get(PARKED).body().path("items")).isEmpty();
        assertThat(kernel.post(PARKED + "/" + id + "/replay", "").status()).isEqualTo(404);
    }

    @Test
    void aStrictSubscriptionStopsAtAPoisonousEventUntilItIsResumed() throws SQLException {
        publish(kernel, "{\"name\":\"work.strict.x\",\"what\":\"bad\",\"key\":\"a\",\"mode\":\"refuse\"}");
        publish(kernel, "{\"name\":\"work.strict.x\",\"what\":\"next\",\"key\":\"a\"}");

        await(
                "it has stopped",
                () -> subscription("work.strict").path("lanesStopped").asInt() == 1);
        assertThat(subscription("work.strict").path("errorCode").asString()).isEqualTo("api.input-invalid");
        assertThat(effects(kernel)).isEmpty();

        sql("UPDATE mortise.event SET payload = '{\"what\":\"mended\"}' WHERE payload ->> 'what' = 'bad'");
        assertThat(kernel.post(SUBSCRIPTIONS + "/work.strict/resume", "").status())
                .isEqualTo(200);

        await("both", () -> effects(kernel).size() == 2);
        assertThat(effects(kernel)).containsExactly("mended", "next");
    }

    @Test
    void eventsAreReplayedFromATimeOrAPosition() {
        publish(kernel, "{\"name\":\"work.news.x\",\"what\":\"first\",\"count\":10}");
        await("the first ten", () -> effects(kernel).size() == 10);
        awaitCaughtUp("work.seen");
        Instant between = Instant.now();
        publish(kernel, "{\"name\":\"work.news.x\",\"what\":\"second\",\"count\":5}");
        await("all", () -> effects(kernel).size() == 15);
        awaitCaughtUp("work.seen");

        kernel.post(SUBSCRIPTIONS + "/work.seen/replay", "{\"time\":\"" + between + "\"}");
        await("five again", () -> effects(kernel).size() == 20);
        awaitCaughtUp("work.seen");
        kernel.post(SUBSCRIPTIONS + "/work.seen/replay", "{\"position\":0}");
        await("fifteen again", () -> effects(kernel).size() == 35);
        awaitCaughtUp("work.seen");

        assertThat(effects(kernel)).hasSize(35);
        assertThat(kernel.post(SUBSCRIPTIONS + "/work.seen/replay", "{}").status())
                .isEqualTo(400);
        assertThat(kernel.post(SUBSCRIPTIONS + "/nobody/replay", "{\"position\":0}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aSubscriberThatWasUpdatedGoesOnWhereItWas() throws Exception {
        Path gate = folder.resolve("gate");
        publish(
                kernel,
                "{\"name\":\"work.news.x\",\"key\":\"a\",\"what\":\"old\",\"mode\":\"until\",\"file\":\"" + gate
                        + "\"}");
        await("the delivery", () -> effects(kernel).contains("old began"));
        publish(kernel, "{\"name\":\"work.news.x\",\"key\":\"a\",\"what\":\"next\",\"count\":3,\"mode\":\"version\"}");
        Thread update = Thread.ofVirtual().start(() -> kernel.plugins().update(WorkPlugin.jar("2.0.0", folder)));
        Files.createFile(gate);
        update.join();

        await("all events", () -> effects(kernel).size() == 5);
        assertThat(effects(kernel).getFirst()).isEqualTo("old began");
        assertThat(effects(kernel).get(1)).isEqualTo("old");
        assertThat(effects(kernel).subList(2, 5)).allMatch(effect -> effect.matches("next-\\d by [12]\\.0\\.0"));
    }

    @Test
    void aSubscriberThatWasStoppedFindsWhatItMissed() throws SQLException {
        kernel.plugins().stop("work");
        sql("INSERT INTO mortise.event (tenant_id, lane, name, payload, trace_id) SELECT id, 0, 'work.news.x',"
                + " '{\"what\":\"missed\"}', 't' FROM mortise.tenant");

        kernel.plugins().start("work");

        await("what it missed", () -> effects(kernel).contains("missed"));
    }

    @Test
    void anEventKeepsItsTenant() throws SQLException {
        sql("INSERT INTO mortise.tenant (name) VALUES ('other')");
        String other = kernelTenant("other");
        order(
                kernel,
                "{\"op\":\"publish\",\"tenant\":\"" + other
                        + "\",\"name\":\"work.news.x\",\"what\":\"theirs\",\"mode\":\"tenant\"}");

        await(
                "their event",
                () -> order(kernel, "{\"op\":\"effects\",\"tenant\":\"" + other + "\"}")
                                .size()
                        == 1);
        assertThat(order(kernel, "{\"op\":\"effects\",\"tenant\":\"" + other + "\"}")
                        .path(0)
                        .asString())
                .isEqualTo("theirs for " + other);
        assertThat(effects(kernel)).isEmpty();
    }

    @Test
    void eventsThatAreOldAreForgotten() throws SQLException {
        publish(kernel, "{\"name\":\"work.news.x\",\"what\":\"x\"}");
        await("it", () -> effects(kernel).size() == 1);
        sql("UPDATE mortise.event SET published_at = now() - interval '8 days'");

        await("nothing is left", () -> count("SELECT count(*) FROM mortise.event") == 0);
    }

    @Test
    void aNameOfAnotherPluginOrAPayloadTooLargeIsRefused() {
        for (String name : List.of("other.made", "work", "work.", "work.News", "work..x")) {
            assertThatThrownBy(() -> publish(kernel, "{\"name\":\"" + name + "\",\"what\":\"x\"}"))
                    .isInstanceOfSatisfying(
                            MortiseException.class,
                            e -> assertThat(e.errorCode()).as(name).isEqualTo(ApiError.INPUT_INVALID));
        }
        assertThatThrownBy(() -> publish(kernel, "{\"name\":\"work.news.x\",\"what\":\"" + "x".repeat(300_000) + "\"}"))
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.errorCode()).isEqualTo(ApiError.INPUT_TOO_LARGE));
    }

    private JsonNode subscription(String name) {
        for (JsonNode each : kernel.get(SUBSCRIPTIONS).body().path("items")) {
            if (each.path("name").asString().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("No subscription " + name);
    }

    private void awaitCaughtUp(String name) {
        await(
                name + " has caught up",
                () -> subscription(name).path("lanesBehind").asInt() == 0);
    }

    private long openTransactions() {
        return count("SELECT count(*) FROM pg_locks WHERE relation = 'mortise.event'::regclass AND mode ="
                + " 'RowExclusiveLock'");
    }

    private String kernelTenant(String name) throws SQLException {
        try (Connection owner = TestDatabase.connect(database);
                Statement statement = owner.createStatement();
                var rows = statement.executeQuery("SELECT id FROM mortise.tenant WHERE name = '" + name + "'")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void sql(String sql) throws SQLException {
        try (Connection owner = TestDatabase.connect(database);
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    private long count(String sql) {
        try (Connection owner = TestDatabase.connect(database);
                Statement statement = owner.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
