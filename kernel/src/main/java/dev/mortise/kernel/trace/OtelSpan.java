package dev.mortise.kernel.trace;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.trace.Span;
import dev.mortise.api.trace.SpanKind;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A span of OpenTelemetry's. The library's own notion of the current span, a thread local, is not used: parents are
 * named.
 */
record OtelSpan(Tracer tracer, io.opentelemetry.api.trace.Span span) implements ActiveSpan {
    /** On every span, so that each can be told to whom it belongs. */
    static final String TENANT = "mortise.tenant";

    static OtelSpan start(Tracer tracer, Context parent, String name, SpanKind kind) {
        var builder = tracer.spanBuilder(name)
                .setParent(parent)
                .setSpanKind(io.opentelemetry.api.trace.SpanKind.valueOf(kind.name()));
        CallContext.find()
                .ifPresent(
                        context -> builder.setAttribute(TENANT, context.tenant().toString()));
        return new OtelSpan(tracer, builder.startSpan());
    }

    @Override
    public String id() {
        return span.getSpanContext().getSpanId();
    }

    /** W3C Trace Context, section 3.2. */
    @Override
    public String asTraceparent() {
        SpanContext context = span.getSpanContext();
        return "00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                + context.getTraceFlags().asHex();
    }

    /** W3C Trace Context, sections 3.2 and 3.3. */
    @Override
    public Map<String, String> headers() {
        SpanContext context = span.getSpanContext();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("traceparent", asTraceparent());
        if (!context.getTraceState().isEmpty()) {
            headers.put(
                    "tracestate",
                    context.getTraceState().asMap().entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + entry.getValue())
                            .collect(Collectors.joining(",")));
        }
        return headers;
    }

    @Override
    public ActiveSpan child(String name, SpanKind kind) {
        return start(tracer, Context.root().with(span), name, kind);
    }

    @Override
    public void rename(String name) {
        span.updateName(name);
    }

    /** Only the kind of failure: messages quote what callers sent. */
    @Override
    public void failedBy(Throwable failure) {
        String type = failure instanceof MortiseException known
                ? known.errorCode().code()
                : failure.getClass().getName();
        span.setAttribute("error.type", type);
        span.setStatus(StatusCode.ERROR, type);
    }

    @Override
    public void end() {
        span.end();
    }

    @Override
    public Span put(String name, String value) {
        span.setAttribute(name, value);
        return this;
    }

    @Override
    public Span put(String name, long value) {
        span.setAttribute(name, value);
        return this;
    }

    @Override
    public Span put(String name, double value) {
        span.setAttribute(name, value);
        return this;
    }

    @Override
    public Span put(String name, boolean value) {
        span.setAttribute(name, value);
        return this;
    }

    @Override
    public Span put(String name, List<String> values) {
        span.setAttribute(AttributeKey.stringArrayKey(name), List.copyOf(values));
        return this;
    }

    @Override
    public Span event(String name) {
        span.addEvent(name);
        return this;
    }

    @Override
    public Span failed(String reason) {
        span.setStatus(StatusCode.ERROR, reason);
        return this;
    }
}
