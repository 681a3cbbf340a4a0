package dev.mortise.api.sandbox;

/**
 * How strongly the operating system holds a worker, weakest first; {@link #compareTo} compares strength.
 *
 * @since 0.1
 */
public enum Confinement {
    /** Nothing but the language's own limits. */
    NONE,
    /** A process of its own, with limits on its resources. */
    PROCESS,
    /** A process that is in namespaces of its own: no network, no files but its own, no other process in sight. */
    NAMESPACED,
    /** A process that has given up all system calls but those that computing takes (Linux seccomp). */
    SELF_LOCK,
    /** Both: namespaces and the lock. */
    NAMESPACED_LOCKED
}
