package dev.mortise.automotive;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import tools.jackson.databind.JsonNode;

/**
 * A customer's message as a channel hands it over. A field that is missing or of another type is empty: what is wrong
 * with a message is for a person to see, not a reason to fail.
 *
 * @param id the channel's id of the message
 * @param channel such as {@code mail} or {@code sms}
 * @param from the sender, free text
 * @param receivedAt when it came; now, when that is not said
 * @param text what it says
 * @since 0.1
 */
public record Message(String id, String channel, String from, Instant receivedAt, String text) {
    /**
     * Reads the {@code message} of a step's input, or the input itself where it is a message.
     *
     * @throws MortiseException with {@code api.input-invalid} when there is neither: then the workflow is wrong, not
     *     the customer
     */
    public static Message of(JsonNode input) {
        if (!input.path("message").isObject() && !input.has("text") && !input.has("id")) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "The step's input has no \"message\"",
                    "Give the step the message: with: { message: \"${input}\" }");
        }
        JsonNode node = input.path("message").isObject() ? input.path("message") : input;
        return new Message(
                text(node, "id"),
                text(node, "channel"),
                text(node, "from"),
                instant(text(node, "receivedAt")),
                text(node, "text"));
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isValueNode() && !value.isNull() ? value.asString() : "";
    }

    private static Instant instant(String text) {
        try {
            return text.isEmpty() ? Instant.now() : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException notATime) {
            // Relative dates then count from today, which is right for a message that has just come.
            return Instant.now();
        }
    }
}
