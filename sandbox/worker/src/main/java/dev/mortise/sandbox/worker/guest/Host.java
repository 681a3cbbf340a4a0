package dev.mortise.sandbox.worker.guest;

import dev.mortise.sandbox.frame.Message;

/**
 * Who answers the calls that a script makes.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Host {
    /** Refuses everything. */
    Host NOBODY = _ -> new Message.HostReply(false, "sandbox.not-granted No call is running");

    /** Asks and waits for the answer. */
    Message.HostReply ask(Message.HostCall call);
}
