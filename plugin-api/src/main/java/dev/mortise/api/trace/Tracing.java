package dev.mortise.api.trace;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The trace of the running call.
 *
 * @since 0.1
 */
@ProviderType
public interface Tracing {
    /**
     * Runs the work in a span of its own, below the one that is open. What is called from the work, other plugins
     * included, stands below it. An exception marks the span as failed and goes on to the caller.
     *
     * @param name the kind of work, with few values over time: ids belong into attributes
     */
    <R extends @Nullable Object> R inSpan(String name, SpanKind kind, Function<? super Span, ? extends R> work);

    /**
     * Returns the headers by which another system can go on with this trace (W3C Trace Context, section 3:
     * {@code traceparent}, {@code tracestate}); none where the call is not traced.
     */
    Map<String, String> headers();
}
