package dev.mortise.kernel.registry;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.extension.ExtensionInfo;
import dev.mortise.api.extension.NamedExtension;
import dev.mortise.api.extension.Subscription;
import dev.mortise.api.trace.SpanKind;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.trace.TraceRoom;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The extensions of all running plugins. Readers work on an immutable snapshot and never lock; {@code lifecycle}'s one
 * thread swaps it.
 *
 * <p>Why a lease on an old version can always be refused safely: a version is closed for leases only after the snapshot
 * without it was published, so a reader that is refused finds the successor, or nothing, when it looks again.
 */
public final class ExtensionRegistry {
    private final CopyOnWriteArrayList<Watch> watches = new CopyOnWriteArrayList<>();
    private final TraceRoom traces;
    private volatile Snapshot snapshot = Snapshot.empty();

    /** Makes a registry whose calls are not traced. */
    public ExtensionRegistry() {
        this(TraceRoom.off());
    }

    /** Makes a registry whose calls are spans. */
    public ExtensionRegistry(TraceRoom traces) {
        this.traces = traces;
    }

    /**
     * Checks that the publication could be published.
     *
     * @throws MortiseException with {@code kernel.plugin-name-taken}
     */
    public void check(Publication publication) {
        snapshot.clash(publication).ifPresent(clash -> {
            throw new MortiseException(
                    KernelError.PLUGIN_NAME_TAKEN,
                    publication.plugin() + " offers " + clash.point().getSimpleName() + " \"" + clash.name()
                            + "\", which " + clash.holder().plugin() + " offers already",
                    "Remove one of the two plugins, or ask its author for another name");
        });
    }

    /**
     * Publishes in place of the plugin's former publication, in one step. The former one stays open for the calls that
     * run in it.
     *
     * @throws MortiseException with {@code kernel.plugin-name-taken}, and nothing is changed
     */
    public void publish(Publication publication) {
        check(publication);
        Snapshot before = snapshot;
        snapshot = before.with(publication);
        tellWatches(before.plugin(publication.plugin().id()), publication);
    }

    /** Takes the plugin's publication away; calls that run in it go on. Returns it, or null when there was none. */
    public @Nullable Publication withdraw(String pluginId) {
        Snapshot before = snapshot;
        Publication former = before.plugin(pluginId);
        if (former != null) {
            snapshot = before.without(pluginId);
            tellWatches(former, null);
        }
        return former;
    }

    /** Returns the extensions of a point, in order of name. */
    public List<ExtensionInfo> list(Class<?> point) {
        return snapshot.offers(point).entrySet().stream()
                .map(offer -> new ExtensionInfo(offer.getKey(), offer.getValue().plugin()))
                .toList();
    }

    /** Calls an extension under a lease; see {@link dev.mortise.api.extension.Extensions#call}. */
    public <T extends NamedExtension, R extends @Nullable Object> R call(
            Class<T> point, String name, Function<? super T, ? extends R> call) {
        while (true) {
            Publication publication = snapshot.offers(point).get(name);
            if (publication == null) {
                throw missing(point, name);
            }
            if (publication.leases().tryAcquire()) {
                return run(publication, point, name, call);
            }
        }
    }

    /** Calls the first extension of a point under a lease. */
    public <T extends NamedExtension, R extends @Nullable Object> R callAny(
            Class<T> point, Function<? super T, ? extends R> call) {
        while (true) {
            var offers = snapshot.offers(point);
            if (offers.isEmpty()) {
                throw missing(point, null);
            }
            var first = offers.firstEntry();
            if (first.getValue().leases().tryAcquire()) {
                return run(first.getValue(), point, first.getKey(), call);
            }
        }
    }

    private <T extends NamedExtension, R extends @Nullable Object> R run(
            Publication publication, Class<T> point, String name, Function<? super T, ? extends R> call) {
        T extension = point.cast(Objects.requireNonNull(publication.extension(point, name)));
        String target = point.getSimpleName() + " " + name;
        LeasedCall<R> leased = new LeasedCall<>(publication, target, () -> call.apply(extension));
        return traces.inSpan(target, SpanKind.INTERNAL, span -> {
            span.put("mortise.plugin", publication.plugin().id())
                    .put("mortise.plugin.version", publication.plugin().version());
            return leased.run();
        });
    }

    /** Leases the HTTP resources of a plugin; empty when it has none. The caller releases the publication's lease. */
    public Optional<Publication> leaseHttp(String pluginId) {
        while (true) {
            Publication publication = snapshot.plugin(pluginId);
            if (publication == null || publication.http() == null) {
                return Optional.empty();
            }
            if (publication.leases().tryAcquire()) {
                return Optional.of(publication);
            }
        }
    }

    /** Returns what all plugins have published. */
    public List<Publication> published() {
        return snapshot.plugins();
    }

    /** Returns what the plugin has published, or null. */
    public @Nullable Publication find(String pluginId) {
        return snapshot.plugin(pluginId);
    }

    /** Returns what is published now, in no particular order. */
    public List<Publication> publications() {
        return snapshot.plugins();
    }

    /** Calls the listener after each change that touches the point; see {@code Extensions.watch}. */
    public Subscription watch(Class<?> point, Runnable listener) {
        Watch watch = new Watch(point, listener);
        watches.add(watch);
        return () -> watches.remove(watch);
    }

    private void tellWatches(@Nullable Publication former, @Nullable Publication next) {
        Set<Class<?>> before = former == null ? Set.of() : former.extensions().keySet();
        Set<Class<?>> after = next == null ? Set.of() : next.extensions().keySet();
        for (Watch watch : watches) {
            if (before.contains(watch.point()) || after.contains(watch.point())) {
                watch.listener().run();
            }
        }
    }

    private static MortiseException missing(Class<?> point, @Nullable String name) {
        return new MortiseException(
                ApiError.EXTENSION_MISSING,
                "No running plugin offers " + point.getSimpleName() + (name == null ? "" : " \"" + name + "\""),
                "Install or start the plugin that offers it; `mortise plugin list` shows what is running");
    }

    private record Watch(Class<?> point, Runnable listener) {}
}
