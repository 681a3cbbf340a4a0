package dev.mortise.kernel.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives each span that has ended to the operator's queue and to its tenant's, where there is one. */
final class SpanRouter implements SpanProcessor {
    private static final AttributeKey<String> TENANT = AttributeKey.stringKey(OtelSpan.TENANT);

    private final @Nullable SpanQueue all;
    private final Map<String, SpanQueue> tenants;

    SpanRouter(@Nullable SpanQueue all, Map<String, SpanQueue> tenants) {
        this.all = all;
        this.tenants = Map.copyOf(tenants);
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        // Asked for by nobody: a span is sent when it has ended.
    }

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (!span.getSpanContext().isSampled()) {
            return;
        }
        String tenant = span.getAttribute(TENANT);
        @Nullable SpanQueue own = tenant == null ? null : tenants.get(tenant);
        if (all == null && own == null) {
            return;
        }
        SpanData data = span.toSpanData();
        if (all != null) {
            all.offer(data);
        }
        if (own != null) {
            own.offer(data);
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    void closeQueues() {
        if (all != null) {
            all.close();
        }
        tenants.values().forEach(SpanQueue::close);
    }
}
