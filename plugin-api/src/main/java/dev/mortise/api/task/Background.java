package dev.mortise.api.task;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The plugin's own threads.
 *
 * @since 0.1
 */
@ProviderType
public interface Background {
    /**
     * Starts work on a virtual thread. The {@link dev.mortise.api.call.CallContext} of the caller, if any, is bound
     * there too. At the plugin's stop the thread is interrupted and waited for; work that ends in an exception is
     * logged with its name. What a job's run or an event's delivery starts writes under the lease of that run, and no
     * more once the run has ended.
     *
     * @param name for logs and thread dumps
     * @return a handle that interrupts the work
     */
    Task start(String name, Runnable work);

    /** Work that was started. */
    @ProviderType
    interface Task {
        /** Interrupts the work, without waiting for its end. */
        void cancel();

        /** Returns whether the work has ended. */
        boolean isDone();
    }
}
