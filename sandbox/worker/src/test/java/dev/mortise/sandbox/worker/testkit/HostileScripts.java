package dev.mortise.sandbox.worker.testkit;

import dev.mortise.sandbox.frame.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Scripts that try to get out or to break things, each in a file whose first line says, after a comment sign, in which
 * kinds it may end; {@code OK} may be followed by the result.
 */
public final class HostileScripts implements AutoCloseable {
    private static final Duration WALL = Duration.ofSeconds(8);
    private static final Duration LATEST = WALL.plusMillis(500);

    private final Path kit;
    private final int cpuMillis;
    private final ScriptCall next;
    private WorkerProcess worker;

    /** Runs scripts on workers of a kit; {@code next} is called after each of them, and must return 1. */
    public HostileScripts(Path kit, int cpuMillis, ScriptCall next) {
        this.kit = kit;
        this.cpuMillis = cpuMillis;
        this.next = next;
        this.worker = WorkerProcess.start(kit);
    }

    /** Returns the scripts of a folder. */
    public static List<Path> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs one, and the next call after it. Returns nothing, or what is wrong. */
    public List<String> wrong(Path file) {
        if (!worker.process().isAlive()) {
            replace();
        }
        String text = WorkerProcess.read(file);
        String expected = text.substring(0, text.indexOf('\n')).replaceFirst("^(//|#) ", "");
        End end = worker.call(ScriptCall.of(text)
                .withLimits(cpuMillis, 2_000, 4 << 20, 64 << 10)
                .granted(HostileScripts::answer, "fetch", "state.get", "state.put")
                .withWall(WALL));
        boolean asExpected = fits(expected, end);
        boolean inTime = end.wall().compareTo(LATEST) <= 0;
        if (!end.alive()) {
            replace();
        }
        End after = worker.call(next.withWall(WALL));
        return Stream.of(
                        asExpected ? "" : "It should end as " + expected + ", but ended as " + shortened(end),
                        inTime ? "" : "It took " + end.wall(),
                        after.text().equals("1") ? "" : "The next call ended as " + shortened(after))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static boolean fits(String expected, End end) {
        int space = expected.indexOf(' ');
        String kinds = space < 0 ? expected : expected.substring(0, space);
        return List.of(kinds.split("\\|")).contains(end.kind())
                && (space < 0 || !end.kind().equals("OK") || end.text().equals(expected.substring(space + 1)));
    }

    private static String shortened(End end) {
        String text = end.text();
        return end.kind() + ": " + (text.length() > 300 ? text.substring(0, 300) + "…" : text);
    }

    private static Message.HostReply answer(Message.HostCall call) {
        return call.function().equals("state.put")
                ? new Message.HostReply(false, "test.refused Not this one")
                : new Message.HostReply(true, call.arguments());
    }

    private void replace() {
        worker.close();
        worker = WorkerProcess.start(kit);
    }

    @Override
    public void close() {
        worker.close();
    }
}
