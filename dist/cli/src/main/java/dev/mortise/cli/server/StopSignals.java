package dev.mortise.cli.server;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The ways in which a command that runs on is asked to stop. The first signal asks, and a second Ctrl-C forces. The
 * JVM's own handling would neither leave with 0 after SIGTERM nor notice a second signal.
 *
 * @since 0.1
 */
public final class StopSignals {
    private static final int AFTER_TERM = 0;
    // What a shell expects of a program that ends because of Ctrl-C: 128 and the signal's number.
    private static final int AFTER_INTERRUPT = 130;

    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

    private StopSignals() {}

    /** Begins to listen; from now on a signal no longer ends the process by itself. */
    public static StopSignals install() {
        StopSignals signals = new StopSignals();
        on("TERM", () -> signals.exitCode.complete(AFTER_TERM));
        on("HUP", () -> signals.exitCode.complete(AFTER_TERM));
        on("INT", signals::interrupt);
        return signals;
    }

    /** Asks to stop as soon as that process has ended. */
    void whenEnds(long pid) {
        Thread.ofVirtual().name("watch-" + pid).start(() -> {
            ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
            exitCode.complete(AFTER_TERM);
        });
    }

    /** Asks to stop, as SIGTERM does. */
    void ask() {
        exitCode.complete(AFTER_TERM);
    }

    /** Waits until somebody asks to stop, and returns the number to leave with. */
    int await() throws InterruptedException {
        try {
            return exitCode.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Waits that long, or until somebody asks to stop.
     *
     * @return the number to leave with, or empty when nobody has asked
     */
    public OptionalInt await(Duration limit) throws InterruptedException {
        try {
            return OptionalInt.of(exitCode.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException nobodyAsked) {
            return OptionalInt.empty();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Java has no other way to hear a signal than {@code sun.misc.Signal}. It lives in {@code jdk.unsupported}, the
     * module for what many need; javac warns about it in a way that nothing can silence, hence the reflection.
     */
    private static void on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(null, new Class<?>[] {handler}, (_, _, _) -> {
                action.run();
                return null;
            });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
        } catch (ReflectiveOperationException unsupported) {
            throw new IllegalStateException("This JVM does not let a program hear the signal " + name, unsupported);
        }
    }

    private void interrupt() {
        if (!exitCode.complete(AFTER_INTERRUPT)) {
            Runtime.getRuntime().halt(AFTER_INTERRUPT);
        }
    }
}
