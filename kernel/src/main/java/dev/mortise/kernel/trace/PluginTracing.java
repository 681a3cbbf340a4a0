package dev.mortise.kernel.trace;

import dev.mortise.api.trace.Span;
import dev.mortise.api.trace.SpanKind;
import dev.mortise.api.trace.Tracing;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Spans of one plugin. */
record PluginTracing(TraceRoom room, String plugin) implements Tracing {
    @Override
    public <R extends @Nullable Object> R inSpan(String name, SpanKind kind, Function<? super Span, ? extends R> work) {
        return room.inSpan(name, kind, span -> work.apply(span.put("mortise.plugin", plugin)));
    }

    @Override
    public <R extends @Nullable Object> R inSpanBelow(
            Optional<String> traceparent, String name, SpanKind kind, Function<? super Span, ? extends R> work) {
        return room.inSpanBelow(
                traceparent.orElse(null), name, kind, span -> work.apply(span.put("mortise.plugin", plugin)));
    }

    @Override
    public Optional<String> traceparent() {
        return Optional.ofNullable(ActiveSpan.traceparent());
    }

    @Override
    public Map<String, String> headers(URI target) {
        return room.isToldTo(target)
                ? ActiveSpan.current().map(ActiveSpan::headers).orElse(Map.of())
                : Map.of();
    }
}
