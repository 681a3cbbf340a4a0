package dev.mortise.cli.plugin.dev;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.problem.CliException;
import dev.mortise.cli.problem.Problem;
import dev.mortise.cli.server.StopSignals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the project's Maven without its tests. */
final class MavenBuild {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final int SHOWN_LINES = 25;

    private final Path project;
    private final StopSignals stop;

    MavenBuild(Path project, StopSignals stop) {
        this.project = project;
        this.stop = stop;
    }

    /** Returns what is run: the project's own wrapper, or the machine's Maven where it has none. */
    List<String> command() {
        Path wrapper = project.resolve("mvnw");
        List<String> maven = Files.isRegularFile(wrapper) ? List.of("sh", "./mvnw") : List.of("mvn");
        return Stream.of(maven, List.of("-B", "-ntp", "-q", "-DskipTests", "package"))
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Builds; a signal that asks us to stop ends the build too.
     *
     * @return what it said when it failed, or empty when all went well or it was ended
     */
    Optional<String> run() {
        try {
            Path log = Files.createTempFile("mortise-dev-", ".log");
            try {
                return run(log);
            } finally {
                Files.deleteIfExists(log);
            }
        } catch (IOException failed) {
            throw new CliException(
                    ExitCode.FAILURE,
                    new Problem(
                            "cli.maven-not-started",
                            "Maven cannot be run in " + project + ": " + failed.getMessage(),
                            "Check that mvnw is there, or that mvn is on the PATH; or build by hand, without --build",
                            null),
                    failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Optional<String> run(Path log) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command()).directory(project.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        Process maven = builder.start();
        try {
            maven.getOutputStream().close();
            while (!maven.waitFor(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                if (stop.await(Duration.ZERO).isPresent()) {
                    return Optional.empty();
                }
            }
            return maven.exitValue() == 0 ? Optional.empty() : Optional.of(lastWords(log));
        } finally {
            maven.descendants().forEach(ProcessHandle::destroy);
            maven.destroy();
        }
    }

    private static String lastWords(Path log) throws IOException {
        List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .toList();
        List<String> errors = lines.stream()
                .filter(line -> line.startsWith("[ERROR]") || line.startsWith("mvnw:"))
                .filter(line ->
                        !line.matches("\\[ERROR]\\s*(\\[Help.*|->.*|To see the full.*|Re-run Maven.*|For more.*)?"))
                .limit(SHOWN_LINES)
                .toList();
        List<String> shown =
                errors.isEmpty() ? lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()) : errors;
        return String.join("\n", shown);
    }
}
