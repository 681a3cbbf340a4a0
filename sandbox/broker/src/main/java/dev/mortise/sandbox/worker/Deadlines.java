package dev.mortise.sandbox.worker;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends what does not end by itself. On a thread of the system's, because virtual threads may all be waiting when it
 * matters.
 *
 * @since 0.1
 */
public final class Deadlines implements AutoCloseable {
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("sandbox-deadlines").factory());

    /** Creates a clock that nothing is armed on yet. */
    public Deadlines() {
        clock.setRemoveOnCancelPolicy(true);
    }

    /** Does something after a time, unless it is disarmed before. */
    Deadline arm(Duration after, Runnable action) {
        Deadline deadline = new Deadline(action);
        deadline.future = clock.schedule(deadline, after.toNanos(), TimeUnit.NANOSECONDS);
        return deadline;
    }

    @Override
    public void close() {
        clock.close();
    }

    /** Something that will be done. */
    static final class Deadline implements Runnable {
        private final Runnable action;
        private volatile @Nullable ScheduledFuture<?> future;
        private volatile boolean over;

        private Deadline(Runnable action) {
            this.action = action;
        }

        @Override
        public void run() {
            over = true;
            action.run();
        }

        void disarm() {
            ScheduledFuture<?> armed = future;
            if (armed != null) {
                armed.cancel(false);
            }
        }

        /** Returns whether the time is over and the action was begun. */
        boolean isOver() {
            return over;
        }
    }
}
