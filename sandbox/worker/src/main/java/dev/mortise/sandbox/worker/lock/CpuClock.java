package dev.mortise.sandbox.worker.lock;

/**
 * Tells how long the calling thread has been on a processor.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface CpuClock {
    /** Returns nanoseconds since the thread's start. */
    long nanos();
}
