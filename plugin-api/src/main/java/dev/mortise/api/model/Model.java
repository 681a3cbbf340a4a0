package dev.mortise.api.model;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something that answers: by chat, or by embedding.
 *
 * @since 0.1
 */
@ConsumerType
public sealed interface Model permits ChatModel, EmbeddingModel {
    /** Returns what is known of the model. */
    ModelInfo info();
}
