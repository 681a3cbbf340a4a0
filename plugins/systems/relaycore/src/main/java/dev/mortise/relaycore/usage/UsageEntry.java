package dev.mortise.relaycore.usage;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.model.ModelKind;
import dev.mortise.api.model.ModelListing;
import dev.mortise.api.model.TokenUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * One call to a model, as it is kept.
 *
 * @param id made here, in the order of time, so that writing an entry again changes nothing
 * @param tenant who pays
 * @param at when the call began
 * @param provider the provider's name
 * @param model the model's id at its provider
 * @param kind chat or embedding
 * @param principal who asked
 * @param inputTokens tokens read
 * @param outputTokens tokens written
 * @param latencyMicros the time until the reply or the failure
 * @param outcome {@link #OK} or the code of the failure
 * @param traceId the correlation id of the call
 * @since 0.1
 */
public record UsageEntry(
        UUID id,
        TenantId tenant,
        Instant at,
        String provider,
        String model,
        ModelKind kind,
        String principal,
        long inputTokens,
        long outputTokens,
        long latencyMicros,
        String outcome,
        String traceId) {
    /** The outcome of a call that was answered. */
    public static final String OK = "ok";

    /** Returns the entry for a call that has just ended. */
    public static UsageEntry of(
            CallContext context, ModelListing model, Instant at, Duration latency, TokenUsage tokens, String outcome) {
        return new UsageEntry(
                TimeOrderedId.at(at),
                context.tenant(),
                at,
                model.provider(),
                model.info().id(),
                model.info().kind(),
                context.principal().id(),
                tokens.inputTokens(),
                tokens.outputTokens(),
                latency.toNanos() / 1_000,
                outcome,
                context.traceId());
    }
}
