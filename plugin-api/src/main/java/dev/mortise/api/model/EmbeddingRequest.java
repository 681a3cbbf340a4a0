package dev.mortise.api.model;

import java.util.List;
import java.util.Optional;

/**
 * Texts to be embedded.
 *
 * @param model the model, as {@code provider/model} or by its bare id where that is unique; empty for the default
 * @param texts the texts, at least one
 * @since 0.1
 */
public record EmbeddingRequest(Optional<String> model, List<String> texts) {
    /**
     * Takes an immutable copy of the texts.
     *
     * @throws IllegalArgumentException when there is no text
     */
    public EmbeddingRequest {
        texts = List.copyOf(texts);
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("An embedding request needs at least one text");
        }
    }

    /** Returns a request to the default model. */
    public static EmbeddingRequest of(List<String> texts) {
        return new EmbeddingRequest(Optional.empty(), texts);
    }
}
