package dev.mortise.kernel.identity;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/** Text that people type and others read: one line, nothing invisible, of a bounded length. */
final class PlainText {
    private PlainText() {}

    /**
     * Returns the text in Unicode's normal form C, without blanks around it.
     *
     * @param field how the caller calls it
     * @throws MortiseException with {@code api.input-invalid} when it is missing, blank, longer, or has control,
     *     formatting, private or unassigned characters, which could make it look like another text
     */
    static String required(String field, @Nullable String text, int longest) {
        if (text == null || text.isBlank()) {
            throw invalid("\"" + field + "\" is missing", "Send a text of 1 to " + longest + " characters");
        }
        return optional(field, text, longest);
    }

    /** As {@link #required}, and the empty text for a missing one. */
    static String optional(String field, @Nullable String text, int longest) {
        if (text == null) {
            return "";
        }
        if (text.length() > 4 * longest) { // Before normalising: that takes time by the length.
            throw tooLong(field, longest);
        }
        String clean = Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
        if (clean.length() > longest) {
            throw tooLong(field, longest);
        }
        clean.codePoints().filter(PlainText::isHidden).findFirst().ifPresent(point -> {
            throw invalid(
                    "\"" + field + "\" has the character U+" + String.format("%04X", point)
                            + ", which cannot be seen or is not text",
                    "Leave it out");
        });
        return clean;
    }

    static boolean isHidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static MortiseException tooLong(String field, int longest) {
        return invalid("\"" + field + "\" is longer than " + longest + " characters", "Shorten it");
    }

    static MortiseException invalid(String message, String remedy) {
        return new MortiseException(ApiError.INPUT_INVALID, message, remedy);
    }
}
