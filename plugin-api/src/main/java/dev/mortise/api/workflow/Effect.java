package dev.mortise.api.workflow;

/**
 * What a node changes outside the workflow, and so what the engine does when a crash leaves it in doubt whether the
 * node ran.
 *
 * @since 0.1
 */
public enum Effect {
    /** Nothing is changed: the engine calls again. */
    NONE,
    /**
     * A second call with the same idempotency key changes nothing more and gives the same output: the engine calls
     * again.
     */
    IDEMPOTENT,
    /** A second call would do it twice: the engine does not call again but hands the run to a person. */
    AT_MOST_ONCE
}
