package dev.mortise.api.error;

/**
 * The failures that every plugin may meet or report, whoever owns the code that failed.
 *
 * @since 0.1
 */
public enum ApiError implements ErrorCode {
    /** A value that the caller sent is missing, malformed or out of range. */
    INPUT_INVALID("api.input-invalid", ErrorCategory.INVALID),
    /** The caller sent more than is accepted. */
    INPUT_TOO_LARGE("api.input-too-large", ErrorCategory.TOO_LARGE),
    /** What the caller named does not exist. */
    NOT_FOUND("api.not-found", ErrorCategory.NOT_FOUND),
    /** The call does not fit the present state. */
    CONFLICT("api.conflict", ErrorCategory.CONFLICT),
    /** A cursor was not given out by this list to this tenant. */
    CURSOR_INVALID("api.cursor-invalid", ErrorCategory.INVALID),
    /** What is to be changed is no longer what the caller has read. */
    PRECONDITION_FAILED("api.precondition-failed", ErrorCategory.STALE),
    /** The change must say what the caller has read. */
    PRECONDITION_REQUIRED("api.precondition-required", ErrorCategory.PRECONDITION_REQUIRED),
    /** The principal lacks a permission. */
    FORBIDDEN("api.forbidden", ErrorCategory.FORBIDDEN),
    /** No {@link dev.mortise.api.call.CallContext} is bound where one is needed. */
    NO_CALL_CONTEXT("api.no-call-context", ErrorCategory.INTERNAL),
    /** No running plugin offers the extension that was asked for. */
    EXTENSION_MISSING("api.extension-missing", ErrorCategory.UNAVAILABLE),
    /** An extension failed with something other than a {@link MortiseException}. */
    EXTENSION_FAILED("api.extension-failed", ErrorCategory.INTERNAL),
    /** The settings of a plugin cannot be bound to its record. */
    SETTINGS_INVALID("api.settings-invalid", ErrorCategory.INVALID),
    /** The calling thread was interrupted, usually because the server or the plugin is stopping. */
    INTERRUPTED("api.interrupted", ErrorCategory.UNAVAILABLE);

    private final String code;
    private final ErrorCategory category;

    ApiError(String code, ErrorCategory category) {
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
