package dev.mortise.automatrix.run;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run that this engine owns.
 *
 * @param id the run
 * @param workflow the workflow's name
 * @param version the version that the run stays on
 * @param epoch the number of this ownership; every write names it
 * @param traceId the correlation id of the request that was accepted
 * @param traceparent the span in which it was accepted, or null where that was not traced
 * @param startedAt when the run was first executed
 */
public record ClaimedRun(
        UUID id,
        String workflow,
        int version,
        int epoch,
        String traceId,
        @Nullable String traceparent,
        Instant startedAt) {}
