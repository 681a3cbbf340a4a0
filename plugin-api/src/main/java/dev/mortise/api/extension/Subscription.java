package dev.mortise.api.extension;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A running watch; closing it ends the watch. Closing twice does nothing. A plugin's watches are closed when it stops.
 *
 * @since 0.1
 */
@ProviderType
@FunctionalInterface
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
