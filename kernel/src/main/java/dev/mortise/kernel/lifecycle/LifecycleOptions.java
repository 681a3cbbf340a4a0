package dev.mortise.kernel.lifecycle;

import java.time.Duration;

/**
 * How patient the life cycle is.
 *
 * @param startLimit how long a plugin's constructor, start and stop may take each
 * @param drainLimit how long an update waits for the calls of the old version; after that the old version stays loaded
 *     until they end
 * @param probation how long a replaced version stays loaded, so that a roll back needs no loading
 */
public record LifecycleOptions(Duration startLimit, Duration drainLimit, Duration probation) {
    /** Returns what suits a server in production. */
    public static LifecycleOptions standard() {
        return new LifecycleOptions(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMinutes(5));
    }
}
