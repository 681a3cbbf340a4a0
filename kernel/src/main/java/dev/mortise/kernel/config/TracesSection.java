package dev.mortise.kernel.config;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.trace.TraceOptions;
import dev.mortise.kernel.trace.TraceOptions.Destination;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The section {@code traces} of the file. */
record TracesSection(
        @Nullable URI endpoint,
        @Nullable Map<String, String> headers,
        @Nullable Double sample,
        @Nullable Integer queue,
        @Nullable List<String> notTo,
        @Nullable Map<String, TenantTraces> tenants,
        boolean tenantsChoose,
        @Nullable List<String> tenantsReach,
        @Nullable Duration metricsEvery) {
    record TenantTraces(URI endpoint, @Nullable Map<String, String> headers) {
        Destination destination() {
            return new Destination(endpoint, headers == null ? Map.of() : headers);
        }
    }

    static TracesSection none() {
        return new TracesSection(null, null, null, null, null, null, false, null, null);
    }

    /**
     * Returns where spans are sent; nowhere as a rule.
     *
     * @throws IllegalArgumentException when something is out of range
     */
    TraceOptions options() {
        TraceOptions off = TraceOptions.off();
        return new TraceOptions(
                Optional.ofNullable(endpoint)
                        .map(address -> new Destination(address, headers == null ? Map.of() : headers)),
                tenantOptions(),
                sample == null ? off.sample() : sample,
                queue == null ? off.queue() : queue,
                notTo == null ? off.notTo() : Set.copyOf(notTo));
    }

    private TraceOptions.Tenants tenantOptions() {
        Map<TenantId, Destination> fixed = tenants == null
                ? Map.of()
                : tenants.entrySet().stream()
                        .collect(Collectors.toMap(
                                tenant -> TenantId.parse(tenant.getKey()),
                                tenant -> tenant.getValue().destination()));
        return new TraceOptions.Tenants(
                fixed,
                tenantsChoose,
                tenantsReach == null ? Set.of() : Set.copyOf(tenantsReach),
                metricsEvery == null ? TraceOptions.Tenants.none().every() : metricsEvery);
    }
}
