package dev.mortise.cli.inbox;

/**
 * What stands at one place of an inbox: a message, or something that is none.
 *
 * @since 0.1
 */
public sealed interface InboxEntry permits InboxMessage, UnreadableEntry {
    /** Returns the line where it begins, counted from 1. */
    long line();
}
