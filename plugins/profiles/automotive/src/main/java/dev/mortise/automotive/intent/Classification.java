package dev.mortise.automotive.intent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the classifier makes of a message.
 *
 * @param decided whether it is sure
 * @param intent the main wish, or the best guess where it is not sure; null where there is none
 * @param department who answers that wish; null without one
 * @param confidence from 0 to 1
 * @param reason why it is not decided; null where it is
 * @param wishes the ids of all wishes that the message seems to have, the main one first
 * @param language ISO 639-1; null where the text is too short to tell
 * @param model the embedding model that was asked; null where none was
 * @since 0.1
 */
public record Classification(
        boolean decided,
        @Nullable String intent,
        @Nullable String department,
        double confidence,
        @Nullable Reason reason,
        List<String> wishes,
        @Nullable String language,
        @Nullable String model) {
    /** Takes an immutable copy; a list that is missing is empty. */
    public Classification {
        wishes = wishes == null ? List.of() : List.copyOf(wishes);
    }

    static Classification undecided(Reason reason, @Nullable String language) {
        return new Classification(false, null, null, 0, reason, List.of(), language, null);
    }
}
