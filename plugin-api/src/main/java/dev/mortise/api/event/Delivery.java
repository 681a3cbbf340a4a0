package dev.mortise.api.event;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.store.Store;
import dev.mortise.api.store.Transaction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One delivery of an event, valid until the handler returns. It holds a lease, as a job's run does: writes through a
 * {@link Store} are committed only while it is held.
 *
 * @since 0.1
 */
@ProviderType
public interface Delivery {
    /** Returns the event. */
    Event event();

    /** Returns which try this is, from 1. */
    int attempt();

    /**
     * Does the work and moves on to the next event, both in one transaction, so that the work takes effect exactly
     * once. Nothing may be written after it. A handler that returns without this is moved on right after, so that a
     * crash between the two leads to another delivery.
     *
     * @param store the plugin's own store
     * @return what the work returned
     * @throws MortiseException with {@code kernel.event-lease-lost} when another node delivers by now; nothing is
     *     committed
     */
    <R extends @Nullable Object> R complete(Store store, Function<? super Transaction, ? extends R> work);
}
