package dev.mortise.automotive.route;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * How fast a message has to be answered; written in lower case.
 *
 * @since 0.1
 */
public enum Urgency {
    /** Within days. */
    LOW,
    /** Within a working day. */
    NORMAL,
    /** Within the hour: unsafe to drive soon, a deadline within a day, very angry. */
    HIGH,
    /** At once: danger, or stranded now. */
    CRITICAL;

    /** Returns the word that decisions and workflows use. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads such a word. */
    @JsonCreator
    public static Urgency of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    Urgency atLeast(Urgency other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
