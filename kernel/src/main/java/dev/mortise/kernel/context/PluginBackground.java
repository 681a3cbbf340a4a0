package dev.mortise.kernel.context;

import dev.mortise.api.plugin.PluginInfo;
import dev.mortise.api.task.Background;
import dev.mortise.kernel.registry.PluginThread;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One load's threads; closing interrupts and awaits them. */
final class PluginBackground implements Background, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PluginBackground.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final PluginInfo plugin;
    private final ClassLoader classLoader;
    private volatile boolean closed;

    PluginBackground(PluginInfo plugin, ClassLoader classLoader) {
        this.plugin = plugin;
        this.classLoader = classLoader;
    }

    @Override
    public Task start(String name, Runnable work) {
        if (closed) {
            throw new IllegalStateException(plugin + " has stopped and starts no new work (" + name + ")");
        }
        Thread thread = PluginThread.start(plugin.id() + " " + name, classLoader, () -> run(name, work));
        return new ThreadTask(thread);
    }

    private void run(String name, Runnable work) {
        Thread self = Thread.currentThread();
        running.add(self);
        try {
            if (closed) {
                self.interrupt();
            }
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.error("{}: the background work \"{}\" has failed", plugin, name, e);
        } finally {
            running.remove(self);
        }
    }

    @Override
    public void close() {
        closed = true;
        running.forEach(Thread::interrupt);
        Instant deadline = Instant.now().plus(STOP_LIMIT);
        for (Thread thread : running) {
            if (!awaitEnd(thread, Duration.between(Instant.now(), deadline))) {
                LOG.warn(
                        "{}: the background work \"{}\" does not end after an interrupt; it keeps the plugin's memory",
                        plugin,
                        thread.getName());
            }
        }
    }

    private static boolean awaitEnd(Thread thread, Duration limit) {
        try {
            return limit.isPositive() ? thread.join(limit) : !thread.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private record ThreadTask(Thread thread) implements Task {
        @Override
        public void cancel() {
            thread.interrupt();
        }

        @Override
        public boolean isDone() {
            return !thread.isAlive();
        }
    }
}
