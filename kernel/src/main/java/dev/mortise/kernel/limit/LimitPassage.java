package dev.mortise.kernel.limit;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Principal;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.limit.Permit;
import dev.mortise.api.limit.Rate;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.http.Exchange;
import dev.mortise.kernel.http.Passage;
import dev.mortise.kernel.http.StrangerLimit;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;

/**
 * Holds every request to the limits of its operation, its user or key, and its tenant. The narrowest comes first, so
 * that what one key asks in vain does not count against its whole tenant.
 */
final class LimitPassage implements Passage {
    private final LimitDirectory directory;
    private final RateLimiter limiter;
    private final StrangerLimit strangers;
    private final MeterRegistry meters;

    LimitPassage(LimitDirectory directory, RateLimiter limiter, StrangerLimit strangers, MeterRegistry meters) {
        this.strangers = strangers;
        this.directory = directory;
        this.limiter = limiter;
        this.meters = meters;
    }

    @Override
    public void pass(Exchange exchange, Consumer<? super Exchange> onward) {
        CallContext caller = CallContext.current();
        if (caller.principal().kind() == Principal.Kind.ANONYMOUS) {
            strangers.count(exchange.request(), exchange.response());
            onward.accept(exchange);
            return;
        }
        TenantLimits limits = directory.of(caller.tenant());
        RateHeaders headers = new RateHeaders();
        for (String endpoint : limits.endpointsOf(exchange.request().getMethod(), exchange.path())) {
            take(exchange, headers, limits, endpoint, endpoint);
        }
        String own = caller.principal().kind() == Principal.Kind.USER ? TenantLimits.USER : TenantLimits.KEY;
        take(exchange, headers, limits, own, caller.principal().id());
        take(exchange, headers, limits, TenantLimits.TENANT, TenantLimits.TENANT);
        headers.put(exchange.response());
        onward.accept(exchange);
    }

    private void take(Exchange exchange, RateHeaders headers, TenantLimits limits, String name, String bucket) {
        Rate rate = limits.rates().get(name);
        if (rate == null) {
            return;
        }
        String shown = name.startsWith(TenantLimits.ENDPOINT) ? "endpoint" : name;
        Permit permit = limiter.take(CallContext.current().tenant(), bucket, rate, 1);
        headers.add(shown, rate, permit);
        if (!permit.granted()) {
            headers.put(exchange.response());
            throw refused(meters, shown, rate);
        }
    }

    static MortiseException refused(MeterRegistry meters, String name, Rate rate) {
        meters.counter("mortise.limits.refused", "limit", name).increment();
        return new MortiseException(
                KernelError.RATE_LIMITED,
                "More than " + rate.permits() + " requests in " + rate.per().toSeconds() + " s, the limit of this "
                        + name,
                "Wait as long as the header Retry-After says, and spread requests by the header RateLimit");
    }
}
