package dev.mortise.kernel.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code postmaster.pid} says: the lines are process id, data directory, start time, port, socket directory,
 * listen address, shared memory key and, once it is known, the status (PostgreSQL's {@code pidfile.h}).
 *
 * @param pid the postmaster's process id
 * @param port where it listens, 0 when not written yet
 * @param isReady whether it accepts connections
 */
record PostmasterFile(long pid, int port, boolean isReady) {
    static Path in(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    /** Reads the file, or returns empty when there is none or it is not written yet. */
    static Optional<PostmasterFile> read(Path cluster) throws IOException {
        try {
            return parse(Files.readAllLines(in(cluster)));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    static Optional<PostmasterFile> parse(List<String> lines) {
        if (lines.isEmpty() || !isNumber(lines.getFirst())) {
            return Optional.empty();
        }
        long pid = Long.parseLong(lines.getFirst().trim());
        int port = lines.size() > 3 && isNumber(lines.get(3))
                ? Integer.parseInt(lines.get(3).trim())
                : 0;
        return Optional.of(new PostmasterFile(
                pid, port, lines.size() > 7 && lines.get(7).trim().equals("ready")));
    }

    private static boolean isNumber(String text) {
        return text.trim().matches("\\d{1,9}");
    }
}
