package dev.mortise.api.model;

/**
 * What a model does.
 *
 * @since 0.1
 */
public enum ModelKind {
    /** It is a {@link ChatModel}. */
    CHAT,
    /** It is an {@link EmbeddingModel}. */
    EMBEDDING
}
