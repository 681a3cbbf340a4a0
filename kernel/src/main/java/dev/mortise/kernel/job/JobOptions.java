package dev.mortise.kernel.job;

import java.time.Duration;

/**
 * How a node runs jobs.
 *
 * @param threads how many run at once on this node
 * @param heartbeat how often a node says that its runs are alive; a run of which nothing was heard for four of these is
 *     given to another node
 * @param keep how long jobs that have ended are kept
 * @since 0.1
 */
public record JobOptions(int threads, Duration heartbeat, Duration keep) {
    /** The least that db-scheduler allows. */
    static final int MISSED_HEARTBEATS = 4;

    /** Refuses what cannot work. */
    public JobOptions {
        if (threads < 1 || threads > 10_000) {
            throw new IllegalArgumentException("jobs.threads must be from 1 to 10000, not " + threads);
        }
        if (heartbeat.compareTo(Duration.ofMillis(100)) < 0) {
            throw new IllegalArgumentException("jobs.heartbeat must be at least PT0.1S, not " + heartbeat);
        }
        if (!keep.isPositive()) {
            throw new IllegalArgumentException("jobs.keep must be longer than nothing, not " + keep);
        }
    }

    /** Returns 64 runs at once, a heartbeat every 5 seconds, and a week of memory. */
    public static JobOptions standard() {
        return new JobOptions(64, Duration.ofSeconds(5), Duration.ofDays(7));
    }

    /** Returns how long a node may be silent before its runs are taken over. */
    Duration lease() {
        return heartbeat.multipliedBy(MISSED_HEARTBEATS);
    }
}
