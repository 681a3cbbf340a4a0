/**
 * Reads the messages of an inbox from a file or from standard input: JSON Lines, CSV or mbox. Everything is streamed,
 * so the file may be larger than the memory; what cannot be read is reported with its line and the rest goes on.
 * Nothing here knows a server.
 *
 * <pre>{@code
 * try (Inbox inbox = Inbox.open(Path.of("service-inbox.jsonl"))) {
 *     for (InboxEntry entry = inbox.next(); entry != null; entry = inbox.next()) {
 *         switch (entry) {
 *             case InboxMessage message -> feed(message);
 *             case UnreadableEntry unreadable -> report(unreadable);
 *         }
 *     }
 * }
 * }</pre>
 */
@NullMarked
package dev.mortise.cli.inbox;

import org.jspecify.annotations.NullMarked;
