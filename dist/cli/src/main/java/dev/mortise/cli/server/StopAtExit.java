package dev.mortise.cli.server;

/** What is done when a signal ends this process before its own work is done. */
final class StopAtExit {
    private final Thread hook;
    private volatile boolean isRunning;

    private StopAtExit(Runnable stop, Runnable afterwards) {
        this.hook = Thread.ofPlatform().name("stop-server").unstarted(() -> {
            isRunning = true;
            stop.run();
            afterwards.run();
        });
    }

    static StopAtExit register(Runnable stop, Runnable afterwards) {
        StopAtExit atExit = new StopAtExit(stop, afterwards);
        Runtime.getRuntime().addShutdownHook(atExit.hook);
        return atExit;
    }

    boolean isRunning() {
        return isRunning;
    }

    /** Forgets it; when it has begun it goes on. */
    void cancel() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyShuttingDown) {
            // It is running or has run; what it stops was stopped by its owner too.
            return;
        }
    }
}
