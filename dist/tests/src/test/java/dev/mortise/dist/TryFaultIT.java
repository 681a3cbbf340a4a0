package dev.mortise.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The README's first command when it does not go as planned. */
@Tag("K7")
class TryFaultIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void aServerThatIsKilledEndsTheTryAtOnceWithItsExitCodeAndItsLog() throws Exception {
        Process process = startTry();
        awaitOutput("Feeding");
        Path scratch = scratchFolders().getFirst();
        long server = JsonMapper.shared()
                .readTree(Files.readString(scratch.resolve("server.json")))
                .path("pid")
                .asLong();

        ProcessHandle.of(server).orElseThrow().destroyForcibly();

        assertThat(ServerUnderTest.await(process, LIMIT)).isEqualTo(1);
        assertThat(output()).contains("The server ended with exit code 137", scratch.resolve("server.log") + "");
        assertThat(scratch).as("what is left is evidence").exists();
    }

    @Test
    void ctrlCLeavesNeitherAServerNorAFolder() throws Exception {
        Process process = startTry();
        awaitOutput("Feeding");
        long server = JsonMapper.shared()
                .readTree(Files.readString(scratchFolders().getFirst().resolve("server.json")))
                .path("pid")
                .asLong();

        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                .start()
                .waitFor();

        assertThat(ServerUnderTest.await(process, LIMIT)).isEqualTo(130);
        assertThat(scratchFolders()).isEmpty();
        assertThat(ProcessHandle.of(server).filter(ProcessHandle::isAlive)).isEmpty();
    }

    private Process startTry() {
        return ServerUnderTest.run(folder, Map.of("MORTISE_JAVA_OPTS", "-Djava.io.tmpdir=" + folder), "try");
    }

    private List<Path> scratchFolders() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith("mortise-try-"))
                    .toList();
        }
    }

    private void awaitOutput(String text) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!output().contains(text)) {
            assertThat(System.nanoTime()).as(output()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output.log"));
    }
}
