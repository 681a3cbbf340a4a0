package dev.mortise.kernel.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A real JVM that runs {@link ServerHolder}, so that it can be killed or confined. */
final class HolderJvm implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path report;
    private final Path output;

    private HolderJvm(Process process, Path report, Path output) {
        this.process = process;
        this.report = report;
        this.output = output;
    }

    static HolderJvm start(Path data, Path scratch, String... prefix) throws IOException {
        return start(data, scratch, jar -> true, prefix);
    }

    /** Starts it behind a prefix such as {@code unshare -U}, with those parts of our class path that are wanted. */
    static HolderJvm start(Path data, Path scratch, Predicate<String> classPath, String... prefix) throws IOException {
        Path report = Files.createTempDirectory(scratch, "report").resolve("report");
        List<String> command = new ArrayList<>(List.of(prefix));
        command.addAll(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(classPath)
                        .collect(Collectors.joining(File.pathSeparator)),
                ServerHolder.class.getName(),
                data.toString(),
                report.toString()));
        Path output = report.resolveSibling("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new HolderJvm(process, report, output);
    }

    /** Waits for {@code pid N} or for the description of a failure. */
    String report() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(report)) {
            assertThat(process.isAlive() || Files.exists(report))
                    .as(() -> "holder ended: " + said())
                    .isTrue();
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return Files.readString(report);
    }

    private String said() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Kills the JVM as kill -9 does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
