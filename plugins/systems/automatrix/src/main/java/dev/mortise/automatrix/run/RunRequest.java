package dev.mortise.automatrix.run;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run to accept.
 *
 * @param id the run's id, a UUIDv7
 * @param workflow the workflow's name; the run gets its newest version
 * @param input a JSON object as text
 * @param idempotencyKey the caller's key, or null
 * @param requestHash tells whether two requests with the same key ask for the same
 * @param traceId the correlation id of the request
 * @param traceparent the span in which it was accepted, or null where that was not traced
 * @param owner the engine that executes it at once, or null to queue it
 */
public record RunRequest(
        UUID id,
        String workflow,
        String input,
        @Nullable String idempotencyKey,
        String requestHash,
        String traceId,
        @Nullable String traceparent,
        @Nullable UUID owner) {}
