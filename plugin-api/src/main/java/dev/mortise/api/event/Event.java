package dev.mortise.api.event;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Something that happened.
 *
 * @param id the same in every delivery and to every subscriber
 * @param position where it stands among all events of the server; grows in the order in which subscribers see them
 * @param name what happened, such as {@code automatrix.run.finished}
 * @param key what it is ordered by, if anything
 * @param payload what the publisher says about it
 * @param publishedAt when, by the database's clock
 * @param traceId the correlation id of the call that published it
 * @since 0.1
 */
public record Event(
        UUID id,
        long position,
        String name,
        Optional<String> key,
        JsonNode payload,
        Instant publishedAt,
        String traceId) {
    /**
     * Returns the payload as a value.
     *
     * @param json the subscriber's own mapper
     * @throws MortiseException with {@code api.input-invalid} when it does not fit
     */
    public <T> T payload(JsonMapper json, Class<T> type) {
        try {
            return json.treeToValue(payload, type);
        } catch (JacksonException e) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "The payload of event " + name + " is no " + type.getSimpleName() + ": " + e.getOriginalMessage(),
                    "Agree with the publishing plugin on the payload, then replay the event",
                    e);
        }
    }
}
