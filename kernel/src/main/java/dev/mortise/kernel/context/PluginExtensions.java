package dev.mortise.kernel.context;

import dev.mortise.api.extension.ExtensionInfo;
import dev.mortise.api.extension.Extensions;
import dev.mortise.api.extension.NamedExtension;
import dev.mortise.api.extension.Subscription;
import dev.mortise.kernel.registry.ExtensionRegistry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The registry as one load sees it; closing ends its watches. */
final class PluginExtensions implements Extensions, AutoCloseable {
    private final Set<Subscription> watches = ConcurrentHashMap.newKeySet();
    private final ExtensionRegistry registry;
    private final PluginBackground background;

    PluginExtensions(ExtensionRegistry registry, PluginBackground background) {
        this.registry = registry;
        this.background = background;
    }

    @Override
    public <T extends NamedExtension> List<ExtensionInfo> list(Class<T> point) {
        return registry.list(point);
    }

    @Override
    public <T extends NamedExtension, R extends @Nullable Object> R call(
            Class<T> point, String name, Function<? super T, ? extends R> call) {
        return registry.call(point, name, call);
    }

    @Override
    public <T extends NamedExtension, R extends @Nullable Object> R callAny(
            Class<T> point, Function<? super T, ? extends R> call) {
        return registry.callAny(point, call);
    }

    @Override
    public <T extends NamedExtension> Subscription watch(Class<T> point, Runnable listener) {
        // One permit at most: changes that come while the listener runs are folded into one more call.
        Semaphore changed = new Semaphore(0);
        Subscription inRegistry = registry.watch(point, () -> {
            if (changed.availablePermits() == 0) {
                changed.release();
            }
        });
        var loop = background.start("watch of " + point.getSimpleName(), () -> {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    changed.acquire();
                } catch (InterruptedException e) {
                    return;
                }
                listener.run();
            }
        });
        Subscription watch = new Subscription() {
            @Override
            public void close() {
                inRegistry.close();
                loop.cancel();
                watches.remove(this);
            }
        };
        watches.add(watch);
        return watch;
    }

    @Override
    public void close() {
        watches.forEach(Subscription::close);
    }
}
