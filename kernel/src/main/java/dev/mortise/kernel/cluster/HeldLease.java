package dev.mortise.kernel.cluster;

import java.time.Duration;

/**
 * One term of leadership as this process knows it. Its end is measured by the process's monotonic clock from before the
 * renewal was sent, so it never believes longer than the database does; a pause of the process counts.
 *
 * <p>Invariant: {@link #endsAt} is written by the keeper's thread and by the holder alone, each time to a later moment
 * or to the past.
 */
final class HeldLease {
    private final String name;
    private final long token;
    private final Thread worker;
    private volatile long endsAt;
    private volatile boolean over;

    HeldLease(String name, long token, long endsAt, Thread worker) {
        this.name = name;
        this.token = token;
        this.endsAt = endsAt;
        this.worker = worker;
    }

    static long endAfter(long askedAt, Duration term) {
        return askedAt + term.toNanos();
    }

    String name() {
        return name;
    }

    long token() {
        return token;
    }

    boolean isHeld() {
        return !over && System.nanoTime() - endsAt < 0;
    }

    void renewed(long until) {
        endsAt = until;
    }

    /** Ends the term for its holder; the worker is told when it is another thread than the one that ends it. */
    void lose() {
        if (!over) {
            over = true;
            worker.interrupt();
        }
    }

    /** Ends the term because the work is done. */
    void finish() {
        over = true;
    }
}
