package dev.mortise.sandbox.grant;

import dev.mortise.api.error.ErrorCategory;
import dev.mortise.api.error.ErrorCode;

/**
 * Why a host function refuses. A script sees the code and can catch it.
 *
 * @since 0.1
 */
public enum GrantError implements ErrorCode {
    /** The arguments are not those of the function. */
    ARGUMENTS("sandbox.host-arguments", ErrorCategory.INVALID),
    /** The grant does not reach so far. */
    DENIED("sandbox.host-denied", ErrorCategory.FORBIDDEN),
    /** More than is taken. */
    TOO_LARGE("sandbox.host-too-large", ErrorCategory.TOO_LARGE),
    /** The other server cannot be reached or does not keep to HTTP. */
    UNREACHABLE("sandbox.host-unreachable", ErrorCategory.UNAVAILABLE),
    /** The other server took too long. */
    TOO_SLOW("sandbox.host-too-slow", ErrorCategory.TIMEOUT);

    private final String code;
    private final ErrorCategory category;

    GrantError(String code, ErrorCategory category) {
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
