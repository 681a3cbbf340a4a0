package dev.mortise.localembeddings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operating system's thread below a Java thread, by its entry under {@code /proc/self/task} (proc(5)). The entry is
 * gone once the thread's destructors have run.
 */
record SystemThread(Path task) {
    private static final Logger LOG = LoggerFactory.getLogger(SystemThread.class);
    private static final Path CURRENT = Path.of("/proc/thread-self");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(1);

    /** Returns the calling thread's, or empty on a system that does not tell. */
    static Optional<SystemThread> current() {
        try {
            return Optional.of(new SystemThread(CURRENT.resolveSibling(Files.readSymbolicLink(CURRENT))));
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("This system does not name its threads; a closed library may stay mapped for longer", e);
            return Optional.empty();
        }
    }

    /** Waits for its end, which follows the Java thread's within moments. */
    void awaitEnd() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (Files.exists(task)) {
            if (System.nanoTime() > deadline) {
                LOG.warn("{} has not ended after {}; the closed model's library may stay mapped", task, PATIENCE);
                return;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
