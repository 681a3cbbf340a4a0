package dev.mortise.api.sandbox;

import dev.mortise.api.error.ErrorCategory;
import dev.mortise.api.error.ErrorCode;
import java.util.Locale;

/**
 * Why a call has no result; as an error, {@code sandbox.script-} and the name in small letters. The names are stable.
 *
 * @since 0.1
 */
public enum FailureKind implements ErrorCode {
    /** The source cannot be read. */
    SYNTAX,
    /** The script threw and did not catch. */
    THROWN,
    /** Out of processor time. */
    CPU,
    /** Out of time by the clock. */
    WALL,
    /** Out of memory. */
    MEMORY,
    /** Too many calls within calls. */
    STACK,
    /** The result is larger than allowed. */
    OUTPUT,
    /** A host function that was not granted, or that refused. */
    HOST_DENIED,
    /** More calls of host functions, or longer ones, than allowed. */
    HOST_CALLS,
    /** The result is not a JSON value: a cycle, a function, a big integer. */
    NOT_JSON,
    /** The result is a promise that nothing will settle any more. */
    UNSETTLED,
    /** The worker said something that it never says unless somebody else speaks through it. */
    PROTOCOL,
    /** The worker went away. */
    LOST;

    @Override
    public String code() {
        return "sandbox.script-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public ErrorCategory category() {
        return switch (this) {
            // Not the script's doing: another worker may succeed.
            case LOST, PROTOCOL -> ErrorCategory.UNAVAILABLE;
            default -> ErrorCategory.REFUSED;
        };
    }
}
