package dev.mortise.relaycore.usage;

import dev.mortise.api.model.ModelKind;
import java.time.Instant;
import java.util.UUID;

/**
 * One call to a model, as it is listed.
 *
 * @param id increases with the time
 * @param at when the call began
 * @param provider the provider's name
 * @param model the model's id at its provider
 * @param kind chat or embedding
 * @param principal who asked
 * @param inputTokens tokens read
 * @param outputTokens tokens written
 * @param latencyMicros the time until the reply or the failure
 * @param outcome {@code ok} or the code of the failure
 * @param traceId the correlation id of the call
 * @since 0.1
 */
public record UsageRow(
        UUID id,
        Instant at,
        String provider,
        String model,
        ModelKind kind,
        String principal,
        long inputTokens,
        long outputTokens,
        long latencyMicros,
        String outcome,
        String traceId) {}
