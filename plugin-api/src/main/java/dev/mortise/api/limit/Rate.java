package dev.mortise.api.limit;

import java.time.Duration;

/**
 * So many in a time. Whoever was idle may take all of them at once; they come back evenly.
 *
 * @param permits how many, at least 1
 * @param per in which time, from a second to 31 days
 * @since 0.1
 */
public record Rate(long permits, Duration per) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final long MOST = 1_000_000_000_000L;

    /** Refuses what is no rate. */
    public Rate {
        if (permits < 1 || permits > MOST) {
            throw new IllegalArgumentException("A limit lets from 1 to " + MOST + " pass, not " + permits);
        }
        if (per.compareTo(SHORTEST) < 0 || per.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("A limit's time is from a second to 31 days, not " + per);
        }
    }

    /** Returns how many come back in a second. */
    public double perSecond() {
        return permits / (per.toNanos() / 1e9);
    }
}
