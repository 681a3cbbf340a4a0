package dev.mortise.kernel.cluster;

/**
 * Where a node stands.
 *
 * @since 0.1
 */
public enum NodeState {
    /** It brings up what it is to run. */
    STARTING,
    /** It serves. */
    READY,
    /** It takes no new work and ends when the running work is done. */
    DRAINING,
    /** It has ended, or has not been heard of for too long. */
    GONE
}
