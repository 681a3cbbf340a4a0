package dev.mortise.kernel.http;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import org.jspecify.annotations.Nullable;

/** A refusal of one value in a body; programs, such as a form, find it by its place. */
final class BodyRefusal extends MortiseException {
    private static final long serialVersionUID = 1L;

    private final String pointer;

    /** @param place where the value is */
    BodyRefusal(ErrorCode code, BodyPlace place, String message, String remedy, @Nullable Throwable cause) {
        super(code, message, remedy, cause);
        this.pointer = place.pointer();
    }

    /** Returns where the value is, as a JSON pointer (RFC 6901); empty for the whole body. */
    String pointer() {
        return pointer;
    }
}
