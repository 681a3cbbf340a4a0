package dev.mortise.kernel.store;

import java.util.regex.Pattern;

/** Text of statements as it may leave the server. */
final class SqlText {
    /** Dollar-quoted text, quoted text, numbers: PostgreSQL's manual, section 4.1.2. */
    private static final Pattern VALUES = Pattern.compile(
            "\\$(\\w*)\\$.*?\\$\\1\\$|[eEbBxX]?'(?:[^'\\\\]|''|\\\\.)*+'|(?<![\\w.$])\\d[\\d_]*(?:\\.\\d+)?(?:[eE][+-]?\\d+)?(?!\\w)",
            Pattern.DOTALL);

    private static final Pattern SPACE = Pattern.compile("\\s+");

    private SqlText() {}

    /** Returns the statement on one line with {@code ?} for every value. */
    static String withoutValues(String sql) {
        return SPACE.matcher(VALUES.matcher(sql).replaceAll("?"))
                .replaceAll(" ")
                .strip();
    }
}
