package dev.mortise.kernel.limit;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.limit.Permit;
import dev.mortise.api.limit.Rate;
import dev.mortise.kernel.http.SourceAddress;
import dev.mortise.kernel.http.StrangerLimit;
import io.micrometer.core.instrument.MeterRegistry;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * Counts requests without valid credentials by where they come from. The operator's tenant keeps the buckets, because
 * strangers have none.
 */
final class AddressLimit implements StrangerLimit {
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
        Permit permit = limiter.take(operator, "address " + SourceAddress.of(request), rate, 1);
        if (!permit.granted()) {
            RateHeaders headers = new RateHeaders();
            headers.add("address", rate, permit);
            headers.put(response);
            throw LimitPassage.refused(meters, "address", rate);
        }
    }
}
