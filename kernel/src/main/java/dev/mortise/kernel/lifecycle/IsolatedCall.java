package dev.mortise.kernel.lifecycle;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.plugin.PluginInfo;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.registry.PluginThread;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A life-cycle call into a plugin (constructor, start, stop): on a thread of the plugin's own, for a limited time. */
record IsolatedCall(PluginInfo plugin, ClassLoader classLoader, Duration limit) {
    /**
     * Runs the work and waits for it.
     *
     * @throws MortiseException the work's own, or {@code kernel.plugin-start} when it failed otherwise or took too long
     */
    <R> R run(String what, Supplier<R> work) {
        CompletableFuture<R> result = new CompletableFuture<>();
        Thread thread = PluginThread.start(plugin + " " + what, classLoader, () -> {
            try {
                result.complete(work.get());
            } catch (Throwable e) { // LinkageErrors of the plugin included; they are reported below.
                result.completeExceptionally(e);
            }
        });
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw cause instanceof MortiseException own ? own : failure(what, "threw " + cause, cause);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw failure(what, "took longer than " + limit.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw failure(what, "was interrupted", e);
        }
    }

    private MortiseException failure(String what, String how, Throwable cause) {
        return new MortiseException(
                KernelError.PLUGIN_START,
                plugin + ": " + what + " " + how,
                "See the server's log for the details, and report it to the plugin's author",
                cause);
    }
}
