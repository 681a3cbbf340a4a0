package dev.mortise.kernel.postgres;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;

/**
 * The file that PostgreSQL writes to. PostgreSQL holds it open in append mode and survives the JVM, so it is rotated by
 * copy and truncate: the next line lands at the start of the emptied file. Not a pipe, which would break with the JVM,
 * and not PostgreSQL's own collector, which is one more process and misses what goes wrong before it runs.
 */
final class ServerLog {
    private static final long ROTATE_BYTES = 4L << 20;
    private static final int KEPT = 4;
    private static final int TAIL_BYTES = 8 << 10;
    private static final int TAIL_LINES = 8;

    private final Path file;

    ServerLog(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /** Returns where the next line will stand; see {@link #since}. */
    long mark() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /** Keeps the file and its four predecessors below 4 MiB each. */
    void rotateWhenLarge() throws IOException {
        if (mark() < ROTATE_BYTES) {
            return;
        }
        for (int age = KEPT; age > 1; age--) {
            Path younger = numbered(age - 1);
            if (Files.exists(younger)) {
                Files.move(younger, numbered(age), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.copy(file, numbered(1), StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
    }

    /** Returns the last lines that were written after the mark, those that say what went wrong before others. */
    List<String> since(long mark) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.max(Math.min(mark, in.length()), in.length() - TAIL_BYTES);
            byte[] bytes = new byte[(int) (in.length() - start)];
            in.seek(start);
            in.readFully(bytes);
            List<String> lines = new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()).stream()
                    .sorted(Comparator.comparing(line -> !isAlarming(line)))
                    .toList();
        }
    }

    private static boolean isAlarming(String line) {
        return line.contains("FATAL:") || line.contains("PANIC:") || line.contains("error:");
    }

    private Path numbered(int age) {
        return file.resolveSibling(file.getFileName() + "." + age);
    }
}
