package dev.mortise.kernel.trace;

import dev.mortise.api.trace.Span;
import dev.mortise.api.trace.SpanKind;
import dev.mortise.api.trace.Tracing;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Spans of one plugin. */
record PluginTracing(TraceRoom room, String plugin) implements Tracing {
    @Override
    public <R extends @Nullable Object> R inSpan(String name, SpanKind kind, Function<? super Span, ? extends R> work) {
        return room.inSpan(name, kind, span -> work.apply(span.put("mortise.plugin", plugin)));
    }

    @Override
    public Map<String, String> headers() {
        return ActiveSpan.current().map(ActiveSpan::headers).orElse(Map.of());
    }
}
