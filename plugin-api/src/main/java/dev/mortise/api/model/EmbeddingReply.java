package dev.mortise.api.model;

import java.util.List;

/**
 * The embeddings of a request's texts.
 *
 * @param model the id of the model that answered
 * @param embeddings one for each text, in the texts' order
 * @param usage what was consumed
 * @since 0.1
 */
public record EmbeddingReply(String model, List<Embedding> embeddings, TokenUsage usage) {
    /** Takes an immutable copy of the embeddings. */
    public EmbeddingReply {
        embeddings = List.copyOf(embeddings);
    }
}
