package dev.mortise.kernel.migration;

/**
 * A statement that a migration may not have.
 *
 * @param file such as {@code V2__colour.sql}
 * @param line where the statement begins, from 1
 * @param rule which rule it breaks; stable, for scripts
 * @param message what the statement would do
 * @param remedy what to write instead
 * @since 0.1
 */
public record MigrationFinding(String file, int line, Rule rule, String message, String remedy) {
    /** The rules. */
    public enum Rule {
        /** Something is taken away that the version before may use, and the file does not say that it is safe. */
        CONTRACT,
        /** A scan or a rewrite of a table that others wait for. */
        LONG_LOCK,
        /** A column that the version before does not fill and that has to be filled. */
        UNFILLED_COLUMN,
        /** A lock that is taken by hand. */
        EXPLICIT_LOCK,
        /** A transaction begins or ends, or a statement needs to be outside of one, in a file that is one. */
        TRANSACTION,
        /** A statement of a file outside of a transaction that fails or repeats itself after a crash. */
        NOT_REPEATABLE,
        /** Statements that are put together while they run, which nobody can check. */
        DYNAMIC,
        /** A marker at the head of the file that means nothing. */
        MARKER
    }

    @Override
    public String toString() {
        return file + " line " + line + ": " + message;
    }
}
