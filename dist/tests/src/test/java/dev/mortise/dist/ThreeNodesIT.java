package dev.mortise.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.WorkPlugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three servers share jobs and events; in the middle of the work one is killed, and one is frozen until others have
 * taken over what it had, and wakes up. Nothing keeps the plugin's table from having an effect twice, so a second one
 * would be seen.
 */
@Tag("K6")
class ThreeNodesIT {
    /** Of jobs, and of events. */
    private static final int COUNT = Integer.getInteger("mortise.work.count", 400);

    private static final int BATCH = 100;
    private static final Duration FROZEN = Duration.ofSeconds(6);
    private static final Duration STALLED = Duration.ofSeconds(60);

    /** Slow enough that the faults come in the middle of the work, whatever its amount. */
    private static final String CONFIGURATION = """
            cluster: {beatMillis: 300, goneMillis: 3000, leaseMillis: 2000}
            jobs: {threads: 4, heartbeat: PT0.5S}
            events: {lanes: 2, lease: PT2S}
            """;

    @TempDir
    Path folder;

    private ExternalPostgres postgres;
    private List<ServerUnderTest> nodes;

    @BeforeEach
    void start() throws IOException {
        postgres = ExternalPostgres.in(folder.resolve("database"));
        Path configuration = Files.writeString(folder.resolve("mortise.yaml"), CONFIGURATION);
        nodes = Stream.of("one", "two", "three")
                .map(name -> new ServerUnderTest(folder.resolve(name), postgres.node(name, configuration)))
                .toList();
        nodes.forEach(ServerUnderTest::awaitReady);
    }

    @AfterEach
    void stop() {
        nodes.forEach(ServerUnderTest::close);
        postgres.close();
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void everyJobAndEveryEventHasItsEffectOnceThoughOneNodeIsKilledAndOneIsFrozen() throws IOException {
        FaultyGround.installWork(nodes.getFirst(), folder);
        long began = System.nanoTime();
        CompletableFuture<Void> ordered = CompletableFuture.runAsync(this::order, Thread::startVirtualThread);
        await("all three at work", () -> workers() == 3 && deliverers() == 3);
        assertThat(done()).as("effects before the faults").isLessThan(COUNT);

        ServerUnderTest killed = nodes.get(1);
        ServerUnderTest frozen = nodes.get(2);
        frozen.pause();
        killed.kill();
        Wait.pause(FROZEN);
        long takenOver = postgres.number("SELECT count(*) FROM mortise.job WHERE lost_runs > 0");
        long doneMeanwhile = done();
        frozen.resume();

        ordered.join();
        awaitAll("job");
        awaitAll("event");
        awaitEndOfWhatTheFrozenNodeHad();
        assertThat(postgres.effects("job")).containsExactlyInAnyOrderEntriesOf(eachOnce("job"));
        assertThat(postgres.effects("event")).containsExactlyInAnyOrderEntriesOf(eachOnce("event"));
        assertThat(takenOver).as("runs that others took over").isPositive();
        System.out.printf(
                "ThreeNodesIT: %d jobs and %d events in %.1f s, one node killed, one frozen for %d s; %d runs taken over,"
                        + " %d effects when it woke up, %d in the end, none twice%n",
                COUNT, COUNT, (System.nanoTime() - began) / 1e9, FROZEN.toSeconds(), takenOver, doneMeanwhile, done());
    }

    private void order() {
        for (int batch = 0; batch < COUNT / BATCH; batch++) {
            order("\"op\":\"schedule\",\"what\":\"job-" + batch + "\",\"millis\":150");
            order("\"op\":\"publish\",\"name\":\"work.news.x\",\"what\":\"event-" + batch + "\",\"millis\":20");
        }
    }

    private void order(String what) {
        try {
            nodes.getFirst().post("/api/v1/work/orders", "{" + what + ",\"mode\":\"sleep\",\"count\":" + BATCH + "}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Integer> eachOnce(String what) {
        Map<String, Integer> all = new HashMap<>();
        for (int batch = 0; batch < COUNT / BATCH; batch++) {
            WorkPlugin.names(what + "-" + batch, BATCH).forEach(name -> all.put(name, 1));
        }
        return all;
    }

    private long workers() {
        return postgres.number("SELECT count(DISTINCT picked_by) FROM mortise.job_queue WHERE picked");
    }

    private long deliverers() {
        return postgres.number(
                "SELECT count(DISTINCT leased_by) FROM mortise.event_delivery WHERE leased_until > clock_timestamp()");
    }

    private long done() {
        return postgres.number("SELECT count(*) FROM work.effect");
    }

    private void awaitAll(String what) {
        // However slow the machine is, it is not stuck as long as there is more.
        for (int before = postgres.effects(what).size();
                before < COUNT;
                before = postgres.effects(what).size()) {
            int reached = before;
            await(
                    "more of " + what + " than " + reached,
                    () -> postgres.effects(what).size() > reached);
        }
    }

    /** Whatever was under way on the frozen node has come to an end when it has taken and ended new work. */
    private void awaitEndOfWhatTheFrozenNodeHad() {
        await("nothing runs", () -> workers() == 0);
        nodes.get(2).awaitReady();
        Wait.pause(Duration.ofSeconds(2));
    }

    private void await(String what, Wait.Condition condition) {
        Wait.until(what, STALLED, condition, () -> nodes.getFirst().log());
    }
}
