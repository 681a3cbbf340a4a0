package dev.mortise.dist;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for a condition with a deadline, or for as long as a fault is to last. */
final class Wait {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

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
            pause(BETWEEN_LOOKS);
        }
        throw new AssertionError("not within " + limit + ": " + what + " " + last + "\n" + otherwise.get());
    }

    /** Lets time pass that the test is about, such as that of an outage. */
    static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
