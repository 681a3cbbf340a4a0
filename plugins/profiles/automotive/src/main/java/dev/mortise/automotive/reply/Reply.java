package dev.mortise.automotive.reply;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/**
 * A draft for the customer.
 *
 * @param text the draft, ready to be read by the person who sends it
 * @param by who wrote it
 * @param missing what the draft asks for: {@code vin}, {@code mileage}, {@code days} and the like
 * @since 0.1
 */
public record Reply(String text, Author by, List<String> missing) {
    /** Takes an immutable copy. */
    public Reply {
        missing = List.copyOf(missing);
    }

    /** Who wrote a draft; written in lower case. */
    public enum Author {
        /** The profile's template. */
        TEMPLATE,
        /** A chat model. */
        MODEL;

        /** Returns the word that decisions and workflows use. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Reads such a word. */
        @JsonCreator
        public static Author of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
