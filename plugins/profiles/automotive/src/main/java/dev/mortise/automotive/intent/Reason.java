package dev.mortise.automotive.intent;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Why a message goes to a person; written in lower case with hyphens.
 *
 * @since 0.1
 */
public enum Reason {
    /** The meaning is not clear enough. */
    UNSURE,
    /** It asks for several things, none of them first. */
    SEVERAL_WISHES,
    /** It says nothing. */
    EMPTY,
    /** It is longer than a message that can be judged at once. */
    TOO_LONG,
    /** It threatens, insults, or tries to give orders to the machine. */
    HOSTILE,
    /** It is in a language that the profile does not read. */
    LANGUAGE;

    /** Returns the word that decisions and workflows use. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads such a word. */
    @JsonCreator
    public static Reason of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
