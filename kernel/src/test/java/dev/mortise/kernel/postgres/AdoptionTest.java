package dev.mortise.kernel.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the next start finds after the last one was killed. */
@Tag("K5")
class AdoptionTest {
    private final ScratchData data;

    AdoptionTest() throws IOException {
        data = new ScratchData();
    }

    @AfterEach
    void delete() throws IOException {
        data.close();
    }

    @Test
    void aServerWhoseJvmWasKilledIsAdopted() throws Exception {
        long pid;
        try (HolderJvm holder = HolderJvm.start(data.folder(), data.folder())) {
            pid = pidOf(holder);
            holder.kill();
        }

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data.folder())) {
            assertThat(postgres.isAdopted()).isTrue();
            assertThat(postgres.pid()).isEqualTo(pid);
            assertThat(ScratchData.ask(postgres, "SELECT 1")).isEqualTo("1");
        }
        assertThat(ClusterProcesses.isRunning(pid)).isFalse();
    }

    @Test
    void afterBothWereKilledCommittedRowsAreThere() throws Exception {
        try (HolderJvm holder = HolderJvm.start(data.folder(), data.folder())) {
            long pid = pidOf(holder);
            holder.kill();
            try (EmbeddedPostgres adopted = EmbeddedPostgres.start(data.folder())) {
                ScratchData.ask(adopted, "CREATE TABLE kept AS SELECT 42 AS answer");
                ServerProcess.signal(pid, "KILL");
                assertThat(ServerProcess.awaitEnd(pid, Duration.ofSeconds(10))).isTrue();
            }
        }

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data.folder())) {
            assertThat(postgres.isAdopted()).isFalse();
            assertThat(ScratchData.ask(postgres, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void aPidThatNowBelongsToAnotherProgramDoesNotStandInTheWay() throws IOException, SQLException {
        leaveBehind(ProcessHandle.current().pid());

        assertStarts();
    }

    @Test
    void aZombiePostmasterDoesNotStandInTheWay() throws Exception {
        // The shell forks a child that ends at once, and becomes a program that never asks for it.
        Process careless = new ProcessBuilder("sh", "-c", "true & exec sleep 60").start();
        try {
            leaveBehind(awaitZombieChild(careless));

            assertStarts();
        } finally {
            careless.destroyForcibly().waitFor();
        }
    }

    private void assertStarts() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data.folder())) {
            assertThat(postgres.isAdopted()).isFalse();
            assertThat(ScratchData.ask(postgres, "SELECT 1")).isEqualTo("1");
        }
    }

    private void leaveBehind(long pid) throws IOException {
        Files.write(
                data.cluster().resolve("postmaster.pid"),
                List.of("" + pid, data.cluster().toString(), "1700000000", "1", "", "127.0.0.1", "", "ready   "));
    }

    private static long awaitZombieChild(Process parent) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < deadline) {
            var child = parent.children().findFirst();
            if (child.isPresent() && !ClusterProcesses.isRunning(child.get().pid())) {
                return child.get().pid();
            }
            ServerProcess.pause();
        }
        throw new AssertionError("no zombie appeared");
    }

    static long pidOf(HolderJvm holder) throws IOException, InterruptedException {
        String report = holder.report();
        assertThat(report).startsWith("pid ");
        return Long.parseLong(report.substring("pid ".length()));
    }
}
