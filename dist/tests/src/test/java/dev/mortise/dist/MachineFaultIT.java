package dev.mortise.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.CutWire;
import dev.mortise.kernel.testkit.PluginJar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Servers under load on machines whose disk is full, whose cable to the database is pulled, whose clock is wrong. */
@Tag("D2")
@Tag("K6")
@Tag("soak")
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class MachineFaultIT {
    private static final Duration A_WHILE = Duration.ofSeconds(20);
    private static final Duration CUT = Duration.ofSeconds(40);

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
    void aServerAloneOnAFullDiskRefusesClearlyAndRecovers() throws IOException {
        Machine.needsRootAnd("mount");
        Machine.Disk disk = ground.of(Machine.Disk.mount(folder.resolve("alone"), 400));
        ServerUnderTest alone = ground.add(new ServerUnderTest(
                disk.folder(), Map.of("MORTISE_CONFIG", ground.configuration().toString())));
        var refused = ground.ready().underLoad("the disk of a server with its own PostgreSQL was full", () -> {
            disk.fill();
            FaultyGround.awaitReady(alone, false);
            assertThat(alone.send(alone.request("/health/ready").build()).body())
                    .contains("the disk of the data folder");
            Wait.pause(A_WHILE);
            disk.free();
        });
        assertThat(refused).as("the load met the full disk").isNotEmpty();
    }

    @Test
    void aFullDataFolderOfANodeKeepsPluginsOutAndNothingElse() throws IOException {
        Machine.needsRootAnd("mount");
        ExternalPostgres postgres = ground.of(ExternalPostgres.in(folder.resolve("database")));
        Machine.Disk disk = ground.of(Machine.Disk.mount(folder.resolve("one"), 100));
        ServerUnderTest one =
                ground.add(new ServerUnderTest(disk.folder(), postgres.node("one", ground.configuration())));
        Path jar = PluginJar.echo("late", "1.0.0").build(folder);
        var refused = ground.ready().underLoad("the data folder of a node was full", () -> {
            disk.fill();
            FaultyGround.awaitReady(one, false);
            HttpResponse<String> upload = one.send(one.request("/api/v1/kernel/plugins")
                    .setHeader("Content-Type", "application/java-archive")
                    .POST(HttpRequest.BodyPublishers.ofFile(jar))
                    .build());
            assertThat(upload.statusCode()).as(upload.body()).isEqualTo(503);
            assertThat(upload.body()).contains("remedy");
            disk.free();
        });
        assertThat(refused).as("what needs no disk of the node went on").isEmpty();
        one.upload("POST", "/api/v1/kernel/plugins", jar);
    }

    @Test
    void aNodeWhoseCableToTheDatabaseIsPulledRefusesAndComesBack() throws IOException {
        Machine.needsRootAnd("ip");
        ExternalPostgres postgres = ground.of(ExternalPostgres.in(folder.resolve("database")));
        Machine.Network network = ground.of(Machine.Network.make());
        CutWire wire = ground.of(new CutWire(InetAddress.getByName(network.databaseAddress()), postgres.port()));
        Map<String, String> environment = new HashMap<>(
                postgres.node("apart", ground.configuration(), network.databaseAddress() + ":" + wire.port()));
        environment.put("MORTISE_HOST", network.serverAddress());
        ServerUnderTest near =
                ground.add(new ServerUnderTest(folder.resolve("near"), postgres.node("near", ground.configuration())));
        ServerUnderTest apart = ground.add(new ServerUnderTest(folder.resolve("apart"), environment, network.prefix()));
        ground.ready()
                .underLoad("the cable between a node and the database was pulled for " + CUT.toSeconds() + " s", () -> {
                    network.cut();
                    FaultyGround.awaitReady(apart, false);
                    FaultyGround.refusesClearly(apart);
                    assertThat(near.status(FaultyGround.NODES))
                            .as("the other node")
                            .isEqualTo(200);
                    Wait.pause(CUT);
                    network.mend();
                });
    }

    @Test
    void aNodeWhoseClockIsWrongWorksAsTheOthersDo() throws IOException {
        Machine.needsRootAnd("cc");
        Machine.WrongClock clock = Machine.WrongClock.compile(folder);
        ExternalPostgres postgres = ground.of(ExternalPostgres.in(folder.resolve("database")));
        ServerUnderTest right = ground.add(
                new ServerUnderTest(folder.resolve("right"), postgres.node("right", ground.configuration())));
        ServerUnderTest ahead = ground.add(skewed(postgres, "ahead", clock.by(Duration.ofHours(2))));
        ServerUnderTest behind = ground.add(skewed(postgres, "behind", clock.by(Duration.ofHours(-2))));
        ground.ready().underLoad("one clock was two hours ahead, one two hours behind; a node was frozen", () -> {
            assertThat(timeAt(ahead)).isAfter(Instant.now().plus(Duration.ofHours(1)));
            assertThat(timeAt(behind)).isBefore(Instant.now().minus(Duration.ofHours(1)));
            Wait.until("all are ready and heard of", A_WHILE, () -> areHeard(right), right::log);
            right.pause();
            Wait.pause(Duration.ofSeconds(6));
            right.resume();
            Wait.pause(Duration.ofSeconds(6));
        });
    }

    /** Returns what a server thinks that the time is. */
    private static Instant timeAt(ServerUnderTest server) throws IOException {
        HttpResponse<String> answer = server.send(server.request("/health/live").build());
        String date = answer.headers().firstValue("Date").orElseThrow();
        return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
    }

    private static boolean areHeard(ServerUnderTest server) throws IOException {
        for (JsonNode node : server.get(FaultyGround.NODES).path("items")) {
            long age = node.path("heardMillisAgo").asLong();
            if (!node.path("state").asString().equals("READY") || age < 0 || age > 3000) {
                return false;
            }
        }
        return true;
    }

    private ServerUnderTest skewed(ExternalPostgres postgres, String name, Map<String, String> clock) {
        Map<String, String> environment = new HashMap<>(postgres.node(name, ground.configuration()));
        environment.putAll(clock);
        return new ServerUnderTest(folder.resolve(name), environment);
    }
}
