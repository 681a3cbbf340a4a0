package dev.mortise.sandbox.pool;

import dev.mortise.api.sandbox.Language;
import dev.mortise.api.sandbox.Outcome;

/**
 * Is told of every call.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface CallListener {
    /** A call has ended. */
    void ended(Language language, Outcome outcome);
}
