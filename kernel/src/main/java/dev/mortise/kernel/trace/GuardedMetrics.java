package dev.mortise.kernel.trace;

import io.micrometer.core.instrument.Counter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.util.Collection;
import java.util.function.BooleanSupplier;

/** Sends metrics where they may go, and counts what was not sent. */
record GuardedMetrics(MetricExporter exporter, BooleanSupplier mayGo, Counter failed) implements MetricExporter {
    @Override
    public CompletableResultCode export(Collection<MetricData> metrics) {
        if (!mayGo.getAsBoolean()) {
            failed.increment(metrics.size());
            return CompletableResultCode.ofFailure();
        }
        CompletableResultCode result = exporter.export(metrics);
        result.whenComplete(() -> {
            if (!result.isSuccess()) {
                failed.increment(metrics.size());
            }
        });
        return result;
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
        return exporter.getAggregationTemporality(type);
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
