package dev.mortise.kernel.trace;

import dev.mortise.kernel.redact.Redaction;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One tenant's metrics, made of its spans, of those too that are not kept: the histograms that OpenTelemetry's semantic
 * conventions have for HTTP servers and for generative AI, and {@code mortise.work.duration} for the rest.
 */
final class TenantMetrics implements AutoCloseable {
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    private static final AttributeKey<String> TOKEN_TYPE = AttributeKey.stringKey("gen_ai.token.type");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final AttributeKey<String> PLUGIN = AttributeKey.stringKey("mortise.plugin");
    private static final AttributeKey<String> WORK = AttributeKey.stringKey("mortise.work");
    private static final List<AttributeKey<?>> OF_HTTP = List.of(
            AttributeKey.stringKey("http.request.method"),
            AttributeKey.stringKey("http.route"),
            AttributeKey.longKey("http.response.status_code"),
            ERROR);
    private static final List<AttributeKey<?>> OF_MODELS = List.of(
            OPERATION,
            AttributeKey.stringKey("gen_ai.provider.name"),
            AttributeKey.stringKey("gen_ai.request.model"),
            AttributeKey.stringKey("gen_ai.response.model"));

    /** As the conventions advise for both. */
    private static final List<Double> SECONDS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0, 20.0, 40.0, 80.0);

    private static final List<Long> TOKENS = List.of(
            1L,
            4L,
            16L,
            64L,
            256L,
            1_024L,
            4_096L,
            16_384L,
            65_536L,
            262_144L,
            1_048_576L,
            4_194_304L,
            16_777_216L,
            67_108_864L);

    private final SdkMeterProvider provider;
    private final DoubleHistogram requests;
    private final DoubleHistogram models;
    private final LongHistogram tokens;
    private final DoubleHistogram work;

    TenantMetrics(MetricExporter exporter, Duration every, Resource resource) {
        this.provider = SdkMeterProvider.builder()
                .setResource(resource)
                .registerMetricReader(PeriodicMetricReader.builder(exporter)
                        .setInterval(every)
                        .build())
                .build();
        Meter meter = provider.get("dev.mortise");
        this.requests = seconds(meter, "http.server.request.duration", "Requests that were answered");
        this.models = seconds(meter, "gen_ai.client.operation.duration", "Calls of models");
        this.tokens = meter.histogramBuilder("gen_ai.client.token.usage")
                .setDescription("Tokens of calls of models")
                .setUnit("{token}")
                .ofLongs()
                .setExplicitBucketBoundariesAdvice(TOKENS)
                .build();
        this.work = seconds(meter, "mortise.work.duration", "Runs, steps, jobs, deliveries and calls of plugins");
    }

    private static DoubleHistogram seconds(Meter meter, String name, String description) {
        return meter.histogramBuilder(name)
                .setDescription(description)
                .setUnit("s")
                .setExplicitBucketBoundariesAdvice(SECONDS)
                .build();
    }

    void measure(SpanData span) {
        double duration = (span.getEndEpochNanos() - span.getStartEpochNanos()) / 1e9;
        Attributes about = span.getAttributes();
        if (span.getKind() == SpanKind.SERVER) {
            requests.record(duration, only(about, OF_HTTP).build());
        } else if (about.get(OPERATION) != null) {
            AttributesBuilder ofModel = only(about, OF_MODELS);
            count(about, "gen_ai.usage.input_tokens", ofModel, "input");
            count(about, "gen_ai.usage.output_tokens", ofModel, "output");
            models.record(duration, only(about, OF_MODELS, ERROR).build());
        } else if (isWork(span)) {
            work.record(
                    duration,
                    only(about, List.of(PLUGIN, ERROR))
                            .put(WORK, Redaction.of(span.getName()))
                            .build());
        }
    }

    /** Statements and transactions are the server's business. */
    private static boolean isWork(SpanData span) {
        return span.getKind() == SpanKind.INTERNAL || span.getKind() == SpanKind.CONSUMER;
    }

    private void count(Attributes about, String usage, AttributesBuilder ofModel, String type) {
        Long used = about.get(AttributeKey.longKey(usage));
        if (used != null) {
            tokens.record(used, ofModel.put(TOKEN_TYPE, type).build());
        }
    }

    private static AttributesBuilder only(Attributes about, List<AttributeKey<?>> keys, AttributeKey<?>... more) {
        AttributesBuilder kept = Attributes.builder();
        keys.forEach(key -> keep(kept, key, about.get(key)));
        for (AttributeKey<?> key : more) {
            keep(kept, key, about.get(key));
        }
        return kept;
    }

    private static void keep(
            AttributesBuilder kept, AttributeKey<?> key, @org.jspecify.annotations.Nullable Object value) {
        switch (value) {
            case null -> {}
            case Long number -> kept.put(AttributeKey.longKey(key.getKey()), number);
            default -> kept.put(AttributeKey.stringKey(key.getKey()), Redaction.of(value.toString()));
        }
    }

    /** Sends the last figures, and ends. */
    @Override
    public void close() {
        provider.shutdown().join(5, TimeUnit.SECONDS);
    }
}
