package dev.mortise.kernel.registry;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call into a plugin, on a virtual thread of its own.
 *
 * <p>Why a fresh thread each: libraries keep buffers in thread locals of the calling thread (Jackson does). On a pooled
 * thread those would keep the class loader of a removed plugin alive for ever; with a thread that ends they end.
 *
 * <p>The lease is given back by the called thread, so that a caller that stops waiting does not let the plugin be
 * unloaded under a call that still runs.
 */
final class LeasedCall<R extends @Nullable Object> {
    private static final Duration GRACE_AFTER_INTERRUPT = Duration.ofSeconds(5);

    private final Publication publication;
    private final String target;
    private final Supplier<? extends R> work;
    private volatile @Nullable R result;
    private volatile @Nullable Throwable failure;

    /** Takes over a lease that the caller acquired. */
    LeasedCall(Publication publication, String target, Supplier<? extends R> work) {
        this.publication = publication;
        this.target = target;
        this.work = work;
    }

    @SuppressWarnings("NullAway") // R may be a nullable type; then null is the work's own result.
    R run() {
        join(PluginThread.start(target, publication.classLoader(), this::workAndRelease));
        Throwable problem = failure;
        if (problem != null) {
            throw asMortise(problem);
        }
        return result;
    }

    private void workAndRelease() {
        try {
            work();
        } finally {
            publication.leases().release();
        }
    }

    private void work() {
        try {
            result = work.get();
        } catch (Throwable e) { // Whatever it is belongs to the caller, a LinkageError of the plugin included.
            failure = e;
        }
    }

    private void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            thread.interrupt();
            awaitEnd(thread);
            Thread.currentThread().interrupt();
            if (thread.isAlive()) {
                throw new MortiseException(
                        ApiError.INTERRUPTED,
                        target + " of " + publication.plugin() + " was interrupted and has not ended",
                        "Try again; if the server is stopping, after its restart",
                        e);
            }
        }
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join(GRACE_AFTER_INTERRUPT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private MortiseException asMortise(Throwable problem) {
        return switch (problem) {
            case MortiseException known -> known;
            case VirtualMachineError fatal -> throw fatal;
            default ->
                new MortiseException(
                        ApiError.EXTENSION_FAILED,
                        target + " of " + publication.plugin() + " failed: " + problem,
                        "See the server's log under this trace id, and report it to the plugin's author",
                        problem);
        };
    }
}
