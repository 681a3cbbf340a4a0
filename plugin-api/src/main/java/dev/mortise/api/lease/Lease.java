package dev.mortise.api.lease;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A term of leadership. It is renewed in the background while the work runs.
 *
 * @since 0.1
 */
@ProviderType
public interface Lease {
    /** Returns the name that was asked for. */
    String name();

    /**
     * Returns the fencing token: a number that is larger than that of every earlier holder of this name. Send it along
     * to systems that can refuse a smaller one than they have seen.
     */
    long token();

    /**
     * Returns whether the lease is still held, as far as this process can know without asking: false as soon as the
     * time of the last renewal has run out, however long the process was paused. Costs nothing.
     */
    boolean isHeld();

    /**
     * Ties the open transaction of this plugin's {@link dev.mortise.api.store.Store} to the lease: until it ends, no
     * other holder can take over.
     *
     * @throws dev.mortise.api.error.MortiseException with {@code kernel.lease-lost} when the lease is no longer held;
     *     let it leave the transaction, so that nothing of it is kept
     */
    void fence();
}
