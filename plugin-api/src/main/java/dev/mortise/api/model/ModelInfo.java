package dev.mortise.api.model;

/**
 * What is known of a model without calling it.
 *
 * @param id the provider's name for it, such as {@code all-minilm-l6-v2}
 * @param kind what it does
 * @param maxInputTokens how much it reads in one call; 0 where that is not known
 * @param dimensions the length of its vectors; 0 for chat models and where it is not known
 * @since 0.1
 */
public record ModelInfo(String id, ModelKind kind, int maxInputTokens, int dimensions) {}
