package dev.mortise.cli.inbox;

/**
 * A part of an inbox that holds no message that can be read. Reading goes on behind it.
 *
 * @param source the file's name, or {@code -} for standard input
 * @param line where it begins, counted from 1
 * @param reason what is wrong with it, for people
 * @since 0.1
 */
public record UnreadableEntry(String source, long line, String reason) implements InboxEntry {
    /** Returns it as compilers do, {@code file:line: reason}. */
    @Override
    public String toString() {
        return source + ":" + line + ": " + reason;
    }
}
