package dev.mortise.kernel.job;

import static dev.mortise.kernel.testkit.WorkPlugin.await;
import static dev.mortise.kernel.testkit.WorkPlugin.effects;
import static dev.mortise.kernel.testkit.WorkPlugin.names;
import static dev.mortise.kernel.testkit.WorkPlugin.publish;
import static dev.mortise.kernel.testkit.WorkPlugin.schedule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.testkit.NodeProcess;
import dev.mortise.kernel.testkit.TestDatabase;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.WorkPlugin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes share the work; one is killed and one is frozen beyond its leases and wakes up again. */
@Tag("K6")
class KilledAndPausedNodeTest {
    private static final String FAST = "jobs: {threads: 8, heartbeat: PT0.2S}\nevents: {lease: PT0.8S}";
    private static final Duration BEYOND_THE_LEASES = Duration.ofSeconds(4);

    @TempDir
    Path folder;

    /** A soak: {@code -Dmortise.work.count=5000}. */
    private final int count = Integer.getInteger("mortise.work.count", 300);

    @Test
    void everyJobAndEveryEventHasItsEffectOnce() {
        DatabaseAddress database = TestDatabase.fresh();
        try (TestKernel one = TestKernel.node("one", database, folder.resolve("one"), FAST)) {
            one.plugins().install(WorkPlugin.jar("1.0.0", folder));
            try (NodeProcess two = NodeProcess.start("two", database, folder.resolve("two"), FAST);
                    NodeProcess three = NodeProcess.start("three", database, folder.resolve("three"), FAST)) {
                two.awaitReady();
                three.awaitReady();
                schedule(one, "{\"what\":\"job\",\"count\":" + count + ",\"mode\":\"sleep\",\"millis\":50}");
                publish(
                        one,
                        "{\"name\":\"work.news.x\",\"what\":\"event\",\"count\":" + count
                                + ",\"mode\":\"sleep\",\"millis\":20}");
                await("the work under way", () -> effects(one).size() > count / 5);

                three.pause();
                two.kill();
                LockSupport.parkNanos(BEYOND_THE_LEASES.toNanos());
                three.resume();

                for (String what : List.of("job", "event")) {
                    awaitAll(one, what, count);
                    assertThat(mine(one, what)).containsExactlyInAnyOrderElementsOf(names(what, count));
                }
            }
        }
    }

    /** As long as there is progress, it may take its time. */
    private static void awaitAll(TestKernel one, String what, int count) {
        while (mine(one, what).size() < count) {
            int before = mine(one, what).size();
            await("more of " + what + " than " + before, () -> mine(one, what).size() > before);
        }
    }

    private static List<String> mine(TestKernel one, String what) {
        return effects(one).stream()
                .filter(effect -> effect.startsWith(what + "-"))
                .toList();
    }
}
