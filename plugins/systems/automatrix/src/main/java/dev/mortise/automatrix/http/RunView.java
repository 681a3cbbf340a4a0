package dev.mortise.automatrix.http;

import dev.mortise.automatrix.engine.Acceptance;
import dev.mortise.automatrix.run.RunPayload;
import dev.mortise.automatrix.run.RunState;
import dev.mortise.automatrix.run.RunSummary;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A run as callers see it; what is not known or not asked for is left out.
 *
 * @param id the run
 * @param workflow the workflow's name
 * @param version the version that the run stays on
 * @param state where it stands
 * @param input what went in
 * @param output what came out
 * @param error why it failed
 * @param waitingFor the node type that it waits for
 * @param traceId the correlation id of the request that was accepted
 * @param createdAt when it was accepted
 * @param startedAt when it was first executed
 * @param endedAt when it ended
 * @param nextAttemptAt when it goes on after a pause
 */
public record RunView(
        UUID id,
        String workflow,
        int version,
        RunState state,
        @Nullable JsonNode input,
        @Nullable JsonNode output,
        @Nullable Failure error,
        @Nullable String waitingFor,
        @Nullable String traceId,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Instant nextAttemptAt) {
    /**
     * Why a run or an attempt failed.
     *
     * @param code a stable code
     * @param message for people
     * @param step the step at which it failed
     */
    public record Failure(
            String code, @Nullable String message, @Nullable String step) {
        static @Nullable Failure of(@Nullable String code, @Nullable String message, @Nullable String step) {
            return code == null ? null : new Failure(code, message, step);
        }
    }

    /** Returns a run as it is the moment after it was accepted: nothing of it has run yet. */
    static RunView accepted(Acceptance.New accepted) {
        return new RunView(
                accepted.run().id(),
                accepted.workflow(),
                accepted.run().version(),
                RunState.QUEUED,
                null,
                null,
                null,
                null,
                null,
                accepted.run().createdAt(),
                null,
                null,
                null);
    }

    /** Returns a run without its input and output. */
    static RunView of(RunSummary run) {
        return of(run, null);
    }

    /** Returns a run. */
    static RunView of(RunSummary run, @Nullable RunPayload payload) {
        return new RunView(
                run.id(),
                run.workflow(),
                run.version(),
                run.state(),
                payload == null ? null : payload.input(),
                payload == null ? null : payload.output(),
                Failure.of(run.errorCode(), run.errorMessage(), run.errorStep()),
                run.waitingFor(),
                run.traceId(),
                run.createdAt(),
                run.startedAt(),
                run.endedAt(),
                run.nextAttemptAt());
    }
}
