package dev.mortise.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.CutWire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two servers under load on a database that goes away, slows down, has no connection left or no room on its disk. */
@Tag("D2")
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class DatabaseFaultIT {
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("mortise.outage.seconds", 5));
    private static final Duration A_WHILE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private FaultyGround ground;

    @BeforeEach
    void prepare() throws IOException {
        ground = new FaultyGround(folder);
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    @Test
    void aDatabaseThatWasStoppedComesBackAndNothingIsLostOrDoneTwice() throws IOException {
        ExternalPostgres postgres = ground.of(ExternalPostgres.in(folder.resolve("database")));
        ServerUnderTest one = node(postgres, "one");
        ServerUnderTest two = node(postgres, "two");
        ground.ready().underLoad("the database was stopped for " + OUTAGE.toSeconds() + " s", () -> {
            postgres.stop();
            for (ServerUnderTest each : new ServerUnderTest[] {one, two}) {
                FaultyGround.awaitReady(each, false);
                FaultyGround.refusesClearly(each);
            }
            Wait.pause(OUTAGE);
            postgres.start();
        });
    }

    @Test
    void thePostgresqlThatTheServerOwnsIsStartedAgainWhenItIsKilled() throws IOException {
        Path data = folder.resolve("alone");
        ground.add(new ServerUnderTest(
                data, java.util.Map.of("MORTISE_CONFIG", ground.configuration().toString())));

        ground.ready().underLoad("the server's own PostgreSQL was killed", () -> {
            Path file = data.resolve("postgres/cluster/postmaster.pid");
            Machine.run("kill", "-KILL", Files.readAllLines(file).getFirst());
        });
    }

    @Test
    @Tag("soak")
    void aDatabaseThatCrashedComesBackAndNothingIsLostOrDoneTwice() throws IOException {
        ExternalPostgres postgres = ground.of(ExternalPostgres.in(folder.resolve("database")));
        node(postgres, "one");
        node(postgres, "two");
        ground.ready().underLoad("the database crashed and came back after " + OUTAGE.toSeconds() + " s", () -> {
            postgres.crash();
            Wait.pause(OUTAGE);
            postgres.start();
        });
    }

    @Test
    @Tag("soak")
    void aSlowDatabaseIsSlowAndNotLost() throws IOException {
        ExternalPostgres postgres = ground.of(ExternalPostgres.in(folder.resolve("database")));
        CutWire wire = ground.of(new CutWire(postgres.port()));
        ServerUnderTest one = ground.add(new ServerUnderTest(
                folder.resolve("one"), postgres.node("one", ground.configuration(), "127.0.0.1:" + wire.port())));
        var refused = ground.ready().underLoad("every packet to and from the database took 100 ms longer", () -> {
            wire.slow(Duration.ofMillis(100));
            long end = System.nanoTime() + A_WHILE.toNanos();
            while (System.nanoTime() < end) {
                assertThat(one.status("/health/ready")).isEqualTo(200);
                assertThat(one.status(FaultyGround.NODES)).isEqualTo(200);
            }
            wire.mend();
        });
        assertThat(refused).isEmpty();
    }

    @Test
    @Tag("soak")
    void whenNoConnectionIsLeftServersRefuseAndRecover() throws IOException {
        ExternalPostgres postgres = ground.of(ExternalPostgres.in(folder.resolve("database"), 45));
        ServerUnderTest one = node(postgres, "one");
        node(postgres, "two");
        ground.ready().underLoad("others held all connections for " + A_WHILE.toSeconds() + " s", () -> {
            try (ExternalPostgres.Hog _ = postgres.takeAllConnections()) {
                FaultyGround.awaitReady(one, false);
                FaultyGround.refusesClearly(one);
                Wait.pause(A_WHILE);
            }
        });
    }

    @Test
    @Tag("soak")
    void aFullDiskOfTheDatabaseIsRefusedClearlyAndLosesNothing() throws IOException {
        Machine.needsRootAnd("mount");
        Machine.Disk disk = ground.of(Machine.Disk.mount(folder.resolve("database"), 400));
        ExternalPostgres postgres = ground.of(ExternalPostgres.in(disk.folder()));
        node(postgres, "one");
        node(postgres, "two");
        var refused = ground.ready().underLoad("the disk of the database was full", () -> {
            disk.fill();
            Wait.pause(A_WHILE);
            disk.free();
        });
        assertThat(refused).as("the load met the full disk").isNotEmpty();
    }

    private ServerUnderTest node(ExternalPostgres postgres, String name) {
        return ground.add(new ServerUnderTest(folder.resolve(name), postgres.node(name, ground.configuration())));
    }
}
