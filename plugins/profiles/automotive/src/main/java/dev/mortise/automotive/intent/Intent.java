package dev.mortise.automotive.intent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wish that customers write about.
 *
 * @param id such as {@code book-service}; {@link #NONE} for what needs a person
 * @param title for people
 * @param department who answers
 * @param urgency how fast, before what the message says
 * @param cues words of the trade that speak for this wish
 * @param examples how customers put it
 * @since 0.1
 */
public record Intent(
        String id,
        @Nullable String title,
        @Nullable String department,
        @Nullable String urgency,
        @Nullable Cues cues,
        List<String> examples) {
    /** The id of "not a wish that the profile knows". */
    public static final String NONE = "none";

    /** Takes an immutable copy of the examples. */
    public Intent {
        examples = List.copyOf(examples);
    }

    /** Returns whether this stands for what needs a person. */
    public boolean isNone() {
        return id.equals(NONE);
    }

    /** Returns the same wish with more examples and cues. */
    Intent with(Intent more) {
        return new Intent(
                id,
                title,
                department,
                urgency,
                cues == null ? more.cues : cues.with(more.cues),
                java.util.stream.Stream.concat(examples.stream(), more.examples.stream())
                        .toList());
    }

    /**
     * Words that speak for a wish; {@code *} ends a stem, {@code ..} lets up to three words stand between.
     *
     * @param strong count 1
     * @param weak count 0.4
     */
    public record Cues(
            @Nullable List<String> strong, @Nullable List<String> weak) {
        private Cues with(@Nullable Cues more) {
            return more == null ? this : new Cues(joined(strong, more.strong), joined(weak, more.weak));
        }

        private static List<String> joined(@Nullable List<String> first, @Nullable List<String> second) {
            List<String> all = new java.util.ArrayList<>(first == null ? List.of() : first);
            all.addAll(second == null ? List.of() : second);
            return List.copyOf(all);
        }
    }
}
