package dev.mortise.cli.tryout;

import dev.mortise.cli.inbox.Facts;
import dev.mortise.cli.inbox.InboxMessage;
import dev.mortise.cli.inbox.Label;
import java.util.Optional;

/**
 * What became of one message.
 *
 * @param id the message's id
 * @param line where it stands in its file
 * @param from who sent it
 * @param label what it should have become, where the inbox is labelled
 * @param result what it became
 * @param startNanos when it was sent, by {@link System#nanoTime}
 * @param acceptNanos how long the server took to accept it, 0 when it did not
 * @param totalNanos how long it took until the decision was known
 */
record Outcome(
        String id,
        long line,
        String from,
        Optional<Label> label,
        Result result,
        long startNanos,
        long acceptNanos,
        long totalNanos) {

    /** Returns the outcome of a message that nothing is known about. */
    static Outcome vanished(InboxMessage message) {
        Lost lost = new Lost("the command broke off while the message was under way");
        return new Outcome(
                message.id(), message.line(), message.from(), message.label(), lost, System.nanoTime(), 0, 0);
    }

    /** The ways in which a message ends. */
    sealed interface Result permits Decided, HandedOver, Failed, Lost {}

    /** The profile decided by itself. */
    record Decided(String intent, String department, String urgency, String version, Facts facts) implements Result {}

    /** The profile gave it to a person, and said why. */
    record HandedOver(String reason, String version, Facts facts) implements Result {}

    /** The server refused it, or its run failed. */
    record Failed(String code, String message) implements Result {}

    /** The server accepted it, and then its decision was not to be found. */
    record Lost(String message) implements Result {}
}
