package dev.mortise.kernel.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;
import java.util.function.Predicate;

/**
 * Lets spans that are not kept be measured nevertheless, where they are of a tenant that has its metrics sent.
 *
 * @param keeping decides what is kept
 * @param isMeasured says it of a tenant
 */
record MeasuredToo(Sampler keeping, Predicate<String> isMeasured) implements Sampler {
    private static final AttributeKey<String> TENANT = AttributeKey.stringKey(OtelSpan.TENANT);

    @Override
    public SamplingResult shouldSample(
            Context parent, String traceId, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        SamplingResult result = keeping.shouldSample(parent, traceId, name, kind, attributes, links);
        String tenant = attributes.get(TENANT);
        return result.getDecision() == SamplingDecision.DROP && tenant != null && isMeasured.test(tenant)
                ? SamplingResult.recordOnly()
                : result;
    }

    @Override
    public String getDescription() {
        return "MeasuredToo{" + keeping.getDescription() + "}";
    }
}
