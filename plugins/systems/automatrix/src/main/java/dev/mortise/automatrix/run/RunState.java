package dev.mortise.automatrix.run;

/** Where a run stands. */
public enum RunState {
    /** Accepted, and executed as soon as there is room. */
    QUEUED,
    /** An engine executes it. */
    RUNNING,
    /** It waits for its next attempt, or for a node type that no running plugin offers. */
    WAITING,
    /** It came to its end. */
    SUCCEEDED,
    /** It ended before its end; the error says why. */
    FAILED;

    /** Returns whether nothing more will happen. */
    public boolean isEnd() {
        return this == SUCCEEDED || this == FAILED;
    }
}
