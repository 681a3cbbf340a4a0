package dev.mortise.kernel.registry;

import dev.mortise.api.call.CallContext;
import dev.mortise.kernel.call.CallScope;
import dev.mortise.kernel.trace.ActiveSpan;

/** Starts a virtual thread that works for a plugin: with its class loader as context and the caller's call context. */
public final class PluginThread {
    private PluginThread() {}

    /** Starts the work. */
    public static Thread start(String name, ClassLoader classLoader, Runnable work) {
        Runnable inContext = CallContext.find()
                .<Runnable>map(context -> () -> context.run(work))
                .orElse(work);
        Thread thread = Thread.ofVirtual().name(name).unstarted(CallScope.carry(ActiveSpan.carry(inContext)));
        thread.setContextClassLoader(classLoader);
        thread.start();
        return thread;
    }
}
