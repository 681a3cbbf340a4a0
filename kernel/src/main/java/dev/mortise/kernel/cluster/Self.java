package dev.mortise.kernel.cluster;

import java.util.UUID;

/**
 * This run of this server, as the other nodes know it.
 *
 * @param id new at each start: a server that was killed and started again is another node than the one that still holds
 *     leases
 */
record Self(UUID id, String name, String version) {
    String key() {
        return id.toString();
    }
}
