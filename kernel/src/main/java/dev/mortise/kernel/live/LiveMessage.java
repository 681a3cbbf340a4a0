package dev.mortise.kernel.live;

import dev.mortise.api.call.TenantId;

/**
 * A message that has its number. Written as JSON once, however many clients it goes to.
 *
 * @param position its place among the messages of all tenants
 */
record LiveMessage(Place place, long position, Frame frame) {
    /** A topic of a tenant. */
    record Place(TenantId tenant, String topic) {}

    long sequence() {
        return frame.sequence();
    }
}
