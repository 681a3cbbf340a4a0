package dev.mortise.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.WorkPlugin;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Servers with the plugin {@code work} under load, while something that they stand on fails and comes back: whatever it
 * is, refusals are clear meanwhile, the servers recover by themselves, and what was accepted has its effect once.
 */
final class FaultyGround implements AutoCloseable {
    static final String NODES = "/api/v1/kernel/nodes";
    private static final Duration RECOVERY = Duration.ofSeconds(90);
    private static final int CLIENTS = 4;
    private static final int SOME = 20;

    private static final String CONFIGURATION = """
            cluster: {beatMillis: 300, goneMillis: 3000, leaseMillis: 2000}
            jobs: {threads: 8, heartbeat: PT0.5S}
            events: {lanes: 4, lease: PT2S}
            """;

    private final List<ServerUnderTest> servers = new ArrayList<>();
    private final Deque<AutoCloseable> ground = new ArrayDeque<>();
    private final Path folder;
    private final Path configuration;

    FaultyGround(Path folder) throws IOException {
        this.folder = folder;
        this.configuration = Files.writeString(folder.resolve("mortise.yaml"), CONFIGURATION);
    }

    /** A fault, from its beginning to its end. */
    interface Fault {
        void happen() throws IOException;
    }

    /** Returns the configuration that the servers are to have. */
    Path configuration() {
        return configuration;
    }

    /** Takes something that servers stand on, which is to end after them. */
    <T extends AutoCloseable> T of(T part) {
        ground.push(part);
        return part;
    }

    /** Adds a server. */
    ServerUnderTest add(ServerUnderTest server) {
        servers.add(server);
        return server;
    }

    /** Waits until the servers are ready, and gives them the plugin. */
    FaultyGround ready() throws IOException {
        servers.forEach(ServerUnderTest::awaitReady);
        installWork(servers.getFirst(), folder);
        return this;
    }

    /** Installs the plugin {@code work} and waits until it would miss no event. */
    static void installWork(ServerUnderTest server, Path folder) throws IOException {
        server.upload("POST", "/api/v1/kernel/plugins", WorkPlugin.jarWithOrders("1.0.0", folder));
        Wait.until(
                "its subscriptions are known",
                RECOVERY,
                () -> server.get("/api/v1/kernel/events/subscriptions")
                                .path("items")
                                .size()
                        == 2,
                server::log);
    }

    /** Lets the fault happen while clients order, and checks all that is promised. Returns what was refused. */
    Map<String, Integer> underLoad(String name, Fault fault) throws IOException {
        OrderingClients clients = new OrderingClients(servers, CLIENTS, filler());
        long recovered;
        try (clients) {
            clients.awaitMore(SOME, RECOVERY);
            fault.happen();
            long ended = System.nanoTime();
            servers.forEach(server -> awaitReady(server, true));
            clients.awaitMore(SOME, RECOVERY);
            recovered = Duration.ofNanos(System.nanoTime() - ended).toMillis();
        }
        everyEffectIsThereOnce(clients.accepted());
        System.out.printf(
                "FaultyGround: %s; ready and %d more orders accepted %.1f s after its end; %d orders accepted, each has its"
                        + " effect once; slowest answer %.1f s; refused: %s%n",
                name,
                SOME,
                recovered / 1e3,
                clients.accepted().size(),
                clients.longest().toMillis() / 1e3,
                clients.refusals());
        return clients.refusals();
    }

    /** So long that orders need room on the disk, and so random that PostgreSQL cannot compress it. */
    private static String filler() {
        byte[] random = new byte[700];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private void everyEffectIsThereOnce(List<String> accepted) {
        Map<String, Integer> expected = new HashMap<>();
        accepted.forEach(name -> expected.put(name, 1));
        Map<String, Integer> effects = new HashMap<>();
        Wait.until(
                "every order has its effect",
                RECOVERY,
                () -> {
                    effects.clear();
                    for (JsonNode effect : servers.getFirst().post("/api/v1/work/orders", "{\"op\":\"effects\"}")) {
                        effects.merge(effect.asString(), 1, Integer::sum);
                    }
                    return effects.keySet().containsAll(expected.keySet());
                },
                () -> {
                    expected.keySet().removeAll(effects.keySet());
                    return "missing: " + expected + "\n" + servers.getFirst().log();
                });
        assertThat(effects).containsExactlyInAnyOrderEntriesOf(expected);
    }

    /** Waits until a server says that it is ready, or that it is not. */
    static void awaitReady(ServerUnderTest server, boolean isReady) {
        Wait.until(
                isReady ? "it is ready" : "it says that it is not ready",
                RECOVERY,
                () -> server.status("/health/ready") == (isReady ? 200 : 503),
                server::log);
    }

    /** Checks that a server lives, and that it refuses what needs the database so that a client knows what to do. */
    static void refusesClearly(ServerUnderTest server) throws IOException {
        assertThat(server.status("/health/live")).isEqualTo(200);
        HttpResponse<String> refused = server.send(server.request(NODES).build());
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        JsonNode problem = JsonMapper.shared().readTree(refused.body());
        assertThat(problem.path("code").asString()).startsWith("kernel.database-");
        assertThat(problem.path("remedy").asString()).isNotBlank();
    }

    @Override
    public void close() {
        try {
            servers.forEach(ServerUnderTest::close);
        } finally {
            ground.forEach(FaultyGround::end);
        }
    }

    private static void end(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) { // As AutoCloseable has it.
            throw new IllegalStateException(e);
        }
    }
}
