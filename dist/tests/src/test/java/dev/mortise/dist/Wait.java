package dev.mortise.dist;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for a condition with a deadline. */
final class Wait {
    private Wait() {}

    /** A condition that may throw while it does not hold yet. */
    interface Condition {
        boolean holds() throws Exception;
    }

    static void until(String what, Duration limit, Condition condition, Supplier<String> otherwise) {
        long deadline = System.nanoTime() + limit.toNanos();
        String last = "";
        while (System.nanoTime() < deadline) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (Exception notYet) {
                last = notYet.toString();
            }
            pause();
        }
        throw new AssertionError("not within " + limit + ": " + what + " " + last + "\n" + otherwise.get());
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
