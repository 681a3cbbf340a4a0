package dev.mortise.kernel.job;

import static dev.mortise.kernel.testkit.WorkPlugin.await;
import static dev.mortise.kernel.testkit.WorkPlugin.effects;
import static dev.mortise.kernel.testkit.WorkPlugin.names;
import static dev.mortise.kernel.testkit.WorkPlugin.publish;
import static dev.mortise.kernel.testkit.WorkPlugin.schedule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.testkit.TestDatabase;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.WorkPlugin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Jobs and events on two nodes of one database. */
@Tag("K6")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkOnTwoNodesTest {
    private static final String FAST = "jobs: {threads: 8, heartbeat: PT0.2S}\nevents: {lease: PT0.8S}";

    private final DatabaseAddress database = TestDatabase.fresh();

    private Path folder;
    private TestKernel one;
    private TestKernel two;

    @BeforeAll
    void start(@TempDir Path shared) {
        folder = shared;
        one = TestKernel.node("one", database, folder.resolve("one"), FAST);
        two = TestKernel.node("two", database, folder.resolve("two"), FAST);
        one.plugins().install(WorkPlugin.jar("1.0.0", folder));
        await("the plugin on both nodes", () -> !two.plugins().list().isEmpty());
        await(
                "both subscriptions",
                () -> one.get("/api/v1/kernel/events/subscriptions")
                                .body()
                                .path("items")
                                .size()
                        == 2);
    }

    @AfterAll
    void stop() {
        two.close();
        one.close();
    }

    @Test
    void jobsOfBothNodesHaveTheirEffectOnce() {
        schedule(one, "{\"what\":\"of-one\",\"count\":150}");
        schedule(two, "{\"what\":\"of-two\",\"count\":150}");

        assertOnce("of-one", 150);
        assertOnce("of-two", 150);
    }

    @Test
    void eventsOfAKeyComeOnceAndInOrderWhicheverNodeDelivers() {
        for (int i = 0; i < 4; i++) {
            publish(
                    i % 2 == 0 ? one : two,
                    "{\"name\":\"work.news.x\",\"key\":\"k\",\"what\":\"round" + i + "\",\"count\":40}");
        }

        List<String> expected = List.of(0, 1, 2, 3).stream()
                .flatMap(i -> names("round" + i, 40).stream())
                .toList();
        await("all events", () -> mine("round").size() >= expected.size());
        assertThat(mine("round")).isEqualTo(expected);
    }

    @Test
    void aRunWhoseJobWasTakenOverKeepsNothing() throws Exception {
        takeOverWhileItRuns("lost", "until");
    }

    @Test
    void aThreadThatALostRunStartedKeepsNothingEither() throws Exception {
        takeOverWhileItRuns("beside", "background");
    }

    @Test
    void nothingIsLostOrDoneTwiceWhenTheDatabaseIsAwayForSeconds() throws Exception {
        schedule(one, "{\"what\":\"outage-job\",\"count\":150,\"mode\":\"sleep\",\"millis\":30}");
        publish(two, "{\"name\":\"work.news.x\",\"what\":\"outage-event\",\"count\":150}");
        String name = database.jdbcUrl().replaceFirst(".*/", "");
        try (Connection admin = TestDatabase.connect(TestDatabase.server().administrator());
                Statement statement = admin.createStatement()) {
            statement.execute("ALTER DATABASE " + name + " CONNECTION LIMIT 0");
            try {
                long until = System.nanoTime() + Duration.ofSeconds(3).toNanos();
                while (System.nanoTime() < until) {
                    statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name
                            + "' AND usename <> 'postgres'");
                    LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                }
            } finally {
                statement.execute("ALTER DATABASE " + name + " CONNECTION LIMIT -1");
            }
        }

        await("the database again", () -> one.get("/health/ready").status() == 200);
        await("the database again", () -> two.get("/health/ready").status() == 200);
        assertOnce("outage-job", 150);
        assertOnce("outage-event", 150);
    }

    private void takeOverWhileItRuns(String what, String mode) throws Exception {
        Path gate = folder.resolve("gate-" + what);
        schedule(one, "{\"what\":\"" + what + "\",\"mode\":\"" + mode + "\",\"file\":\"" + gate + "\"}");
        await("the run", () -> mine(what).contains(what + " began"));

        // As the queue does it when a node has been silent for longer than its lease.
        sql("UPDATE mortise.job_queue SET picked = false, picked_by = NULL, last_heartbeat = NULL,"
                + " version = version + 1 WHERE picked");
        await("another run of the job", () -> Collections.frequency(mine(what), what + " began") == 2);
        Files.createFile(gate);

        await("the effect", () -> mine(what).contains(what));
        await(
                "the end of both runs",
                () -> one.get("/api/v1/kernel/jobs?limit=1")
                        .body()
                        .path("items")
                        .path(0)
                        .path("state")
                        .asString()
                        .equals("SUCCEEDED"));
        assertThat(mine(what)).containsOnlyOnce(what);
    }

    private void assertOnce(String what, int count) {
        await(what, () -> mine(what).size() >= count);
        assertThat(mine(what)).containsExactlyInAnyOrderElementsOf(names(what, count));
    }

    private List<String> mine(String what) {
        return effects(one).stream().filter(effect -> effect.startsWith(what)).toList();
    }

    private void sql(String sql) throws SQLException {
        try (Connection owner = TestDatabase.connect(database);
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }
}
