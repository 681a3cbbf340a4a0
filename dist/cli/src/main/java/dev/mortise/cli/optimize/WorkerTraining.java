package dev.mortise.cli.optimize;

import dev.mortise.cli.server.Distribution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lets a worker of each language of the sandbox warm up once, in a JVM that records what it loads. What is recorded is
 * what the quick compiler does: profiles of the other one make the next start busier, not faster.
 */
record WorkerTraining(Distribution distribution) {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    void run() throws IOException {
        Path kits = distribution.home().resolve("sandbox");
        if (!Files.isDirectory(kits)) {
            return;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(kits)) {
            for (Path kit : found) {
                if (Files.isRegularFile(kit.resolve("worker.args"))) {
                    train(kit);
                }
            }
        }
    }

    private static void train(Path kit) throws IOException {
        Path made = kit.resolve("worker.new");
        Path log = Files.createTempFile("mortise-optimize-", ".log");
        try {
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:AOTCacheOutput=" + made.getFileName(),
                            "-Dmortise.worker.train=true",
                            "@worker.args"))
                    .directory(kit.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            process.getOutputStream().close();
            await(process, kit, log);
            Files.move(made, kit.resolve("worker.aot"), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(made);
            Files.deleteIfExists(log);
        }
    }

    private static void await(Process process, Path kit, Path log) throws IOException {
        try {
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("the worker in " + kit + " failed: "
                        + Files.readString(log, StandardCharsets.UTF_8).strip());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
