package dev.mortise.automatrix.engine;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells running work that the engine stops: first that no new step begins, later that the time is over. */
final class Stopping {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);

    void begin() {
        begun.countDown();
    }

    void end() {
        begun.countDown();
        over.countDown();
    }

    boolean hasBegun() {
        return begun.getCount() == 0;
    }

    boolean isOver() {
        return over.getCount() == 0;
    }

    /** Waits; returns early when the stop begins or the thread is interrupted, whose status is kept. */
    void pauseUntilBegun(Duration time) {
        pause(begun, time);
    }

    /** Waits; returns early when the time for stopping is over or the thread is interrupted, whose status is kept. */
    void pauseUntilOver(Duration time) {
        pause(over, time);
    }

    private static void pause(CountDownLatch latch, Duration time) {
        try {
            // Either way the caller looks again.
            boolean ignored = latch.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
