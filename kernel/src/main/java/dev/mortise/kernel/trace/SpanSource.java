package dev.mortise.kernel.trace;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.trace.SpanKind;
import dev.mortise.kernel.trace.TraceOptions.Destination;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OpenTelemetry's SDK as this server uses it. */
final class SpanSource implements AutoCloseable {
    private static final int LONGEST_VALUE = 2_048;

    private final GivenTraceIds ids = new GivenTraceIds();
    private final SpanRouter router;
    private final SdkTracerProvider provider;
    private final Tracer tracer;

    SpanSource(TraceOptions options, Map<String, String> resource, MeterRegistry meters) {
        Map<String, SpanQueue> tenants = new HashMap<>();
        for (Map.Entry<TenantId, Destination> tenant : options.tenants().entrySet()) {
            tenants.put(tenant.getKey().toString(), SpanQueue.to(tenant.getValue(), options.queue(), "tenant", meters));
        }
        @Nullable
        SpanQueue all = options.all()
                .map(destination -> SpanQueue.to(destination, options.queue(), "operator", meters))
                .orElse(null);
        AttributesBuilder about = Attributes.builder().put("service.name", "mortise");
        resource.forEach(about::put);
        this.router = new SpanRouter(all, tenants);
        this.provider = SdkTracerProvider.builder()
                .setIdGenerator(ids)
                .setResource(Resource.create(about.build()))
                // By the trace id, so that all nodes, and a run after a restart, decide alike.
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(options.sample())))
                .setSpanLimits(SpanLimits.builder()
                        .setMaxAttributeValueLength(LONGEST_VALUE)
                        .build())
                .addSpanProcessor(router)
                .build();
        this.tracer = provider.get("dev.mortise");
    }

    /** Begins the first span of this server under a trace id. */
    ActiveSpan begin(String traceId, String name, SpanKind kind) {
        return ids.during(traceId, () -> OtelSpan.start(tracer, Context.root(), name, kind));
    }

    /** Begins a span below the one that the headers name; at the top of the trace where they name none. */
    ActiveSpan beginBelow(
            String traceId, @Nullable String traceparent, @Nullable String tracestate, String name, SpanKind kind) {
        return RemoteParent.of(traceId, traceparent, tracestate)
                .<ActiveSpan>map(parent -> OtelSpan.start(tracer, parent.asContext(), name, kind))
                .orElseGet(() -> begin(traceId, name, kind));
    }

    @Override
    public void close() {
        provider.close();
        router.closeQueues();
    }
}
