package dev.mortise.automatrix.engine;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets callers wait for a run's end without asking the database. Knows only the runs that end on this server. */
final class Endings {
    private final Map<UUID, Awaited> awaited = new ConcurrentHashMap<>();

    private static final class Awaited {
        private final CountDownLatch left = new CountDownLatch(1);
        private int callers;
    }

    /** A caller's interest in a run; signals between registration and waiting are not lost. */
    final class Interest implements AutoCloseable {
        private final UUID runId;
        private final Awaited entry;

        private Interest(UUID runId, Awaited entry) {
            this.runId = runId;
            this.entry = entry;
        }

        /** Waits at most this long; returns whether the run was left by its engine. */
        boolean await(Duration time) throws InterruptedException {
            return entry.left.await(time.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void close() {
            awaited.computeIfPresent(runId, (id, present) -> {
                if (present != entry) {
                    return present;
                }
                return --present.callers == 0 ? null : present;
            });
        }
    }

    Interest register(UUID runId) {
        Awaited entry = awaited.compute(runId, (id, present) -> {
            Awaited kept = present == null ? new Awaited() : present;
            kept.callers++;
            return kept;
        });
        return new Interest(runId, entry);
    }

    /** Tells those who wait that this engine has left the run: it ended, or waits for something. */
    void signal(UUID runId) {
        Awaited entry = awaited.remove(runId);
        if (entry != null) {
            entry.left.countDown();
        }
    }
}
