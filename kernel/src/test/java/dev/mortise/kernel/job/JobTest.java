package dev.mortise.kernel.job;

import static dev.mortise.kernel.testkit.WorkPlugin.await;
import static dev.mortise.kernel.testkit.WorkPlugin.effects;
import static dev.mortise.kernel.testkit.WorkPlugin.names;
import static dev.mortise.kernel.testkit.WorkPlugin.order;
import static dev.mortise.kernel.testkit.WorkPlugin.schedule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.testkit.TestDatabase;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import dev.mortise.kernel.testkit.WorkPlugin;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Jobs on one node. */
@Tag("K4")
class JobTest {
    private static final String FAST = "jobs: {threads: 8, heartbeat: PT0.2S}";

    @TempDir
    Path folder;

    private TestKernel kernel;
    private final dev.mortise.kernel.store.DatabaseAddress database = TestDatabase.fresh();

    @BeforeEach
    void start() {
        kernel = TestKernel.on(database, FAST, WorkPlugin.jar("1.0.0", folder));
    }

    @AfterEach
    void stop() {
        kernel.close();
    }

    @Test
    void aJobRunsAndIsKeptAsSucceeded() {
        UUID id = schedule(kernel, "{\"what\":\"one\"}").getFirst();

        awaitState(id, "SUCCEEDED");
        assertThat(effects(kernel)).containsExactly("one");
        TestResponse shown = kernel.get("/api/v1/kernel/jobs/" + id);
        assertThat(shown.body().path("job").path("attempt").asInt()).isEqualTo(1);
        assertThat(shown.body().path("payload").path("what").asString()).isEqualTo("one");
    }

    @Test
    void aHandlerThatJustReturnsHasItsJobEndedForIt() {
        UUID id = schedule(kernel, "{\"what\":\"plain\",\"mode\":\"plain\"}").getFirst();

        awaitState(id, "SUCCEEDED");
        assertThat(effects(kernel)).containsExactly("plain");
    }

    @Test
    void aJobThatIsScheduledInATransactionIsDroppedWithIt() {
        assertThatThrownBy(() -> order(kernel, "{\"op\":\"schedule-and-fail\",\"what\":\"never\"}"))
                .hasMessageContaining("on purpose");

        schedule(kernel, "{\"what\":\"later\"}");
        await("the later job", () -> effects(kernel).contains("later"));
        assertThat(effects(kernel)).containsExactly("later");
        assertThat(states()).containsExactly("SUCCEEDED");
    }

    @Test
    void aKeySchedulesOnce() {
        UUID first = schedule(kernel, "{\"what\":\"one\",\"key\":\"order-17\"}").getFirst();
        UUID second =
                schedule(kernel, "{\"what\":\"two\",\"key\":\"order-17\"}").getFirst();

        assertThat(second).isEqualTo(first);
        awaitState(first, "SUCCEEDED");
        assertThat(effects(kernel)).containsExactly("one");
    }

    @Test
    void aLaterJobWaitsForItsTime() {
        UUID later = schedule(kernel, "{\"what\":\"later\",\"inMillis\":1500}").getFirst();
        UUID now = schedule(kernel, "{\"what\":\"now\"}").getFirst();

        awaitState(now, "SUCCEEDED");
        assertThat(state(later)).isEqualTo("SCHEDULED");
        awaitState(later, "SUCCEEDED");
        assertThat(effects(kernel)).containsExactly("now", "later");
    }

    @Test
    void aFailedRunIsTriedAgainUntilItSucceeds() {
        UUID id = schedule(kernel, "{\"what\":\"x\",\"mode\":\"fail\",\"times\":2}")
                .getFirst();

        awaitState(id, "SUCCEEDED");
        assertThat(effects(kernel)).containsExactly("x try 1", "x try 2", "x try 3");
    }

    @Test
    void aJobWhoseTriesAreUsedUpIsDeadAndCanBeReplayedAndDropped() {
        UUID id = schedule(kernel, "{\"what\":\"x\",\"mode\":\"fail\"}").getFirst();

        awaitState(id, "DEAD");
        assertThat(effects(kernel)).hasSize(3);
        TestResponse dead = kernel.get("/api/v1/kernel/jobs?state=dead");
        assertThat(dead.body()
                        .path("items")
                        .path(0)
                        .path("failure")
                        .path("message")
                        .asString())
                .contains("on purpose");

        assertThat(kernel.post("/api/v1/kernel/jobs/" + id + "/replay", "{}").status())
                .isEqualTo(200);
        await("three more tries", () -> effects(kernel).size() == 6);
        awaitState(id, "DEAD");

        assertThat(delete(id)).isEqualTo(204);
        assertThat(kernel.get("/api/v1/kernel/jobs/" + id).status()).isEqualTo(404);
    }

