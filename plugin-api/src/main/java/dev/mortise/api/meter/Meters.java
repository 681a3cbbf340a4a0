package dev.mortise.api.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The plugin's metrics. Names are dotted lower case and begin with the plugin's id; tags are pairs of key and value
 * with few different values. Asking twice for the same name and tags gives the same instrument.
 *
 * @since 0.1
 */
@ProviderType
public interface Meters {
    /** Returns the counter of that name and tags. */
    Counter counter(String name, String... tags);

    /** Returns the timer of that name and tags. */
    Timer timer(String name, String... tags);

    /** Publishes a value that is read at each scrape. A later gauge of the same name and tags replaces it. */
    void gauge(String name, Supplier<? extends Number> value, String... tags);
}
