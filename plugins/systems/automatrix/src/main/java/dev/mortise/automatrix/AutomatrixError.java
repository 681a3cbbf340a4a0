package dev.mortise.automatrix;

import dev.mortise.api.error.ErrorCategory;
import dev.mortise.api.error.ErrorCode;

/**
 * The ways in which publishing or running a workflow can fail.
 *
 * @since 0.1
 */
public enum AutomatrixError implements ErrorCode {
    /** A workflow's source has problems; the message lists all of them with line and column. */
    DEFINITION_INVALID("automatrix.definition-invalid", ErrorCategory.INVALID),
    /** No industry profile offers that template. */
    TEMPLATE_UNKNOWN("automatrix.template-unknown", ErrorCategory.NOT_FOUND),
    /** No workflow of that name was published. */
    WORKFLOW_UNKNOWN("automatrix.workflow-unknown", ErrorCategory.NOT_FOUND),
    /** There is no run with that id. */
    RUN_UNKNOWN("automatrix.run-unknown", ErrorCategory.NOT_FOUND),
    /** A run's input is not a JSON object. */
    INPUT_INVALID("automatrix.input-invalid", ErrorCategory.INVALID),
    /** A run's input is larger than is accepted. */
    INPUT_TOO_LARGE("automatrix.input-too-large", ErrorCategory.TOO_LARGE),
    /** An idempotency key was used before with another request. */
    KEY_REUSED("automatrix.idempotency-key-reused", ErrorCategory.CONFLICT),
    /** An expression could not be evaluated while a run went on. */
    EXPRESSION_FAILED("automatrix.expression-failed", ErrorCategory.INVALID),
    /** A crash left it open whether a step that must not be repeated was done; a person decides. */
    STEP_IN_DOUBT("automatrix.step-in-doubt", ErrorCategory.CONFLICT),
    /** A run took more steps than it may. */
    STEP_BUDGET("automatrix.step-budget-used-up", ErrorCategory.REFUSED),
    /** No running plugin offers the step's node; the run waits until one does. */
    NODE_MISSING("automatrix.node-missing", ErrorCategory.UNAVAILABLE),
    /** A node returned something that is not JSON. */
    OUTPUT_INVALID("automatrix.output-invalid", ErrorCategory.INTERNAL),
    /** A node returned more than the engine keeps. */
    OUTPUT_TOO_LARGE("automatrix.output-too-large", ErrorCategory.REFUSED),
    /** The engine met a failure that it does not know. */
    RUN_BROKEN("automatrix.run-broken", ErrorCategory.INTERNAL),
    /** What was kept of a run does not fit its workflow. */
    JOURNAL_UNREADABLE("automatrix.journal-unreadable", ErrorCategory.INTERNAL),
    /** The plugin is stopping and takes no new work. */
    STOPPING("automatrix.stopping", ErrorCategory.UNAVAILABLE);

    private final String code;
    private final ErrorCategory category;

    AutomatrixError(String code, ErrorCategory category) {
        this.code = code;
        this.category = category;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
