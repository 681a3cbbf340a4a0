package dev.mortise.api.model;

import dev.mortise.api.error.ErrorCategory;
import dev.mortise.api.error.ErrorCode;

/**
 * How a call to a model can fail, in one vocabulary for all vendors.
 *
 * @since 0.1
 */
public enum ModelError implements ErrorCode {
    /** No provider offers the model that was asked for, or no default is set. */
    NOT_FOUND("model.not-found", ErrorCategory.NOT_FOUND),
    /** The vendor refused the request as malformed or too long. */
    REQUEST_REFUSED("model.request-refused", ErrorCategory.INVALID),
    /** The vendor refused our credentials. */
    CREDENTIALS_REFUSED("model.credentials-refused", ErrorCategory.UNAVAILABLE),
    /** The vendor's rate or quota is used up. */
    LIMITED("model.limited", ErrorCategory.LIMITED),
    /** The vendor cannot be reached, or answered with a fault of its own. */
    UNAVAILABLE("model.unavailable", ErrorCategory.UNAVAILABLE),
    /** The vendor did not answer in time. */
    TIMEOUT("model.timeout", ErrorCategory.TIMEOUT),
    /** The vendor's answer cannot be understood. */
    REPLY_INVALID("model.reply-invalid", ErrorCategory.UNAVAILABLE);

    private final String code;
    private final ErrorCategory category;

    ModelError(String code, ErrorCategory category) {
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
