package dev.mortise.cli.tryout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.inbox.Inbox;
import dev.mortise.cli.problem.CliException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("K7")
class TryRunTest {
    @TempDir
    private Path folder;

    private final CountDownLatch updateMayEnd = new CountDownLatch(1);
    private final PlantedServer server = new PlantedServer(updateMayEnd);

    @AfterEach
    void stop() {
        updateMayEnd.countDown();
        server.close();
    }

    @Test
    void pluginsAreInstalledThenTheWorkflowIsPublishedThenMessagesFlow() throws IOException {
        updateMayEnd.countDown();
        TryReport report = tryOut(lines(20, "oil"));

        assertThat(report.counts()).isEqualTo(new TryReport.Counts(20, 20, 0, 0, 0, 0, 0));
        assertThat(report.frame().installed())
                .extracting(TryReport.Installed::id, TryReport.Installed::version)
                .containsExactly(tuple("automatrix", "0.1.0"), tuple("automotive", "0.1.0"));
        List<String> writing =
                server.calls.stream().filter(call -> call.startsWith("P")).toList();
        assertThat(writing.get(2))
                .startsWith("POST /api/v1/automatrix/workflows {\"template\":\"automotive/service-intake\"}");
        assertThat(writing).filteredOn(call -> call.contains("/runs ")).hasSize(20);
    }

    @Test
    void theUpdateIsMadeInMidRunAndBothVersionsAreSeenAtWork() throws IOException {
        updateMayEnd.countDown();
        TryReport report = tryOut(lines(40, "oil"));

        assertThat(report.versions()).extracting(TryReport.NamedCount::name).containsExactly("0.1.0", "0.1.1");
        TryReport.Updated update = report.frame().update().orElseThrow();
        assertThat(update.from()).isEqualTo("0.1.0");
        assertThat(update.to()).isEqualTo("0.1.1");
        assertThat(update.sentMeanwhile()).isPositive();
        assertThat(update.failed()).isZero();
        assertThat(update.problem()).isEmpty();
    }

    @Test
    void aRefusedMessageAFailedRunAndALostDecisionAreEachNamed() throws IOException {
        updateMayEnd.countDown();
        TryReport report = tryOut(Stream.of("oil", "refuse", "fail", "lose", "person")
                .map(text -> "{\"id\":\"%s\",\"text\":\"%s\"}".formatted(text, text))
                .toList());

        assertThat(report.counts()).isEqualTo(new TryReport.Counts(5, 1, 1, 2, 1, 0, 0));
        assertThat(report.broken())
                .extracting(TryReport.Broken::id, TryReport.Broken::code)
                .containsExactlyInAnyOrder(
                        tuple("refuse", "kernel.busy"),
                        tuple("fail", "automotive.broken"),
                        tuple("lose", "cli.try-lost"));
    }

    @Test
    void unreadableLinesAndRepeatedIdsAreCountedAndNotSent() throws IOException {
        updateMayEnd.countDown();
        TryReport report = tryOut(List.of("{\"id\":\"a\",\"text\":\"x\"}", "{", "{\"id\":\"a\",\"text\":\"y\"}"));

        assertThat(report.counts()).isEqualTo(new TryReport.Counts(1, 1, 0, 0, 0, 1, 1));
    }

    @Test
    void noMoreMessagesAreUnderWayThanAllowed() throws IOException {
        updateMayEnd.countDown();
        tryOut(lines(200, "oil"));

        // Four messages, and the update.
        assertThat(server.mostAtOnce.get()).isBetween(2, 5);
    }

    @Test
    void anInboxWithoutMessagesIsAMistakeOfTheCaller() {
        updateMayEnd.countDown();

        assertThatThrownBy(() -> tryOut(List.of()))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("holds no message");
    }

    @Test
    void aServerThatDiesInMidRunEndsTheTryWithItsReasonAtOnce() {
        updateMayEnd.countDown();
        Runnable dead = () -> {
            if (server.calls.stream().filter(call -> call.contains("/runs ")).count() >= 5) {
                throw new CliException(ExitCode.FAILURE, "cli.server-ended", "The server ended: disk full", "");
            }
        };

        assertThatThrownBy(() -> tryOut(lines(5_000, "oil"), dead)).hasMessageContaining("disk full");
        assertThat(server.calls).hasSizeLessThan(200);
    }

    private TryReport tryOut(List<String> lines) throws IOException {
        return tryOut(lines, () -> {});
    }

    private TryReport tryOut(List<String> lines, Runnable requireServer) throws IOException {
        Path file = Files.write(folder.resolve("inbox.jsonl"), lines);
        Progress progress = new Progress(new PrintWriter(Writer.nullWriter()), false, System::nanoTime);
        try (Inbox inbox = Inbox.open(file);
                ServerClient client = server.client()) {
            return new TryRun(client, inbox, 4, progress, requireServer).run(Duration.ZERO);
        }
    }

    private static List<String> lines(int count, String text) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"id\":\"m-%03d\",\"text\":\"%s\"}".formatted(i, text))
                .toList();
    }
}
