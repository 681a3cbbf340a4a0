package dev.mortise.sandbox.frame;

import java.io.IOException;

/**
 * What came is not a frame: too long, cut short, of an unknown type, or with fields that do not fill it exactly.
 *
 * @since 0.1
 */
public final class FrameException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates a failure; the message never holds what came. */
    public FrameException(String message) {
        super(message);
    }
}
