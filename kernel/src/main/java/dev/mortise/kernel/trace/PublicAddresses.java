package dev.mortise.kernel.trace;

import java.net.Inet6Address;
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
final class PublicAddresses {
    private PublicAddresses() {}

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

    /** By IANA's registries of special-purpose addresses (RFC 6890 and what followed it). */
    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        return address instanceof Inet6Address ? isPublic6(bytes) : isPublic4(bytes);
    }

    private static boolean isPublic4(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean isShared = first == 100 && second >= 64 && second < 128;
        boolean isProtocol = first == 192 && second == 0 && ((bytes[2] & 0xff) == 0 || (bytes[2] & 0xff) == 2);
        boolean isBenchmark = first == 198 && (second == 18 || second == 19);
        boolean isExample = (first == 198 && second == 51 && (bytes[2] & 0xff) == 100)
                || (first == 203 && second == 0 && (bytes[2] & 0xff) == 113);
        return first != 0 && first < 240 && !isShared && !isProtocol && !isBenchmark && !isExample;
    }

    /** Only 2000::/3 is given out; in it, 6to4 (RFC 3056) and Teredo (RFC 4380) lead to addresses of version 4. */
    private static boolean isPublic6(byte[] bytes) {
        int first = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
        int second = (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
        boolean isGivenOut = (first & 0xe000) == 0x2000;
        boolean isSpecial = first == 0x2002 || (first == 0x2001 && (second < 0x200 || second == 0xdb8));
        return isGivenOut && !isSpecial;
    }
}
