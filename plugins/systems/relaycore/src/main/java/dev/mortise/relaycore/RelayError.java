package dev.mortise.relaycore;

import dev.mortise.api.error.ErrorCategory;
import dev.mortise.api.error.ErrorCode;

/**
 * How a request to the gateway can fail before a model is called.
 *
 * @since 0.1
 */
public enum RelayError implements ErrorCode {
    /** The name of the model fits several. */
    MODEL_AMBIGUOUS("relaycore.model-ambiguous", ErrorCategory.INVALID),
    /** No model is named and no default is set or evident. */
    NO_DEFAULT_MODEL("relaycore.no-default-model", ErrorCategory.NOT_FOUND),
    /** A parameter of the request is missing, malformed or out of range. */
    PARAMETER_INVALID("relaycore.parameter-invalid", ErrorCategory.INVALID),
    /** A parameter of OpenAI's format asks for something that is not offered here. */
    PARAMETER_UNSUPPORTED("relaycore.parameter-unsupported", ErrorCategory.INVALID);

    private final String code;
    private final ErrorCategory category;

    RelayError(String code, ErrorCategory category) {
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
