package dev.mortise.api.lease;

import dev.mortise.api.extension.Subscription;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Leadership among the nodes on one database, by name. Names are local to the plugin. A name has one holder at a time,
 * on all nodes and threads together.
 *
 * @since 0.1
 */
@ProviderType
public interface Leases {
    /**
     * Runs the work on this thread if nobody holds the name now, and gives the lease back when it ends. When the lease
     * is lost meanwhile the thread is interrupted.
     *
     * @return whether the work ran; false when another holder has the name
     * @throws dev.mortise.api.error.MortiseException with {@code kernel.database-unavailable}
     */
    boolean tryLead(String name, Consumer<? super Lease> work);

    /**
     * Runs the work in the background whenever this node leads, until the subscription is closed or the plugin stops.
     * The work is interrupted when the lease is lost, and begins anew when it is won again. Work that returns while it
     * leads gives the lease back; the next term, here or on another node, begins a few seconds later.
     */
    Subscription lead(String name, Consumer<? super Lease> work);
}
