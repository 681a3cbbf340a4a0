package dev.mortise.automotive.decision;

import dev.mortise.api.error.MortiseException;
import dev.mortise.automotive.AutomotiveError;
import dev.mortise.automotive.AutomotiveSettings.KeepText;
import dev.mortise.automotive.Message;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A decision about to be recorded: made from what the steps of the workflow returned. */
record DecisionDraft(
        String idempotencyKey,
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
        String profileVersion) {
    private static final int EXCERPT = 200;
    private static final int LONGEST_MESSAGE_ID = 200;
    /** Digits and addresses identify people; an excerpt is for recognising a message, not its sender. */
    private static final Pattern IDENTIFYING = Pattern.compile("\\S{1,64}@\\S{1,255}|[\\w+-]{0,20}\\d{3}[\\w-]{0,40}");

    /**
     * Reads the steps' outputs: {@code extract}, {@code classify}, {@code route}, {@code reply}, {@code hand-over}; a
     * step that was skipped is missing.
     *
     * @throws MortiseException with {@link AutomotiveError#MESSAGE_ID_MISSING}
     */
    static DecisionDraft of(String key, Message message, JsonNode steps, Recording recording) {
        if (message.id().isBlank() || message.id().length() > LONGEST_MESSAGE_ID) {
            throw new MortiseException(
                    AutomotiveError.MESSAGE_ID_MISSING,
                    "The message has no id of 1 to " + LONGEST_MESSAGE_ID
                            + " characters, so its decision cannot be kept",
                    "Give the workflow's input an \"id\"");
        }
        JsonNode classification = steps.path("classify");
        JsonNode route = steps.path("route");
        JsonNode reply = steps.path("reply");
        boolean decided = classification.path("decided").asBoolean(false);
        String department = text(route, "department");
        return new DecisionDraft(
                key,
                message.id(),
                decided ? "profile" : "person",
                text(classification, "intent"),
                department == null ? text(classification, "department") : department,
                text(route, "urgency"),
                classification.path("confidence").isNumber()
                        ? classification.path("confidence").asDouble()
                        : null,
                text(classification, "reason"),
                steps.path("extract").isObject() ? steps.path("extract") : recording.nothing(),
                text(reply, "text"),
                text(reply, "by"),
                text(steps.path("hand-over"), "summary"),
                excerpt(message.text(), recording.keepText()),
                recording.language() ? text(classification, "language") : null,
                recording.version());
    }

    /**
     * How decisions are recorded.
     *
     * @param version this plugin's version
     * @param keepText what is kept of a message
     * @param language whether the table has a column for it
     * @param nothing an empty JSON object
     */
    record Recording(String version, KeepText keepText, boolean language, JsonNode nothing) {}

    private static @Nullable String excerpt(String text, KeepText keep) {
        return switch (keep) {
            case NONE -> null;
            case FULL -> storable(text);
            case EXCERPT -> {
                String start = text.substring(0, Math.min(text.length(), 2 * EXCERPT));
                String redacted = IDENTIFYING.matcher(start).replaceAll("▒");
                yield storable(redacted.substring(0, Math.min(redacted.length(), EXCERPT)));
            }
        };
    }

    /** PostgreSQL's text cannot hold NUL, nor half a surrogate pair. */
    private static String storable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> c != 0 && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE))
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isString() ? storable(value.asString()) : null;
    }
}
