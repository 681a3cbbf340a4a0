package dev.mortise.cli.inbox;

import java.util.List;

/**
 * How an experienced colleague would decide a message.
 *
 * @param person whether only a person can deal with it
 * @param intents any of these is right, the main one first; empty when only a person can tell
 * @param departments where it may go
 * @param urgency {@code low}, {@code normal}, {@code high} or {@code critical}
 * @param facts what the text states
 * @since 0.1
 */
public record Label(boolean person, List<String> intents, List<String> departments, String urgency, Facts facts) {
    /** Takes immutable copies of the lists. */
    public Label {
        intents = List.copyOf(intents);
        departments = List.copyOf(departments);
    }
}
