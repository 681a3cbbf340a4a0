package dev.mortise.kernel.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times requests, by plugin, method and class of status. The tags have few values whatever callers send:
 * unknown plugins and methods share one.
 */
public final class RequestMeters {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final ConcurrentMap<Route, Timer> timers = new ConcurrentHashMap<>();
    private final MeterRegistry registry;
    private final Predicate<String> isPlugin;

    /** @param isPlugin whether a path segment names a plugin that runs */
    public RequestMeters(MeterRegistry registry, Predicate<String> isPlugin) {
        this.registry = registry;
        this.isPlugin = isPlugin;
    }

    void record(@Nullable String plugin, String method, int status, long nanos) {
        String known = plugin != null && isPlugin.test(plugin) ? plugin : "none";
        Route route = new Route(known, METHODS.contains(method) ? method : "other", status / 100);
        timers.computeIfAbsent(route, this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Route route) {
        return Timer.builder("mortise.http.requests")
                .tag("plugin", route.plugin())
                .tag("method", route.method().toLowerCase(Locale.ROOT))
                .tag("status", route.statusClass() + "xx")
                .register(registry);
    }

    private record Route(String plugin, String method, int statusClass) {}
}
