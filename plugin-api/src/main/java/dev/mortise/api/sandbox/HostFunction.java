package dev.mortise.api.sandbox;

import dev.mortise.api.error.MortiseException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A function of the server's that a script may call as {@code host.<name>(…)}. It runs in the server, on the thread
 * that made the call of the script and with its {@link dev.mortise.api.call.CallContext}; whatever it is given was made
 * by a stranger.
 *
 * @since 0.1
 */
@ConsumerType
public interface HostFunction {
    /** Returns the name, such as {@code state.get}: letters, and dots between. */
    String name();

    /**
     * Answers.
     *
     * @param arguments the arguments as a JSON array, at most 4 MiB of text
     * @return a JSON value, at most 4 MiB of text
     * @throws MortiseException when it refuses or fails; the script sees code and message as an error it can catch
     */
    String call(String arguments);
}
