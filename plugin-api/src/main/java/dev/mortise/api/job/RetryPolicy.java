package dev.mortise.api.job;

import java.time.Duration;

/**
 * How failures are tried again: exponential back-off with full jitter. Before try number <i>n</i>+1 passes a time
 * chosen evenly between zero and {@code min(longest, first * 2^(n-1))}, so that what failed together does not come back
 * together.
 *
 * @param attempts how many tries in all, 1 for none after the first
 * @param first the longest wait before the second try
 * @param longest the longest wait at all
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential Backoff And
 *     Jitter</a>
 * @since 0.1
 */
public record RetryPolicy(int attempts, Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 30;

    /** Refuses a policy that would never try, or wait backwards. */
    public RetryPolicy {
        if (attempts < 1 || first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "A retry policy has at least 1 attempt, and 0 <= first <= longest; this has " + attempts + ", "
                            + first + ", " + longest);
        }
    }

    /** Returns the usual: 8 tries, waits of up to 2 seconds, 4, 8 … and 10 minutes at most. */
    public static RetryPolicy standard() {
        return new RetryPolicy(8, Duration.ofSeconds(2), Duration.ofMinutes(10));
    }

    /** Returns a policy of one try. */
    public static RetryPolicy never() {
        return new RetryPolicy(1, Duration.ZERO, Duration.ZERO);
    }

    /** Returns a policy with the waits of this one and another number of tries. */
    public RetryPolicy attempts(int tries) {
        return new RetryPolicy(tries, first, longest);
    }

    /** Returns the longest wait after that many failed tries, at least one. */
    public Duration ceiling(int failed) {
        int doublings = Math.min(Math.max(failed, 1) - 1, MOST_DOUBLINGS);
        Duration doubled =
                first.compareTo(longest.dividedBy(1L << doublings)) > 0 ? longest : first.multipliedBy(1L << doublings);
        return doubled.compareTo(longest) > 0 ? longest : doubled;
    }
}
