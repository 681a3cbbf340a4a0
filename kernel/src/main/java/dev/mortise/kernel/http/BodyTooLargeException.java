package dev.mortise.kernel.http;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.io.IOException;

/** The body has more bytes than are accepted; an {@link IOException} so that it passes through parsers. */
final class BodyTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long limit;

    BodyTooLargeException(long limit) {
        super("The body is larger than " + limit + " bytes");
        this.limit = limit;
    }

    MortiseException asMortise() {
        return new MortiseException(
                KernelError.REQUEST_TOO_LARGE,
                "The body is larger than the " + limit + " bytes that are accepted here",
                "Send less at once, or raise server.maxBodyBytes in the configuration",
                this);
    }
}
