package dev.mortise.api.net;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Tells addresses that anybody may reach from those that only this server's network may.
 *
 * @since 0.1
 */
public final class PublicAddresses {
    private PublicAddresses() {}

    /**
     * Returns whether an address is public, by IANA's registries of special-purpose addresses (RFC 6890 and what
     * followed it). What leads through a translation to an address of version 4 is not.
     */
    public static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address ? isPublic6(bytes) : isPublic4(bytes);
    }

    private static boolean isPublic4(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        int third = bytes[2] & 0xff;
        boolean isShared = first == 100 && second >= 64 && second < 128;
        boolean isProtocol = first == 192 && second == 0 && (third == 0 || third == 2);
        boolean isBenchmark = first == 198 && (second == 18 || second == 19);
        boolean isExample =
                (first == 198 && second == 51 && third == 100) || (first == 203 && second == 0 && third == 113);
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
