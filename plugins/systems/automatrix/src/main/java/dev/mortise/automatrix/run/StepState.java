package dev.mortise.automatrix.run;

/** Where one attempt of a step stands. */
public enum StepState {
    /** The node may have been called; how that ended is not known yet. */
    STARTED,
    /** The output is kept; the step is never called again. */
    SUCCEEDED,
    /** The attempt failed. */
    FAILED
}
