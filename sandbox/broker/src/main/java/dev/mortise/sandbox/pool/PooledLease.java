package dev.mortise.sandbox.pool;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.sandbox.Language;
import dev.mortise.api.sandbox.Limits;
import dev.mortise.api.sandbox.Outcome;
import dev.mortise.api.sandbox.Script;
import dev.mortise.sandbox.worker.Deadlines;
import dev.mortise.sandbox.worker.HostFunctions;
import dev.mortise.sandbox.worker.WorkerProcess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A worker of a pool in the hands of one tenant, replaced when it dies or has served enough. For one thread at a time.
 *
 * @since 0.1
 */
public final class PooledLease implements AutoCloseable {
    private static final int MOST_INPUT_BYTES = 4 << 20;
    private static final int MOST_CALLS = 10_000;
    private static final Duration MOST_AGE = Duration.ofMinutes(10);

    private final WorkerPool pool;
    private final Deadlines deadlines;
    private final CallListener listener;
    private final Language language;
    private final TenantId tenant;
    private @Nullable WorkerProcess worker;
    private boolean closed;

    /** Takes a worker; see {@link WorkerPool#lend} for what is thrown. */
    public PooledLease(
            WorkerPool pool, Deadlines deadlines, CallListener listener, Language language, TenantId tenant) {
        this.pool = pool;
        this.deadlines = deadlines;
        this.listener = listener;
        this.language = language;
        this.tenant = tenant;
        this.worker = pool.lend(tenant);
    }

    /**
     * Runs a script.
     *
     * @throws MortiseException with {@code api.input-invalid}, {@code api.input-too-large}, {@code sandbox.busy}
     */
    public Outcome call(Script script, String input, boolean warm, Limits limits, HostFunctions functions) {
        check(script, input);
        Outcome outcome = living().call(script, input, warm, limits, functions, deadlines);
        listener.ended(language, outcome);
        return outcome;
    }

    private WorkerProcess living() {
        if (closed) {
            throw new MortiseException(ApiError.CONFLICT, "The lease is over", "Take another one");
        }
        WorkerProcess present = worker;
        if (present != null && present.isAlive() && !present.isWornOut(MOST_CALLS, MOST_AGE)) {
            return present;
        }
        giveBack();
        WorkerProcess next = pool.lend(tenant);
        worker = next;
        return next;
    }

    private void check(Script script, String input) {
        if (script.language() != language) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    script.name() + " is written in " + script.language().id() + "; the lease is for " + language.id(),
                    "Take a lease for that language");
        }
        if (script.source().length() > Script.MOST_CHARACTERS) {
            throw new MortiseException(
                    ApiError.INPUT_TOO_LARGE,
                    script.name() + " has " + script.source().length() + " characters; " + Script.MOST_CHARACTERS
                            + " are allowed",
                    "Pass data as input, and keep the script small");
        }
        if (input.getBytes(StandardCharsets.UTF_8).length > MOST_INPUT_BYTES) {
            throw new MortiseException(
                    ApiError.INPUT_TOO_LARGE,
                    "The input is larger than 4 MiB",
                    "Pass a reference, and let the script fetch the part that it needs");
        }
    }

    private void giveBack() {
        WorkerProcess present = worker;
        worker = null;
        if (present != null) {
            pool.end(present);
        }
    }

    @Override
    public void close() {
        closed = true;
        giveBack();
    }
}
