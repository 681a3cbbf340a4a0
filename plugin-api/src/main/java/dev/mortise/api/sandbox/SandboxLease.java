package dev.mortise.api.sandbox;

import dev.mortise.api.error.MortiseException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A worker that is lent to one tenant. When a call kills it, the next call gets another one. For one thread at a time.
 * It is not kept after the call of the extension that it came from.
 *
 * @since 0.1
 */
@ConsumerType
public interface SandboxLease extends AutoCloseable {
    /**
     * Runs a script from nothing: no call sees what another one left.
     *
     * @param script its language must be the lease's
     * @param input a JSON value, at most 4 MiB of text
     * @return how it ended; a script that fails is no exception
     * @throws MortiseException with {@code api.input-invalid} or {@code api.input-too-large} for what cannot be a
     *     script or an input, with {@link SandboxError#BUSY} when no new worker can be had
     */
    Outcome call(Script script, String input);

    /**
     * Runs a script like {@link #call}, but keeps what the script's top level made for the next call of the same script
     * under this lease, which makes that one tens of times faster. Globals that calls change stay changed.
     *
     * @throws MortiseException as {@link #call}
     */
    Outcome callWarm(Script script, String input);

    /** Gives the worker back. Its process ends. */
    @Override
    void close();
}
