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
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** OpenTelemetry's SDK as this server uses it. */
final class SpanSource implements AutoCloseable {
    /** More than is sent, so that what is cut off in the middle is not the half of a secret. */
    private static final int LONGEST_VALUE = 2 * RedactedSpan.LONGEST_TEXT;

    private final GivenTraceIds ids = new GivenTraceIds();
    private final SpanRouter router;
    private final SdkTracerProvider provider;
    private final Tracer tracer;

    SpanSource(
            TraceOptions options,
            Map<String, String> about,
            MeterRegistry meters,
            Function<TenantId, Optional<Destination>> choices) {
        Resource resource = resource(about);
        boolean hasTenants =
                options.tenants().choose() || !options.tenants().fixed().isEmpty();
        @Nullable TenantExports tenants = hasTenants ? TenantExports.open(options, resource, meters, choices) : null;
        @Nullable
        SpanQueue all = options.all()
                .map(destination -> SpanQueue.to(destination, () -> true, options.queue(), "operator", meters))
                .orElse(null);
        // By the trace id, so that all nodes, and a run after a restart, decide alike.
        Sampler keeping = Sampler.parentBased(Sampler.traceIdRatioBased(options.sample()));
        this.router = new SpanRouter(all, tenants);
        this.provider = SdkTracerProvider.builder()
                .setIdGenerator(ids)
                .setResource(resource)
                .setSampler(tenants == null ? keeping : new MeasuredToo(keeping, tenants::isWanted))
                .setSpanLimits(SpanLimits.builder()
                        .setMaxAttributeValueLength(LONGEST_VALUE)
                        .build())
                .addSpanProcessor(router)
                .build();
        this.tracer = provider.get("dev.mortise");
    }

    private static Resource resource(Map<String, String> about) {
        AttributesBuilder attributes = Attributes.builder().put("service.name", "mortise");
        about.forEach(attributes::put);
        return Resource.create(attributes.build());
    }

    /** Begins the first span of this server under a trace id. */
    ActiveSpan begin(String traceId, String name, SpanKind kind) {
        return ids.during(traceId, () -> OtelSpan.start(tracer, Context.root(), name, kind));
    }

    /** Begins a span below the one that the headers name; at the top of the trace where they name none. */
    ActiveSpan beginBelow(
            String traceId, @Nullable String traceparent, @Nullable String tracestate, String name, SpanKind kind) {
        return RemoteParent.of(traceId, traceparent, tracestate)
                .map(parent -> beginBelow(parent, name, kind))
                .orElseGet(() -> begin(traceId, name, kind));
    }

    /** Begins a span below one that is not of this process, or not any more. */
    ActiveSpan beginBelow(RemoteParent parent, String name, SpanKind kind) {
        return OtelSpan.start(tracer, parent.asContext(), name, kind);
    }

    @Override
    public void close() {
        provider.close();
        router.closeQueues();
    }
}
