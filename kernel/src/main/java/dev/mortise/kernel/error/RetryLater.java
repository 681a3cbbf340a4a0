package dev.mortise.kernel.error;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.time.Duration;

/**
 * A refusal that ends by itself. The door tells the time in the header {@code Retry-After} (RFC 9110, section 10.2.3).
 *
 * @since 0.1
 */
public final class RetryLater extends MortiseException {
    private static final long serialVersionUID = 1L;

    private final long seconds;

    /** @param after when the same call may succeed; told in whole seconds, at least one */
    public RetryLater(ErrorCode code, String message, String remedy, Duration after) {
        super(code, message, remedy);
        this.seconds = Math.max(1, after.plusMillis(999).toSeconds());
    }

    /** Returns after how many seconds the same call may succeed. */
    public long seconds() {
        return seconds;
    }
}
