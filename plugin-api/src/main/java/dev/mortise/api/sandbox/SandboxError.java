package dev.mortise.api.sandbox;

import dev.mortise.api.error.ErrorCategory;
import dev.mortise.api.error.ErrorCode;

/**
 * Why no worker could be lent. What goes wrong within a script is an {@link Outcome.Failed}.
 *
 * @since 0.1
 */
public enum SandboxError implements ErrorCode {
    /** No worker for this language is installed, or its interpreter is not on this machine. */
    LANGUAGE_MISSING("sandbox.language-missing", ErrorCategory.UNAVAILABLE),
    /** This machine cannot confine a worker as strongly as the operator or the caller demands. */
    TOO_WEAK("sandbox.confinement-too-weak", ErrorCategory.REFUSED),
    /** All workers are lent, and as many calls wait as may. */
    BUSY("sandbox.busy", ErrorCategory.LIMITED);

    private final String code;
    private final ErrorCategory category;

    SandboxError(String code, ErrorCategory category) {
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
