package dev.mortise.kernel.registry;

import dev.mortise.api.call.CallContext;
import dev.mortise.kernel.call.CallScope;
import dev.mortise.kernel.lease.RunLease;
import dev.mortise.kernel.trace.ActiveSpan;

/**
 * Starts a virtual thread that works for a plugin: with its class loader as context, the caller's call context, and the
 * lease of the run that the caller belongs to.
 */
public final class PluginThread {
    private PluginThread() {}

    /** Starts the work. */
    public static Thread start(String name, ClassLoader classLoader, Runnable work) {
        Runnable inContext = CallContext.find()
                .<Runnable>map(context -> () -> context.run(work))
                .orElse(work);
        Thread thread =
                Thread.ofVirtual().name(name).unstarted(RunLease.carried(CallScope.carry(ActiveSpan.carry(inContext))));
        thread.setContextClassLoader(classLoader);
        thread.start();
        return thread;
    }
}
