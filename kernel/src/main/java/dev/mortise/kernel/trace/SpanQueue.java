package dev.mortise.kernel.trace;

import dev.mortise.kernel.trace.TraceOptions.Destination;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spans on their way to one destination. Whoever ends a span never waits: where the queue is full, the span is dropped
 * and counted. One thread sends, so that a slow destination costs nothing but its own spans.
 */
final class SpanQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpanQueue.class);
    private static final int LARGEST_BATCH = 512;
    private static final Duration LINGER = Duration.ofMillis(500);
    private static final Duration SEND_LIMIT = Duration.ofSeconds(10);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final BlockingQueue<SpanData> waiting;
    private final SpanExporter exporter;
    private final Destination destination;
    private final BooleanSupplier mayGo;
    private final Counter sent;
    private final Counter failed;
    private final Counter dropped;
    private final Thread sender;
    private volatile boolean closing;
    private boolean reported;

    private SpanQueue(
            Destination destination, BooleanSupplier mayGo, int capacity, String owner, MeterRegistry meters) {
        this.waiting = new ArrayBlockingQueue<>(capacity);
        this.destination = destination;
        this.mayGo = mayGo;
        this.exporter = exporter(destination);
        this.sent = counter(meters, owner, "sent");
        this.failed = counter(meters, owner, "failed");
        this.dropped = counter(meters, owner, "dropped");
        this.sender = Thread.ofVirtual().name("mortise-traces").unstarted(this::send);
    }

    /**
     * @param mayGo asked before every sending
     * @param owner whose destination it is: the operator's or a tenant's
     */
    static SpanQueue to(
            Destination destination, BooleanSupplier mayGo, int capacity, String owner, MeterRegistry meters) {
        SpanQueue queue = new SpanQueue(destination, mayGo, capacity, owner, meters);
        queue.sender.start();
        return queue;
    }

    private static SpanExporter exporter(Destination destination) {
        OtlpHttpSpanExporterBuilder builder = OtlpHttpSpanExporter.builder()
                .setEndpoint(destination.endpoint().toString())
                .setCompression("gzip")
                .setTimeout(SEND_LIMIT);
        destination.headers().forEach(builder::addHeader);
        return builder.build();
    }

    static Counter counter(MeterRegistry meters, String owner, String outcome) {
        return Counter.builder("mortise.trace.spans")
                .description("Spans by what became of them")
                .tag("destination", owner)
                .tag("outcome", outcome)
                .register(meters);
    }

    void offer(SpanData span) {
        if (closing || !waiting.offer(span)) {
            dropped.increment();
        }
    }

    private void send() {
        try {
            while (!closing || !waiting.isEmpty()) {
                @Nullable SpanData first = waiting.poll(LINGER.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    send(batchFrom(first));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // The server stops and waits no longer.
        }
    }

    private List<SpanData> batchFrom(SpanData first) throws InterruptedException {
        List<SpanData> batch = new ArrayList<>();
        batch.add(first);
        long end = System.nanoTime() + LINGER.toNanos();
        while (batch.size() < LARGEST_BATCH && !closing) {
            @Nullable SpanData next = waiting.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                break;
            }
            batch.add(next);
        }
        waiting.drainTo(batch, LARGEST_BATCH - batch.size());
        return batch;
    }

    private void send(List<SpanData> batch) {
        if (!mayGo.getAsBoolean()) {
            failed.increment(batch.size());
            reportOnce();
            return;
        }
        List<SpanData> shown = batch.stream().map(RedactedSpan::of).toList();
        CompletableResultCode result = exporter.export(shown).join(SEND_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        if (result.isSuccess()) {
            sent.increment(batch.size());
            reported = false;
        } else {
            failed.increment(batch.size());
            reportOnce();
        }
    }

    private void reportOnce() {
        if (!reported) {
            reported = true;
            LOG.warn("Spans cannot be sent to {}; they are dropped and counted until they can", destination);
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            if (!sender.join(LAST_WORDS)) {
                sender.interrupt();
            }
        } catch (InterruptedException e) {
            sender.interrupt();
            Thread.currentThread().interrupt();
        }
        dropped.increment(waiting.size());
        exporter.shutdown().join(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    }
}
