package dev.mortise.api.error;

import org.jspecify.annotations.Nullable;

/**
 * The one exception that crosses module borders. The message says what failed and where; the remedy says what the
 * reader can do about it. Neither ever carries a secret.
 *
 * @since 0.1
 */
public class MortiseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorCode errorCode;
    private final String remedy;

    /** Creates a failure with no cause beneath it. */
    public MortiseException(ErrorCode errorCode, String message, String remedy) {
        this(errorCode, message, remedy, null);
    }

    /** Creates a failure that was caused by another one. */
    public MortiseException(ErrorCode errorCode, String message, String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.errorCode = errorCode;
        this.remedy = remedy;
    }

    /** Returns the stable code of this failure. */
    public ErrorCode errorCode() {
        return errorCode;
    }

    /** Returns what the reader can do about it, one or two imperative sentences. */
    public String remedy() {
        return remedy;
    }

    /** Returns code, message and remedy in one line, for logs and consoles. */
    public String describe() {
        return errorCode.code() + ": " + getMessage() + " (" + remedy + ")";
    }
}
