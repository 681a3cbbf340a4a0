package dev.mortise.sandbox.worker;

import dev.mortise.sandbox.worker.lock.LinuxCalls;
import java.util.Optional;

/** Ends the process when the server has gone, whatever a script does at that time. */
final class Watchdog {
    private static final long STACK_BYTES = 256 << 10;

    private final Optional<LinuxCalls> calls;
    private final Exit exit;

    Watchdog(Optional<LinuxCalls> calls, Exit exit) {
        this.calls = calls;
        this.exit = exit;
    }

    void start() {
        Thread thread = new Thread(null, this::watch, "watchdog", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        if (calls.isPresent()) {
            calls.get().awaitHangUp();
        } else {
            ProcessHandle.current().parent().ifPresent(server -> server.onExit().join());
        }
        throw exit.now(Exit.GONE, "The server has gone");
    }
}
