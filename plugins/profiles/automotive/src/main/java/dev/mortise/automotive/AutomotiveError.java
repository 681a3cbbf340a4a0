package dev.mortise.automotive;

import dev.mortise.api.error.ErrorCategory;
import dev.mortise.api.error.ErrorCode;

/**
 * How this profile can fail.
 *
 * @since 0.1
 */
public enum AutomotiveError implements ErrorCode {
    /** A resource of this plugin cannot be read; the jar is broken. */
    RESOURCE_INVALID("automotive.resource-invalid", ErrorCategory.INTERNAL),
    /** No decision of that message is known to the tenant. */
    DECISION_NOT_FOUND("automotive.decision-not-found", ErrorCategory.NOT_FOUND),
    /** A decision has to name the message that it is about. */
    MESSAGE_ID_MISSING("automotive.message-id-missing", ErrorCategory.INVALID);

    private final String code;
    private final ErrorCategory category;

    AutomotiveError(String code, ErrorCategory category) {
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
