package dev.mortise.automatrix.expression;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a text into plain parts and expressions. An expression begins with <code>${</code> and ends at the brace that
 * matches, braces and quotes inside it being respected; <code>$${</code> stands for a plain <code>${</code>.
 */
public final class TextParts {
    private TextParts() {}

    /**
     * One part of a text.
     *
     * @param text the plain text, or the source of the expression without its braces
     * @param offset where it begins in the whole text, in characters from 0
     * @param expression whether it is an expression
     */
    public record Part(String text, int offset, boolean expression) {}

    /**
     * Splits the text.
     *
     * @throws FlawedExpressionException when an expression does not end
     */
    public static List<Part> split(String text) throws FlawedExpressionException {
        List<Part> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        int index = 0;
        while (index < text.length()) {
            if (text.startsWith("$${", index)) {
                plain.append("${");
                index += 3;
            } else if (text.startsWith("${", index)) {
                if (!plain.isEmpty()) {
                    parts.add(new Part(plain.toString(), index, false));
                    plain.setLength(0);
                }
                int end = closing(text, index + 2);
                parts.add(new Part(text.substring(index + 2, end), index + 2, true));
                index = end + 1;
            } else {
                plain.append(text.charAt(index++));
            }
        }
        if (!plain.isEmpty() || parts.isEmpty()) {
            parts.add(new Part(plain.toString(), text.length(), false));
        }
        return parts;
    }

    private static int closing(String text, int begin) throws FlawedExpressionException {
        int depth = 0;
        char quote = 0;
        for (int index = begin; index < text.length(); index++) {
            char character = text.charAt(index);
            if (quote != 0) {
                if (character == '\\') {
                    index++;
                } else if (character == quote) {
                    quote = 0;
                }
            } else if (character == '"' || character == '\'') {
                quote = character;
            } else if (character == '{') {
                depth++;
            } else if (character == '}' && depth-- == 0) {
                return index;
            }
        }
        throw new FlawedExpressionException(
                List.of(new Flaw(begin - 2, "the expression that begins here has no closing brace")));
    }
}
