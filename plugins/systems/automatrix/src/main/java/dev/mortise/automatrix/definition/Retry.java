package dev.mortise.automatrix.definition;

import java.time.Duration;

/**
 * What to do after a transient failure.
 *
 * @param attempts how often the node is called in all, 1 to 100
 * @param backoff the pause after the first failure; doubles with each further one
 * @param max the longest pause
 */
public record Retry(int attempts, Duration backoff, Duration max) {
    /** What a step without {@code retry} does. */
    public static final Retry DEFAULT = new Retry(5, Duration.ofMillis(200), Duration.ofSeconds(10));

    /**
     * Returns the pause before the next attempt: exponential, with "equal jitter" (half of it random), so that runs
     * that failed together do not come back together. See M. Brooker, "Exponential Backoff And Jitter", AWS
     * Architecture Blog, 2015.
     *
     * @param failed the number of the attempt that failed, from 1
     * @param random evenly distributed in [0, 1)
     */
    public Duration pause(int failed, double random) {
        double doubled = (double) backoff.toMillis() * Math.pow(2, failed - 1.0);
        double bounded = Math.min(doubled, (double) max.toMillis());
        return Duration.ofMillis(Math.round(bounded * (0.5 + random / 2)));
    }
}
