package dev.mortise.kernel.migration;

/**
 * A token of SQL (PostgreSQL's manual, "Lexical Structure").
 *
 * @param text words in lower case, quoted names without their quotes, dollar-quoted bodies without their tags
 * @param line where it begins, from 1
 */
record Token(Kind kind, String text, int line) {
    enum Kind {
        /** A key word or a name without quotes. */
        WORD,
        /** A name in double quotes; never a key word. */
        NAME,
        /** A string in single quotes. */
        STRING,
        /** A dollar-quoted string: the body of a function or of a DO. */
        BODY,
        /** Anything else, a character each. */
        SYMBOL
    }

    boolean is(String word) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equals(word);
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.NAME;
    }
}