    @Test
    void aRefusalIsNotTriedAgain() {
        UUID id = schedule(kernel, "{\"what\":\"x\",\"mode\":\"refuse\"}").getFirst();

        awaitState(id, "DEAD");
        assertThat(kernel.get("/api/v1/kernel/jobs/" + id)
                        .body()
                        .path("job")
                        .path("attempt")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void workThatFailsInsideOfCompleteLeavesNothingAndIsTriedAgain() {
        UUID id = schedule(kernel, "{\"what\":\"x\",\"mode\":\"half\"}").getFirst();

        awaitState(id, "DEAD");
        assertThat(effects(kernel)).isEmpty();
    }

    @Test
    void nothingIsWrittenAfterComplete() {
        UUID id = schedule(kernel, "{\"what\":\"x\",\"mode\":\"after\"}").getFirst();

        awaitState(id, "SUCCEEDED");
        assertThat(effects(kernel)).containsExactly("x");
    }

    @Test
    void highPriorityComesFirstAndLowLast() throws IOException {
        Path gate = folder.resolve("gate");
        // Eight runs hold all threads while the others are scheduled.
        schedule(kernel, "{\"what\":\"hold\",\"count\":8,\"mode\":\"until\",\"file\":\"" + gate + "\"}");
        await("all threads are held", () -> effects(kernel).size() == 8);
        schedule(kernel, "{\"what\":\"low\",\"count\":8,\"priority\":\"LOW\",\"lane\":\"one\"}");
        schedule(kernel, "{\"what\":\"normal\",\"count\":8,\"lane\":\"one\"}");
        schedule(kernel, "{\"what\":\"high\",\"count\":8,\"priority\":\"HIGH\",\"lane\":\"one\"}");
        Files.createFile(gate);

        await("all have run", () -> effects(kernel).size() == 8 + 8 + 24);
        assertThat(effects(kernel).stream()
                        .filter(effect -> !effect.startsWith("hold"))
                        .map(effect -> effect.replaceFirst("-.*", "")))
                .isEqualTo(IntStream.range(0, 24)
                        .mapToObj(i -> i < 8 ? "high" : i < 16 ? "normal" : "low")
                        .toList());
    }

    @Test
    void aLaneRunsAtMostSoManyAtOnceAndOthersPassIt() throws IOException {
        Path gate = folder.resolve("gate");
        schedule(
                kernel,
                "{\"what\":\"lane\",\"count\":6,\"lane\":\"a\",\"limit\":2,\"mode\":\"until\",\"file\":\"" + gate
                        + "\"}");
        schedule(kernel, "{\"what\":\"free\",\"count\":3}");

        await("the others", () -> effects(kernel).containsAll(names("free", 3)));
        await("two of the lane", () -> began() == 2);
        assertThat(began()).isEqualTo(2);
        Files.createFile(gate);
        await("all of the lane", () -> effects(kernel).containsAll(names("lane", 6)));
    }

    @Test
    void aTenantsThousandJobsDoNotStarveAnothersOne() throws SQLException {
        String other = tenant("other");
        schedule(kernel, "{\"what\":\"many\",\"count\":1000,\"mode\":\"sleep\",\"millis\":200}");
        int before = effects(kernel).size();
        order(kernel, "{\"op\":\"schedule\",\"tenant\":\"" + other + "\",\"what\":\"one\",\"mode\":\"tenant\"}");

        await("the other tenant's job", () -> !effectsOf(other).isEmpty());

        assertThat(effectsOf(other).path(0).asString()).isEqualTo("one for " + other);
        assertThat(effects(kernel).size() - before)
                .as("how many of the first tenant's jobs came before it")
                .isLessThan(50);
        assertThat(effects(kernel)).doesNotContain("one for " + other).hasSizeLessThan(900);
    }

    @Test
    void aCancelledJobDoesNotRunAndARunningOneIsInterruptedAndKeepsNothing() {
        UUID waiting =
                schedule(kernel, "{\"what\":\"waiting\",\"inMillis\":60000}").getFirst();
        UUID running = schedule(kernel, "{\"what\":\"running\",\"mode\":\"until\",\"file\":\"/nowhere\"}")
                .getFirst();
        await("the run", () -> effects(kernel).contains("running began"));

        assertThat(kernel.post("/api/v1/kernel/jobs/" + waiting + "/cancel", "{}")
                        .status())
                .isEqualTo(200);
        assertThat(kernel.post("/api/v1/kernel/jobs/" + running + "/cancel", "{}")
                        .status())
                .isEqualTo(200);

        assertThat(state(waiting)).isEqualTo("CANCELLED");
        assertThat(state(running)).isEqualTo("CANCELLED");
        assertThat(kernel.post("/api/v1/kernel/jobs/" + running + "/cancel", "{}")
                        .body()
                        .path("code")
                        .asString())
                .isEqualTo("kernel.job-state");
        await("the run has ended", () -> queued() == 0);
        assertThat(effects(kernel)).containsExactly("running began");
    }

    @Test
    void anUpdateLetsRunsEndOnTheOldVersionAndStartsNewOnesOnTheNew() throws Exception {
        Path gate = folder.resolve("gate");
        UUID old = schedule(kernel, "{\"what\":\"old\",\"mode\":\"until\",\"file\":\"" + gate + "\"}")
                .getFirst();
        await("the run", () -> effects(kernel).contains("old began"));
        Thread update = Thread.ofVirtual().start(() -> kernel.plugins().update(WorkPlugin.jar("2.0.0", folder)));
        await("a run on the new version", () -> {
            schedule(kernel, "{\"what\":\"fresh\",\"mode\":\"version\"}");
            return effects(kernel).contains("fresh by 2.0.0");
        });
        assertThat(state(old)).isEqualTo("RUNNING");
        Files.createFile(gate);
        update.join();
        awaitState(old, "SUCCEEDED");
        assertThat(effects(kernel)).contains("old");
    }

    @Test
    void jobsOfAStoppedPluginAreParkedAndWakeWhenItComesBack() {
        UUID id = schedule(kernel, "{\"what\":\"x\",\"inMillis\":800}").getFirst();
        kernel.plugins().stop("work");

        awaitState(id, "PARKED");
        assertThat(kernel.get("/api/v1/kernel/jobs/states").body().path("items").toString())
                .contains("PARKED")
                .contains("work.do");

        await(
                "the note beside readiness",
                () -> kernel.get("/health/ready").text().contains("1 jobs wait"));
        assertThat(kernel.get("/health/ready").status()).isEqualTo(200);

        kernel.plugins().start("work");
        awaitState(id, "SUCCEEDED");
    }

    @Test
    void aRepetitionRunsWhenItIsDueAndOnceForAllThatWasMissed() throws SQLException {
        order(kernel, "{\"op\":\"repeat\",\"name\":\"nightly\",\"cron\":\"0 2 * * *\",\"what\":\"tick\"}");
        sql("UPDATE mortise.job_repetition SET next_at = now() - interval '3 days'");

        await("the tick", () -> effects(kernel).contains("tick"));
        order(kernel, "{\"op\":\"repeat\",\"name\":\"nightly\",\"cron\":\"0 2 * * *\",\"what\":\"tick\"}");

        assertThat(effects(kernel)).containsExactly("tick");
        assertThat(query("SELECT count(*) FROM mortise.job_repetition WHERE next_at > now()"))
                .isEqualTo(1);
    }

    @Test
    void jobsArePagedNewestFirst() {
        List<UUID> ids = schedule(kernel, "{\"what\":\"x\",\"count\":5,\"inMillis\":60000}");

        TestResponse first = kernel.get("/api/v1/kernel/jobs?limit=3&state=scheduled");
        TestResponse second = kernel.get(
                "/api/v1/kernel/jobs?limit=3&after=" + first.body().path("next").asString());

        assertThat(first.body().path("items").findValuesAsString("id"))
                .containsExactly(
                        ids.get(4).toString(), ids.get(3).toString(), ids.get(2).toString());
        assertThat(second.body().path("items").findValuesAsString("id"))
                .containsExactly(ids.get(1).toString(), ids.get(0).toString());
        assertThat(second.body().has("next")).isFalse();
    }

    @Test
    void whatCannotBeAskedForIsRefusedWithARemedy() {
        for (String path :
                List.of("?state=lost", "?limit=0", "?limit=501", "?after=x", "/x", "/" + UUID.randomUUID())) {
            TestResponse refused = kernel.get("/api/v1/kernel/jobs" + path);
            assertThat(refused.status()).as(path).isIn(400, 404);
            assertThat(refused.body().path("remedy").asString()).as(path).isNotBlank();
        }
        assertThatThrownBy(() -> schedule(kernel, "{\"what\":\"x\",\"handler\":\"other.do\"}"))
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.errorCode()).isEqualTo(ApiError.INPUT_INVALID));
        assertThatThrownBy(() -> schedule(kernel, "{\"what\":\"" + "x".repeat(300_000) + "\"}"))
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.errorCode()).isEqualTo(ApiError.INPUT_TOO_LARGE));
    }

    private JsonNode effectsOf(String tenant) {
        return order(kernel, "{\"op\":\"effects\",\"tenant\":\"" + tenant + "\"}");
    }

    private long began() {
        return effects(kernel).stream()
                .filter(effect -> effect.endsWith("began"))
                .count();
    }

    private String state(UUID id) {
        return kernel.get("/api/v1/kernel/jobs/" + id)
                .body()
                .path("job")
                .path("state")
                .asString();
    }

    private void awaitState(UUID id, String state) {
        await(id + " is " + state, () -> state(id).equals(state));
    }

    private List<String> states() {
        return kernel.get("/api/v1/kernel/jobs").body().path("items").findValuesAsString("state");
    }

    private int delete(UUID id) {
        return kernel.send(kernel.request("/api/v1/kernel/jobs/" + id)
                        .method("DELETE", HttpRequest.BodyPublishers.noBody())
                        .build())
                .status();
    }

    private long queued() {
        try {
            return query("SELECT count(*) FROM mortise.job_queue");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String tenant(String name) throws SQLException {
        sql("INSERT INTO mortise.tenant (name) VALUES ('" + name + "')");
        try (Connection owner = TestDatabase.connect(database);
                Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM mortise.tenant WHERE name = '" + name + "'")) {
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

    private long query(String sql) throws SQLException {
        try (Connection owner = TestDatabase.connect(database);
                Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
