package dev.mortise.kernel.limit;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.limit.Permit;
import dev.mortise.api.limit.Rate;
import dev.mortise.kernel.http.StrangerLimit;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * Counts requests without a valid key by where they come from. Of an IPv6 address the first 64 bits count: that much
 * one customer has (RFC 6177). The operator's tenant keeps the buckets, because strangers have none.
 */
final class AddressLimit implements StrangerLimit {
    private static final int IPV6_NETWORK_BYTES = 8;

    private final RateLimiter limiter;
    private final Rate rate;
    private final TenantId operator;
    private final MeterRegistry meters;

    AddressLimit(RateLimiter limiter, Rate rate, TenantId operator, MeterRegistry meters) {
        this.limiter = limiter;
        this.rate = rate;
        this.operator = operator;
        this.meters = meters;
    }

    @Override
    public void count(Request request, Response response) {
        Permit permit = limiter.take(
                operator, "address " + network(request.getConnectionMetaData().getRemoteSocketAddress()), rate, 1);
        if (!permit.granted()) {
            RateHeaders headers = new RateHeaders();
            headers.add("address", rate, permit);
            headers.put(response);
            throw LimitPassage.refused(meters, "address", rate);
        }
    }

    static String network(SocketAddress address) {
        if (!(address instanceof InetSocketAddress internet) || internet.getAddress() == null) {
            return "unknown";
        }
        InetAddress source = internet.getAddress();
        byte[] bytes = source.getAddress();
        return bytes.length > IPV6_NETWORK_BYTES
                ? HexFormat.of().formatHex(Arrays.copyOf(bytes, IPV6_NETWORK_BYTES))
                : source.getHostAddress();
    }
}
