package dev.mortise.kernel.migration;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement, or a clause of one, as tokens. It has at least one. */
record Statement(List<Token> tokens) {
    int line() {
        return tokens.getFirst().line();
    }

    /** Returns whether these words stand one after the other from a position on. */
    boolean has(int from, String... words) {
        if (from < 0 || from + words.length > tokens.size()) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            if (!tokens.get(from + i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether it begins with these words. */
    boolean begins(String... words) {
        return has(0, words);
    }

    /** Returns whether these words stand one after the other anywhere. */
    boolean contains(String... words) {
        return indexOf(words) >= 0;
    }

    /** Returns the first position of these words, or -1. */
    int indexOf(String... words) {
        for (int i = 0; i <= tokens.size() - words.length; i++) {
            if (has(i, words)) {
                return i;
            }
        }
        return -1;
    }

    /** Returns the position after the words where they stand, or the position itself. */
    int skip(int from, String... words) {
        return has(from, words) ? from + words.length : from;
    }

    /** Returns the name at a position without its schema, or null where there is none. */
    @Nullable
    String name(int from) {
        if (from >= tokens.size() || !tokens.get(from).isName()) {
            return null;
        }
        int last = from;
        while (has(last + 1, ".") && last + 2 < tokens.size()) {
            last += 2;
        }
        return tokens.get(last).text();
    }

    /** Returns the position after the name at a position. */
    int afterName(int from) {
        int last = from;
        while (has(last + 1, ".") && last + 2 < tokens.size()) {
            last += 2;
        }
        return last + 1;
    }

    /** Returns the parts from a position on that commas outside of parentheses separate. */
    List<Statement> parts(int from) {
        List<Statement> parts = new ArrayList<>();
        List<Token> part = new ArrayList<>();
        int depth = 0;
        for (Token token : tokens.subList(Math.min(from, tokens.size()), tokens.size())) {
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (depth == 0 && token.is(",")) {
                add(parts, part);
                part = new ArrayList<>();
            } else {
                part.add(token);
            }
        }
        add(parts, part);
        return parts;
    }

    /** Returns what is left from a position on, or null where nothing is. */
    @Nullable
    Statement from(int position) {
        return position < tokens.size() ? new Statement(tokens.subList(position, tokens.size())) : null;
    }

    private static void add(List<Statement> parts, List<Token> part) {
        if (!part.isEmpty()) {
            parts.add(new Statement(List.copyOf(part)));
        }
    }
}
