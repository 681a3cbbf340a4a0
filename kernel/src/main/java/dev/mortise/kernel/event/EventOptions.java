package dev.mortise.kernel.event;

import java.time.Duration;

/**
 * How a node delivers events.
 *
 * @param lanes how many lanes a node delivers at once
 * @param lease how long a node may be silent before another one goes on for it
 * @param keep how long events are kept
 * @since 0.1
 */
public record EventOptions(int lanes, Duration lease, Duration keep) {
    /** Refuses what cannot work. */
    public EventOptions {
        if (lanes < 1 || lanes > 10_000) {
            throw new IllegalArgumentException("events.lanes must be from 1 to 10000, not " + lanes);
        }
        if (lease.compareTo(Duration.ofMillis(400)) < 0) {
            throw new IllegalArgumentException("events.lease must be at least PT0.4S, not " + lease);
        }
        if (!keep.isPositive()) {
            throw new IllegalArgumentException("events.keep must be longer than nothing, not " + keep);
        }
    }

    /** Returns 32 lanes, a lease of 20 seconds, and a week of memory. */
    public static EventOptions standard() {
        return new EventOptions(32, Duration.ofSeconds(20), Duration.ofDays(7));
    }
}
