package dev.mortise.sandbox.node;

import dev.mortise.api.error.ErrorCategory;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.sandbox.FailureKind;
import java.util.Locale;

/** A script that has no result, as the error of a step; the code ends in the kind. */
record ScriptFailure(FailureKind kind) implements ErrorCode {
    @Override
    public String code() {
        return "sandbox.script-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public ErrorCategory category() {
        return switch (kind) {
            // Not the script's doing: another worker may succeed.
            case LOST, PROTOCOL -> ErrorCategory.UNAVAILABLE;
            default -> ErrorCategory.REFUSED;
        };
    }
}
