package dev.mortise.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.postgres.EmbeddedPostgres;
import dev.mortise.kernel.store.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Three nodes as real processes on one PostgreSQL that belongs to none of them, and what may happen to them. */
@Tag("K6")
@Tag("D2")
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class NodeFaultIT {
    private static final String NODES = "/api/v1/kernel/nodes";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int OUTAGE_SECONDS = Integer.getInteger("mortise.outage.seconds", 4);
    private static final String MASTER_KEY = "bW9ydGlzZSB0ZXN0IG1hc3RlciBrZXkgb2YgMzIgISE=";

    @TempDir
    Path folder;

    private EmbeddedPostgres postgres;
    private List<ServerUnderTest> nodes;

    @BeforeEach
    void start() throws IOException {
        postgres = EmbeddedPostgres.start(folder.resolve("database"));
        Path configuration = Files.writeString(folder.resolve("mortise.yaml"), """
                cluster:
                  beatMillis: 300
                  goneMillis: 3000
                  leaseMillis: 2000
                  followMillis: 10000
                  drainWaitMillis: 700
                """);
        nodes = Stream.of("one", "two", "three")
                .map(name -> new ServerUnderTest(folder.resolve(name), environment(name, configuration)))
                .toList();
        nodes.forEach(ServerUnderTest::awaitReady);
    }

    @AfterEach
    void stop() {
        nodes.forEach(ServerUnderTest::close);
        postgres.close();
    }

    @Test
    void nodesThatArePausedKilledOrRestartedLeaveNothingUndone() throws Exception {
        aNodeThatIsPausedIsGoneAndComesBackWithWhatItMissed();
        aRolloutWhoseLeaderIsKilledIsBroughtToOneVersion();
        noRequestFailsInARollingRestart();
        theDatabaseMayGoAndComeBack();
    }

    private void aNodeThatIsPausedIsGoneAndComesBackWithWhatItMissed() throws IOException {
        nodes.get(2).signal("STOP");
        await("three is gone", () -> "GONE".equals(state("three")));

        nodes.get(0).post("/api/v1/kernel/plugins", "{\"id\":\"relaycore\"}");
        await("two has it", () -> versions(nodes.get(1), "relaycore").equals(Set.of("0.1.0")));
        nodes.get(2).signal("CONT");

        await("three is ready", () -> "READY".equals(state("three")));
        await("three has it", () -> versions(nodes.get(2), "relaycore").equals(Set.of("0.1.0")));
    }

    private void aRolloutWhoseLeaderIsKilledIsBroughtToOneVersion() throws Exception {
        for (String plugin : List.of("local-embeddings", "automatrix", "automotive")) {
            String version = plugin.equals("automotive") ? ",\"version\":\"0.1.0\"" : "";
            nodes.get(0).post("/api/v1/kernel/plugins", "{\"id\":\"" + plugin + "\"" + version + "}");
        }
        CompletableFuture<Integer> update = CompletableFuture.supplyAsync(() -> {
            try {
                nodes.get(0).put("/api/v1/kernel/plugins/automotive", "{\"id\":\"automotive\",\"version\":\"0.2.0\"}");
                return 200;
            } catch (IOException | RuntimeException died) {
                return 0;
            }
        });
        await("one leads the rollout", () -> update.isDone() || !leads("one").isEmpty());
        boolean inTheMiddle = !update.isDone();
        nodes.get(0).kill();
        update.get(60, TimeUnit.SECONDS);
        System.out.println("NodeFaultIT: the leader was killed "
                + (inTheMiddle ? "in the middle of the rollout" : "after the rollout"));

        nodes.get(0).restart();
        nodes.get(0).awaitReady();
        await("one version everywhere", () -> {
            Set<String> versions = new HashSet<>();
            for (ServerUnderTest node : nodes) {
                versions.addAll(versions(node, "automotive"));
            }
            return versions.size() == 1 && differing().isEmpty();
        });
        nodes.get(1).put("/api/v1/kernel/plugins/automotive", "{\"id\":\"automotive\",\"version\":\"0.2.0\"}");
        await("0.2.0 everywhere", () -> {
            for (ServerUnderTest node : nodes) {
                if (!versions(node, "automotive").equals(Set.of("0.2.0"))) {
                    return false;
                }
            }
            return true;
        });
    }

    private void noRequestFailsInARollingRestart() {
        try (Balancer balancer = new Balancer(nodes)) {
            for (ServerUnderTest node : nodes) {
                balancer.awaitReady(node);
            }
            for (ServerUnderTest node : nodes) {
                assertThat(node.stop()).isZero();
                node.restart();
                node.awaitReady();
                balancer.awaitReady(node);
            }
            balancer.close();
            System.out.println("NodeFaultIT: " + balancer.served + " requests served in a rolling restart, "
                    + balancer.failures.size() + " failed");
            assertThat(balancer.failures).isEmpty();
            assertThat(balancer.served.get()).isGreaterThan(50);
        }
    }

    private void theDatabaseMayGoAndComeBack() {
        postgres.abort();
        await("all nodes say that they are not ready", () -> nodes.stream()
                .allMatch(node -> node.status("/health/ready") == 503));
        assertThat(nodes).allSatisfy(node -> {
            assertThat(node.status("/health/live")).isEqualTo(200);
            assertThat(node.status(NODES)).isEqualTo(503);
        });
        pause(Duration.ofSeconds(OUTAGE_SECONDS));

        long begin = System.nanoTime();
        postgres = EmbeddedPostgres.start(folder.resolve("database"));
        nodes.forEach(ServerUnderTest::awaitReady);
        System.out.println("NodeFaultIT: ready " + Duration.ofNanos(System.nanoTime() - begin).toMillis()
                + " ms after a database outage of " + OUTAGE_SECONDS + " s began to end");
        await("all work again", () -> nodes.stream().allMatch(node -> node.status(NODES) == 200));
        assertThat(nodes).allSatisfy(node -> assertThat(versions(node, "automotive")).containsExactly("0.2.0"));
    }

    private Map<String, String> environment(String name, Path configuration) {
        DatabaseAddress address = postgres.address();
        String url = address.jdbcUrl().replace("jdbc:postgresql://", "postgresql://" + address.ownerUser() + ":"
                + address.ownerPassword() + "@");
        return Map.of(
                "MORTISE_DATABASE_URL", url,
                "MORTISE_MASTER_KEY", MASTER_KEY,
                "MORTISE_NODE_NAME", name,
                "MORTISE_CATALOGUE", ServerUnderTest.distribution().resolve("catalogue").toString(),
                "MORTISE_CONFIG", configuration.toString());
    }

    private JsonNode node(String name) throws IOException {
        JsonNode newest = null;
        for (JsonNode node : nodes.get(1).get(NODES).path("items")) {
            boolean isIt = node.path("name").asString().equals(name);
            if (isIt
                    && (newest == null
                            || newest.path("startedAt").asString().compareTo(node.path("startedAt").asString()) < 0)) {
                newest = node;
            }
        }
        if (newest == null) {
            throw new IllegalStateException("There is no node " + name);
        }
        return newest;
    }

    private String state(String name) throws IOException {
        return node(name).path("state").asString();
    }

    private JsonNode leads(String name) throws IOException {
        return node(name).path("leads");
    }

    private Set<String> differing() throws IOException {
        Set<String> differing = new HashSet<>();
        for (String name : List.of("one", "two", "three")) {
            differing.addAll(node(name).path("differs").propertyNames());
        }
        return differing;
    }

    private static Set<String> versions(ServerUnderTest node, String plugin) throws IOException {
        Set<String> versions = new HashSet<>();
        for (JsonNode item : node.get("/api/v1/kernel/plugins").path("items")) {
            boolean isRunning = item.path("state").asString().equals("RUNNING");
            if (isRunning && item.path("id").asString().equals(plugin)) {
                versions.add(item.path("version").asString());
            }
        }
        return versions;
    }

    private void await(String what, Wait.Condition condition) {
        Wait.until(what, LIMIT, condition, () -> nodes.get(1).log());
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends each request once, to one of the nodes that were ready when it last looked. */
    private static final class Balancer implements AutoCloseable {
        private final List<ServerUnderTest> nodes;
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private final AtomicInteger served = new AtomicInteger();
        private final List<Thread> threads;
        private volatile List<ServerUnderTest> ready = List.of();
        private volatile boolean stopped;

        Balancer(List<ServerUnderTest> nodes) {
            this.nodes = nodes;
            look();
            this.threads = List.of(
                    Thread.ofVirtual().start(this::watch),
                    Thread.ofVirtual().start(this::send),
                    Thread.ofVirtual().start(this::send));
        }

        void awaitReady(ServerUnderTest node) {
            Wait.until("the balancer sees the node", LIMIT, () -> ready.contains(node), node::log);
        }

        private void watch() {
            while (!stopped) {
                look();
                pause(Duration.ofMillis(100));
            }
        }

        private void look() {
            ready = nodes.stream()
                    .filter(node -> node.status("/health/ready") == 200)
                    .toList();
        }

        private void send() {
            for (int i = 0; !stopped; i++) {
                List<ServerUnderTest> now = ready;
                int status = now.isEmpty() ? -1 : now.get(i % now.size()).status(NODES);
                if (status == 200) {
                    served.incrementAndGet();
                } else {
                    failures.add(status == -1 ? "no node was ready" : "status " + status);
                }
                pause(Duration.ofMillis(5));
            }
        }

        @Override
        public void close() {
            stopped = true;
            for (Thread thread : threads) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
