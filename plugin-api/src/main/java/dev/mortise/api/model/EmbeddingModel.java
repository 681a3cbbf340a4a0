package dev.mortise.api.model;

import dev.mortise.api.error.MortiseException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A model that maps texts to points whose distance says how far apart their meanings are.
 *
 * @since 0.1
 */
@ConsumerType
public non-sealed interface EmbeddingModel extends Model {
    /**
     * Embeds the texts, in their order. Every vector has the model's number of dimensions and length 1; equal texts
     * give equal vectors. A text that is longer than the model reads is cut there, or refused with
     * {@link ModelError#REQUEST_REFUSED} by a vendor that does not cut. The request's {@code model} is not looked at.
     *
     * @throws MortiseException with a {@link ModelError}
     */
    EmbeddingReply embed(EmbeddingRequest request);
}
