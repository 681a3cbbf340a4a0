package dev.mortise.kernel.http;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** The body did not arrive whole; an {@link IOException} so that it passes through parsers. */
final class BrokenBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenBodyException(IOException cause) {
        super(cause);
    }

    MortiseException asMortise() {
        for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return HttpRefusal.timeout(this);
            }
        }
        return new MortiseException(
                KernelError.REQUEST_INVALID,
                "The request's body broke off, or is not encoded as its headers say",
                "Send the request again",
                this);
    }
}
