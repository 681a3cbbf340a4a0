package dev.mortise.api.model;

import dev.mortise.api.error.MortiseException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A model that continues a conversation.
 *
 * @since 0.1
 */
@ConsumerType
public non-sealed interface ChatModel extends Model {
    /**
     * Answers; blocks until the reply is complete. The request's {@code model} is not looked at.
     *
     * @throws MortiseException with a {@link ModelError}
     */
    ChatReply chat(ChatRequest request);
}
