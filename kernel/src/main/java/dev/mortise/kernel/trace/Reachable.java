package dev.mortise.kernel.trace;

import dev.mortise.api.net.PublicAddresses;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;

/**
 * Tells which hosts the server may send to at the word of a tenant: those with public addresses alone, so that nobody
 * reaches through the server what only the server's network may (OWASP, "Server-Side Request Forgery Prevention").
 * Asked before every sending: a name may lead elsewhere by then. The JVM keeps an answer of the resolver for some
 * seconds, so that the connection that follows goes to an address that was looked at.
 */
final class Reachable {
    private Reachable() {}

    /**
     * Returns whether every address of the host is public, or the operator allows the host.
     *
     * @param allowed hosts that may be reached wherever they are; see {@link HostRule}
     */
    static boolean mayReach(URI address, Set<String> allowed) {
        if (address.getHost() == null) {
            return false;
        }
        if (HostRule.matches(allowed, address)) {
            return true;
        }
        try {
            return Arrays.stream(InetAddress.getAllByName(address.getHost())).allMatch(PublicAddresses::isPublic);
        } catch (UnknownHostException e) {
            return false; // What has no address cannot be reached either.
        }
    }
}
