package dev.mortise.kernel.context;

import dev.mortise.api.meter.Meters;
import dev.mortise.kernel.redact.Redaction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** One load's metrics; closing takes them out of the registry, which would otherwise keep the plugin's gauges alive. */
final class PluginMeters implements Meters, AutoCloseable {
    private final Set<Meter> own = ConcurrentHashMap.newKeySet();
    private final MeterRegistry registry;
    private final Tags plugin;

    PluginMeters(MeterRegistry registry, String pluginId, String version) {
        this.registry = registry;
        this.plugin = Tags.of("plugin", pluginId, "version", version);
    }

    @Override
    public Counter counter(String name, String... tags) {
        return remember(registry.counter(name, plugin.and(redacted(tags))));
    }

    @Override
    public Timer timer(String name, String... tags) {
        return remember(registry.timer(name, plugin.and(redacted(tags))));
    }

    @Override
    public void gauge(String name, Supplier<? extends Number> value, String... tags) {
        Tags all = plugin.and(redacted(tags));
        Meter former = registry.find(name).tags(all).gauge();
        if (former != null) {
            registry.remove(former);
            own.remove(former);
        }
        remember(Gauge.builder(name, value::get).tags(all).strongReference(true).register(registry));
    }

    /** A tag is kept for as long as the plugin runs, and everybody who may read metrics reads it. */
    private static String[] redacted(String... tags) {
        return Arrays.stream(tags).map(Redaction::of).toArray(String[]::new);
    }

    private <M extends Meter> M remember(M meter) {
        own.add(meter);
        return meter;
    }

    @Override
    public void close() {
        own.forEach(registry::remove);
        own.clear();
    }
}
