package dev.mortise.sandbox.worker;

import dev.mortise.sandbox.worker.lock.LinuxCalls;
import java.io.PrintStream;
import java.util.Optional;

/** Ends the process at once, from within a script's call as well: no interpreter between here and there has a say. */
final class Exit {
    /** The server has gone; nobody reads this. */
    static final int GONE = 0;

    /** The server said what it never says, so that the conversation has no meaning any more. */
    static final int PROTOCOL = 70;

    /** The worker cannot work. */
    static final int BROKEN = 71;

    private final Optional<LinuxCalls> calls;
    private final PrintStream log;

    Exit(Optional<LinuxCalls> calls, PrintStream log) {
        this.calls = calls;
        this.log = log;
    }

    /** Does not return; the type lets callers say so. */
    Error now(int code, String why) {
        if (code != GONE) {
            log.println("mortise worker: " + why);
        }
        // The JVM's own way waits for a moment at which no thread computes.
        calls.ifPresent(linux -> linux.exit(code));
        Runtime.getRuntime().halt(code);
        return new Error(why);
    }
}
