package dev.mortise.api.store;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A lock that is held; closing gives it back.
 *
 * @since 0.1
 */
@ProviderType
public interface StoreLock extends AutoCloseable {
    /** Returns whether the lock is still held: asks the database over the lock's own connection. */
    boolean isHeld();

    /** Gives the lock back. Closing twice does nothing. */
    @Override
    void close();
}
