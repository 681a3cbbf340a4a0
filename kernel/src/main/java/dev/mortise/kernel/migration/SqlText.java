package dev.mortise.kernel.migration;

import dev.mortise.kernel.migration.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Takes SQL apart into statements: comments, strings with and without escapes, quoted names and dollar quotes as
 * PostgreSQL's manual describes them ("Lexical Structure"). Text that ends within a string or a comment ends there;
 * PostgreSQL will say so better.
 */
final class SqlText {
    private final String text;
    private final List<Statement> statements = new ArrayList<>();
    private final List<String> headComments = new ArrayList<>();
    private List<Token> tokens = new ArrayList<>();
    private int at;
    private int line;

    private SqlText(String text, int firstLine) {
        this.text = text;
        this.line = firstLine;
    }

    /**
     * A file of statements.
     *
     * @param headComments the lines of comment above the first statement, without their dashes
     */
    record Parsed(List<String> headComments, List<Statement> statements) {}

    /** Reads a file, or the body of a block that begins at the given line. */
    static Parsed parse(String text, int firstLine) {
        return new SqlText(text, firstLine).read();
    }

    private Parsed read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '-' && next() == '-') {
                lineComment();
            } else if (c == '/' && next() == '*') {
                blockComment();
            } else if (c == '\'') {
                string(false);
            } else if ((c == 'e' || c == 'E') && next() == '\'' && !endsAWord()) {
                at++;
                string(true);
            } else if (c == '"') {
                quotedName();
            } else if (c == '$' && tagLength() > 0) {
                body(text.substring(at, at + tagLength()));
            } else if (isWordStart(c)) {
                word();
            } else {
                symbol(c);
            }
        }
        endStatement();
        return new Parsed(List.copyOf(headComments), List.copyOf(statements));
    }

    private char next() {
        return at + 1 < text.length() ? text.charAt(at + 1) : '\0';
    }

    private boolean endsAWord() {
        return at > 0 && isWordPart(text.charAt(at - 1));
    }

    private void lineComment() {
        int end = text.indexOf('\n', at);
        end = end < 0 ? text.length() : end;
        if (statements.isEmpty() && tokens.isEmpty()) {
            headComments.add(text.substring(at + 2, end).strip());
        }
        at = end;
    }

    /** Comments of this kind nest in PostgreSQL. */
    private void blockComment() {
        int depth = 0;
        do {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                countLine(text.charAt(at));
                at++;
            }
        } while (depth > 0 && at < text.length());
    }

    private void string(boolean escapes) {
        int begin = line;
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (escapes && c == '\\' && at + 1 < text.length()) {
                at++;
            } else if (c == '\'' && next() == '\'') {
                at++;
            } else if (c == '\'') {
                break;
            }
            countLine(text.charAt(at));
            value.append(text.charAt(at));
        }
        at++;
        tokens.add(new Token(Kind.STRING, value.toString(), begin));
    }

    private void quotedName() {
        int begin = line;
        StringBuilder name = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"' && next() == '"') {
                at++;
            } else if (c == '"') {
                break;
            }
            countLine(c);
            name.append(c);
        }
        at++;
        tokens.add(new Token(Kind.NAME, name.toString(), begin));
    }

    /** Returns the length of the tag that begins here, with both its dollars; 0 where a dollar is something else. */
    private int tagLength() {
        int end = at + 1;
        while (end < text.length() && isWordPart(text.charAt(end)) && text.charAt(end) != '$') {
            end++;
        }
        boolean isTag = end < text.length() && text.charAt(end) == '$' && !Character.isDigit(next()) && !endsAWord();
        return isTag ? end + 1 - at : 0;
    }

    private void body(String tag) {
        int begin = at + tag.length();
        int end = text.indexOf(tag, begin);
        String body = text.substring(begin, end < 0 ? text.length() : end);
        tokens.add(new Token(Kind.BODY, body, line));
        body.chars().forEach(c -> countLine((char) c));
        at = end < 0 ? text.length() : end + tag.length();
    }

    private void word() {
        int begin = at;
        while (at < text.length() && isWordPart(text.charAt(at))) {
            at++;
        }
        tokens.add(new Token(Kind.WORD, text.substring(begin, at).toLowerCase(Locale.ROOT), line));
    }

    private void symbol(char c) {
        countLine(c);
        at++;
        if (c == ';') {
            endStatement();
        } else if (!Character.isWhitespace(c) && c != '\uFEFF') {
            tokens.add(new Token(Kind.SYMBOL, String.valueOf(c), line));
        }
    }

    private void endStatement() {
        if (!tokens.isEmpty()) {
            statements.add(new Statement(List.copyOf(tokens)));
            tokens = new ArrayList<>();
        }
    }

    private void countLine(char c) {
        if (c == '\n') {
            line++;
        }
    }

    private static boolean isWordStart(char c) {
        return Character.isLetter(c) || c == '_';
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }
}
