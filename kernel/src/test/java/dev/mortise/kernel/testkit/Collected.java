package dev.mortise.kernel.testkit;

import java.lang.ref.Reference;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for the garbage collector to take something that nothing should hold any more. */
public final class Collected {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Collected() {}

    /** Returns whether the object was collected within a generous time. */
    public static boolean within(Reference<?> reference) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            System.gc();
            if (reference.refersTo(null)) {
                return true;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return false;
    }
}
