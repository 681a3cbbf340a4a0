package dev.mortise.kernel.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.eclipse.jetty.server.Request;

/**
 * Where a connection comes from, as far as it tells callers apart: an IPv4 address, or the first 64 bits of an IPv6
 * one, because whoever has one address of such a network has them all (RFC 6177, section 2). Forwarding headers are not
 * believed: anyone can send them.
 *
 * @since 0.1
 */
public final class SourceAddress {
    private static final int NETWORK_BYTES = 8;

    private SourceAddress() {}

    /** Returns the source of a request. */
    public static String of(Request request) {
        SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
        if (!(remote instanceof InetSocketAddress internet) || internet.getAddress() == null) {
            return String.valueOf(remote);
        }
        return of(internet.getAddress());
    }

    static String of(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        byte[] network = Arrays.copyOf(Arrays.copyOf(address.getAddress(), NETWORK_BYTES), 16);
        try {
            return InetAddress.getByAddress(network).getHostAddress() + "/64";
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an IPv6 address", e);
        }
    }
}
