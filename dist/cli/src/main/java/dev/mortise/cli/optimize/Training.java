package dev.mortise.cli.optimize;

import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.server.Distribution;
import dev.mortise.cli.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs a server in a scratch folder and a few commands against it, each in a JVM that records what it loads and writes
 * the cache when it ends.
 */
final class Training {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration COMMANDS_LIMIT = Duration.ofMinutes(2);
    private static final int ROUNDS = 20;

    private final Distribution distribution;
    private final AotCaches caches;

    Training(Distribution distribution, AotCaches caches) {
        this.distribution = distribution;
        this.caches = caches;
    }

    void run() throws IOException {
        Path scratch = Files.createTempDirectory("mortise-optimize-");
        Path newServer = caches.folder().resolve("serve.new");
        Path newClient = caches.folder().resolve("client.new");
        try {
            try (ServerProcess server =
                    ServerProcess.start(distribution, scratch.resolve("data"), START_LIMIT, recordingTo(newServer))) {
                useServer(server);
                useCommands(server, newClient, scratch.resolve("commands.log"));
            }
            // The JVM writes the server's cache while it ends, so it is there only now.
            Files.move(newServer, caches.server(), StandardCopyOption.ATOMIC_MOVE);
            Files.move(newClient, caches.client(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(newServer);
            Files.deleteIfExists(newClient);
            delete(scratch);
        }
    }

    private void useServer(ServerProcess server) {
        ServerClient client = server.client();
        // Some rounds, so that the profiles of the methods on the way of a request are in the cache as well.
        for (int round = 0; round < ROUNDS; round++) {
            client.answers("/health/ready");
            client.answers("/metrics");
            client.get("/api/v1/kernel/info");
            client.get("/api/v1/kernel/plugins");
            client.get("/api/v1/kernel/catalogue");
            client.answers("/api/v1/kernel/no-such-resource");
        }
    }

    private void useCommands(ServerProcess server, Path cache, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                distribution.launcher().toString(),
                "train",
                "--url",
                server.url().toString());
        builder.environment().put("MORTISE_KEY", server.adminKey());
        builder.environment().putAll(recordingTo(cache));
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        Process process = builder.start();
        try {
            if (!process.waitFor(COMMANDS_LIMIT.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(
                        "the commands failed: " + Files.readString(log).strip());
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    private static Map<String, String> recordingTo(Path cache) {
        return Map.of("MORTISE_AOT", "off", "MORTISE_JAVA_OPTS", "-XX:AOTCacheOutput=" + cache);
    }

    private static void delete(Path folder) throws IOException {
        List<Path> contents;
        try (Stream<Path> found = Files.walk(folder)) {
            contents = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : contents) {
            Files.deleteIfExists(path);
        }
    }
}
