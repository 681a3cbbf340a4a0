package dev.mortise.kernel.event;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Principal;
import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.lease.RunLease;
import java.util.Set;
import java.util.UUID;

/**
 * A lane that this node delivers.
 *
 * @param owner the tenant
 * @param head the position of the last event that is known to be for it
 * @param number the lease
 * @param isTakenOver whether the former holder went away without giving it back
 */
record LeasedLane(UUID owner, String subscriber, int lane, long head, long number, boolean isTakenOver) {
    TenantId tenant() {
        return new TenantId(owner);
    }

    /** Returns a lease for one piece of work. */
    RunLease lease() {
        return RunLease.ofDelivery(owner, subscriber, lane, number);
    }

    /** Returns on whose behalf an event is handled: the subscriber's plugin, for the event's tenant. */
    CallContext context(String traceId) {
        String plugin = subscriber.substring(0, Math.max(0, subscriber.indexOf('.')));
        Principal self = new Principal("plugin:" + plugin, Principal.Kind.SYSTEM, Set.of("*"));
        return new CallContext(tenant(), self, traceId);
    }
}
