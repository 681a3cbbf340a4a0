package dev.mortise.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.PluginJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Three nodes as real processes on one PostgreSQL that belongs to none of them, and what may happen to them. */
@Tag("K6")
@Tag("D2")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeFaultIT {
    private static final String NODES = "/api/v1/kernel/nodes";
    private static final String PLUGINS = "/api/v1/kernel/plugins";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private ExternalPostgres postgres;
    private List<ServerUnderTest> nodes;
    private ServerUnderTest one;
    private ServerUnderTest two;
    private ServerUnderTest three;

    @BeforeAll
    void start() throws IOException {
        postgres = ExternalPostgres.in(folder.resolve("database"));
        Path configuration = Files.writeString(folder.resolve("mortise.yaml"), """
                cluster: {beatMillis: 300, goneMillis: 3000, leaseMillis: 2000, drainWaitMillis: 700}
                """);
        nodes = Stream.of("one", "two", "three")
                .map(name -> new ServerUnderTest(folder.resolve(name), postgres.node(name, configuration)))
                .toList();
        one = nodes.get(0);
        two = nodes.get(1);
        three = nodes.get(2);
    }

    @AfterAll
    void stop() {
        nodes.forEach(ServerUnderTest::close);
        postgres.close();
    }

    @BeforeEach
    void allAreReady() {
        nodes.forEach(ServerUnderTest::awaitReady);
    }

    @Test
    void whatIsInstalledOnOneNodeIsOnAllAndTheCommandsShowIt() throws IOException {
        one.upload("POST", PLUGINS, PluginJar.echo("shown", "1.0.0").build(folder));

        for (ServerUnderTest node : nodes) {
            assertThat(versions(node, "shown")).containsExactly("1.0.0");
        }
        assertThat(said("node", "list"))
                .contains("one", "two *", "three", "ready")
                .doesNotContain("shown:");
        assertThat(said("doctor", "--data", folder.resolve("two").toString()))
                .contains("one ready, version", "two ready, version", "three ready, version")
                .doesNotContain("differs in");
    }

    @Test
    void aNodeThatWasFrozenIsGoneForTheOthersAndComesBackToWhatItMissed() throws IOException {
        three.pause();
        await("three is gone", () -> "GONE".equals(node("three").path("state").asString()));
        one.upload("POST", PLUGINS, PluginJar.echo("missed", "1.0.0").build(folder));
        assertThat(versions(two, "missed")).containsExactly("1.0.0");
        three.resume();

        await("three is ready", () -> "READY".equals(node("three").path("state").asString()));
        await("three has it", () -> versions(three, "missed").equals(Set.of("1.0.0")));
    }

    @Test
    void aRolloutWhoseLeaderIsKilledIsEndedByAnotherNode() throws IOException {
        one.upload("POST", PLUGINS, slow("carried", "1.0.0", "").build(folder));

        killTheLeaderInTheMiddleOf("carried", slow("carried", "2.0.0", "").build(folder), "1.0.0");

        await("the others have it", () -> all("carried", List.of(two, three)).equals(Set.of("2.0.0")));
        awaitOneVersionWithTheKilledNodeBack("carried", "2.0.0");
    }

    @Test
    void aRolloutWhoseLeaderIsKilledAndThatANodeCannotTakeIsTakenBackEverywhere() throws IOException {
        one.upload("POST", PLUGINS, slow("refused", "1.0.0", "").build(folder));
        String notOnThree = "if (\"three\".equals(System.getenv(\"MORTISE_NODE_NAME\"))) {"
                + " throw new IllegalStateException(\"not on this node\"); }";

        killTheLeaderInTheMiddleOf(
                "refused", slow("refused", "2.0.0", notOnThree).build(folder), "1.0.0");

        await(
                "it is taken back",
                () -> differing().isEmpty()
                        && all("refused", List.of(two, three)).equals(Set.of("1.0.0")));
        awaitOneVersionWithTheKilledNodeBack("refused", "1.0.0");
    }

    @Test
    void noRequestFailsInARollingRestart() {
        Balancer balancer = new Balancer(nodes, NODES, 3);
        try (balancer) {
            nodes.forEach(balancer::awaitReady);
            for (ServerUnderTest node : nodes) {
                assertThat(node.stop()).as("exit code").isZero();
                node.restart();
                node.awaitReady();
                balancer.awaitReady(node);
            }
        }
        System.out.println(
                "NodeFaultIT: " + balancer.served() + " requests served in a rolling restart of three nodes, "
                        + balancer.failures().size() + " failed");
        assertThat(balancer.failures()).isEmpty();
        assertThat(balancer.served()).isGreaterThan(50);
    }

    /** A plugin that takes its time to start, so that a rollout has a middle. */
    private static PluginJar slow(String id, String version, String then) {
        String packageName = "test." + id;
        return PluginJar.of(id, version)
                .source(
                        packageName + ".SlowPlugin",
                        PluginJar.mainClass(
                                packageName,
                                "SlowPlugin",
                                "@Override public void start() { try { Thread.sleep(1200); }"
                                        + " catch (InterruptedException e) { throw new IllegalStateException(e); } "
                                        + then + " }"))
                .source(
                        packageName + ".Echo",
                        PluginJar.node(packageName, "Echo", "SlowPlugin", id + ".echo", "return call.input();"));
    }

    private void killTheLeaderInTheMiddleOf(String plugin, Path update, String before) {
        CompletableFuture<Void> asked = CompletableFuture.runAsync(
                () -> {
                    try {
                        one.upload("PUT", PLUGINS + "/" + plugin, update);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                Thread::startVirtualThread);
        await(
                "the leader has it and the last node has not",
                () -> !versions(one, plugin).contains(before)
                        && versions(three, plugin).contains(before));
        one.kill();
        assertThat(asked).as("the answer to who asked").failsWithin(LIMIT);
    }

    private void awaitOneVersionWithTheKilledNodeBack(String plugin, String version) {
        one.restart();
        one.awaitReady();
        await(
                "one version everywhere",
                () -> all(plugin, nodes).equals(Set.of(version)) && differing().isEmpty());
    }

    /** Returns the newest node of that name: each start is a new node. */
    private JsonNode node(String name) throws IOException {
        return two.get(NODES)
                .path("items")
                .valueStream()
                .filter(node -> node.path("name").asString().equals(name))
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    /** Returns what any node runs otherwise than it is to. */
    private Set<String> differing() throws IOException {
        Set<String> differing = new TreeSet<>();
        for (JsonNode node : two.get(NODES).path("items")) {
            differing.addAll(node.path("differs").propertyNames());
        }
        return differing;
    }

    private static Set<String> all(String plugin, List<ServerUnderTest> nodes) throws IOException {
        Set<String> versions = new HashSet<>();
        for (ServerUnderTest node : nodes) {
            versions.addAll(versions(node, plugin));
        }
        return versions;
    }

    /** Returns which versions of a plugin run on a node; empty where it is not there or does not run. */
    private static Set<String> versions(ServerUnderTest node, String plugin) throws IOException {
        Set<String> versions = new HashSet<>();
        for (JsonNode item : node.get(PLUGINS).path("items")) {
            if (item.path("id").asString().equals(plugin)) {
                boolean isRunning = item.path("state").asString().equals("RUNNING");
                versions.add(isRunning ? item.path("version").asString() : "");
            }
        }
        return versions;
    }

    private String said(String... arguments) throws IOException {
        Path out = Files.createTempDirectory(folder, "said");
        int code = ServerUnderTest.await(ServerUnderTest.run(out, two.clientEnvironment(), arguments), LIMIT);
        String text = Files.readString(out.resolve("output.log"));
        assertThat(code).as(text).isZero();
        return text;
    }

    private void await(String what, Wait.Condition condition) {
        Wait.until(what, LIMIT, condition, () -> two.log());
    }
}
