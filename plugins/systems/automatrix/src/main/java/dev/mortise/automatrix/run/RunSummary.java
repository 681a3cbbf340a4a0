package dev.mortise.automatrix.run;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run as lists show it.
 *
 * @param id the run
 * @param workflow the workflow's name
 * @param version the workflow's version
 * @param state where it stands
 * @param errorCode why it failed
 * @param errorMessage the same for people
 * @param errorStep the step at which it failed
 * @param waitingFor the node type that it waits for
 * @param requestHash tells whether two requests ask for the same
 * @param traceId the correlation id of the request
 * @param createdAt when it was accepted
 * @param startedAt when it was first executed
 * @param endedAt when it ended
 * @param nextAttemptAt when it goes on after a pause
 */
public record RunSummary(
        UUID id,
        String workflow,
        int version,
        RunState state,
        @Nullable String errorCode,
        @Nullable String errorMessage,
        @Nullable String errorStep,
        @Nullable String waitingFor,
        String requestHash,
        String traceId,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Instant nextAttemptAt) {}
