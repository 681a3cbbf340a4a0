package dev.mortise.automotive.decision;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What became of a message.
 *
 * @param id in the order of time (UUIDv7)
 * @param messageId the channel's id of the message
 * @param decidedBy {@code profile} or {@code person}
 * @param intent the wish, or the best guess for the person
 * @param department who answers
 * @param urgency low, normal, high or critical
 * @param confidence from 0 to 1
 * @param reason why a person has to look
 * @param facts what the message says
 * @param reply the draft for the customer
 * @param replyBy {@code template} or {@code model}
 * @param summary what the person who takes over is told
 * @param excerpt the message's text, as far as the settings keep it
 * @param language ISO 639-1; from version 0.2.0 on
 * @param profileVersion the plugin's version that decided
 * @param recordedAt when
 * @since 0.1
 */
public record Decision(
        UUID id,
        String messageId,
        String decidedBy,
        @Nullable String intent,
        @Nullable String department,
        @Nullable String urgency,
        @Nullable Double confidence,
        @Nullable String reason,
        JsonNode facts,
        @Nullable String reply,
        @Nullable String replyBy,
        @Nullable String summary,
        @Nullable String excerpt,
        @Nullable String language,
        String profileVersion,
        Instant recordedAt) {}
