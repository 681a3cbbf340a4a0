package dev.mortise.kernel.registry;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the calls that run in one load of a plugin. Once closed, no further lease is given; {@link #awaitDrained}
 * returns when the last one has come back.
 *
 * <p>Invariant, held by compare-and-set on one word: the lower 31 bits count the leases that are out, the sign bit says
 * closed. The latch opens exactly once, by whoever brings the word to "closed and none out".
 */
public final class Leases {
    private static final int CLOSED = Integer.MIN_VALUE;

    private final AtomicInteger state = new AtomicInteger();
    private final CountDownLatch drained = new CountDownLatch(1);

    /**
     * Takes a lease, or returns false when no more are given. A lease that was taken is given back by {@link #release}.
     */
    public boolean tryAcquire() {
        while (true) {
            int now = state.get();
            if (now < 0) {
                return false;
            }
            if (state.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    /** Gives one lease back. */
    public void release() {
        if (state.decrementAndGet() == CLOSED) {
            drained.countDown();
        }
    }

    /** Gives no more leases. Closing twice does nothing. */
    public void close() {
        if (state.getAndUpdate(now -> now | CLOSED) == 0) {
            drained.countDown();
        }
    }

    /** Waits until this is closed and every lease has come back; returns false when that took longer. */
    public boolean awaitDrained(Duration limit) throws InterruptedException {
        return drained.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Returns how many leases are out. */
    public int outstanding() {
        return state.get() & Integer.MAX_VALUE;
    }
}
