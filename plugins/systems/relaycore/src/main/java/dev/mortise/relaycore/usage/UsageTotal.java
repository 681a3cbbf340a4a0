package dev.mortise.relaycore.usage;

import dev.mortise.api.model.ModelKind;

/**
 * What the calls of one model came to.
 *
 * @param provider the provider's name
 * @param model the model's id at its provider
 * @param kind chat or embedding
 * @param calls how many calls there were
 * @param failures how many of them failed
 * @param inputTokens tokens read
 * @param outputTokens tokens written
 * @since 0.1
 */
public record UsageTotal(
        String provider,
        String model,
        ModelKind kind,
        long calls,
        long failures,
        long inputTokens,
        long outputTokens) {}
