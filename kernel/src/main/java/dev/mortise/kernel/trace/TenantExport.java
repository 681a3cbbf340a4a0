package dev.mortise.kernel.trace;

import dev.mortise.kernel.trace.TraceOptions.Destination;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One tenant's spans and metrics on their way to its receiver. */
record TenantExport(Destination destination, SpanQueue spans, Optional<TenantMetrics> metrics)
        implements AutoCloseable {
    private static final Duration SEND_LIMIT = Duration.ofSeconds(10);

    /** @param mayGo asked before every sending */
    static TenantExport open(
            Destination destination,
            BooleanSupplier mayGo,
            int queue,
            Duration metricsEvery,
            Resource resource,
            MeterRegistry meters) {
        return new TenantExport(
                destination,
                SpanQueue.to(destination, mayGo, queue, "tenant", meters),
                destination
                        .metrics()
                        .map(address -> new TenantMetrics(
                                new GuardedMetrics(exporter(address, destination), mayGo, failures(meters)),
                                metricsEvery,
                                resource)));
    }

    private static OtlpHttpMetricExporter exporter(URI address, Destination destination) {
        OtlpHttpMetricExporterBuilder builder = OtlpHttpMetricExporter.builder()
                .setEndpoint(address.toString())
                .setCompression("gzip")
                .setTimeout(SEND_LIMIT);
        destination.headers().forEach(builder::addHeader);
        return builder.build();
    }

    private static Counter failures(MeterRegistry meters) {
        return Counter.builder("mortise.trace.metrics.failed")
                .description("Metrics of tenants that could not be sent")
                .register(meters);
    }

    void take(SpanData span) {
        metrics.ifPresent(figures -> figures.measure(span));
        if (span.getSpanContext().isSampled()) {
            spans.offer(span);
        }
    }

    @Override
    public void close() {
        spans.close();
        metrics.ifPresent(TenantMetrics::close);
    }
}
