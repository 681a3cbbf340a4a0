package dev.mortise.api.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A conversation to be continued.
 *
 * @param model the model, as {@code provider/model} or by its bare id where that is unique; empty for the default
 * @param messages the turns so far, oldest first, at least one
 * @param temperature how freely tokens are drawn, from 0; empty for the model's default
 * @param maxOutputTokens where the reply is cut; empty for the model's default
 * @since 0.1
 */
public record ChatRequest(
        Optional<String> model, List<ChatMessage> messages, OptionalDouble temperature, OptionalInt maxOutputTokens) {
    /**
     * Takes an immutable copy of the turns.
     *
     * @throws IllegalArgumentException when there is no turn
     */
    public ChatRequest {
        messages = List.copyOf(messages);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("A chat request needs at least one message");
        }
    }

    /** Returns a request to the default model with its defaults. */
    public static ChatRequest of(ChatMessage... messages) {
        return new ChatRequest(Optional.empty(), List.of(messages), OptionalDouble.empty(), OptionalInt.empty());
    }
}
