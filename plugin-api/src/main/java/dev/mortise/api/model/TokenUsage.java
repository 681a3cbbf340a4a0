package dev.mortise.api.model;

/**
 * Tokens consumed by one call, as the vendor counts them.
 *
 * @param inputTokens tokens read
 * @param outputTokens tokens written; 0 for embeddings
 * @since 0.1
 */
public record TokenUsage(long inputTokens, long outputTokens) {}
