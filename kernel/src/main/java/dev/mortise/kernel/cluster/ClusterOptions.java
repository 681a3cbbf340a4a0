package dev.mortise.kernel.cluster;

import java.time.Duration;

/**
 * How quickly nodes notice one another.
 *
 * @param name what this node is called; need not be unique
 * @param beat how often a node tells that it lives and looks at what it is to run
 * @param gone how long after its last beat a node counts as gone
 * @param lease how long a lease lasts without being renewed
 * @param follow how long a change of plugins waits for a node that lives
 * @param drainWait how long a node that stops goes on serving after it said that it is not ready, so that balancers see
 *     it; negative for five seconds where other nodes are there to take over, and none where not
 * @since 0.1
 */
public record ClusterOptions(
        String name, Duration beat, Duration gone, Duration lease, Duration follow, Duration drainWait) {
    /** Refuses times that cannot work together. */
    public ClusterOptions {
        if (name.isBlank() || name.length() > 200) {
            throw new IllegalArgumentException("the name of a node must have 1 to 200 characters");
        }
        if (beat.toMillis() < 50) {
            throw new IllegalArgumentException("beatMillis must be at least 50, not " + beat.toMillis());
        }
        if (gone.compareTo(beat.multipliedBy(3)) < 0) {
            throw new IllegalArgumentException("goneMillis must be at least three beats, not " + gone.toMillis());
        }
        if (lease.toMillis() < 500) {
            throw new IllegalArgumentException("leaseMillis must be at least 500, not " + lease.toMillis());
        }
    }
}
