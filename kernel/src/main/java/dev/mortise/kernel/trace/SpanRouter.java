package dev.mortise.kernel.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.jspecify.annotations.Nullable;

/** Gives each span that has ended to the operator's queue and to its tenant's, where there is one. */
final class SpanRouter implements SpanProcessor {
    private static final AttributeKey<String> TENANT = AttributeKey.stringKey(OtelSpan.TENANT);

    private final @Nullable SpanQueue all;
    private final @Nullable TenantExports tenants;

    SpanRouter(@Nullable SpanQueue all, @Nullable TenantExports tenants) {
        this.all = all;
        this.tenants = tenants;
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
        boolean isForAll = all != null && span.getSpanContext().isSampled();
        String tenant = span.getAttribute(TENANT);
        boolean isForTenant = tenants != null && tenant != null && tenants.isWanted(tenant);
        if (!isForAll && !isForTenant) {
            return;
        }
        SpanData data = span.toSpanData();
        if (all != null && isForAll) {
            all.offer(data);
        }
        if (tenants != null && tenant != null && isForTenant) {
            tenants.offer(tenant, data);
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
        if (tenants != null) {
            tenants.close();
        }
    }
}
