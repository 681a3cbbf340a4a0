package dev.mortise.api.trace;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
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
     * Runs the work in a span below one that was open at another time: before a restart, or on another node. Where that
     * one is not known, or of another trace than the running call, this is {@link #inSpan}.
     *
     * @param traceparent what {@link #traceparent} returned then
     */
    <R extends @Nullable Object> R inSpanBelow(
            Optional<String> traceparent, String name, SpanKind kind, Function<? super Span, ? extends R> work);

    /**
     * Returns the open span in 55 characters (W3C Trace Context, section 3.2), to be kept with work that is left for
     * later; empty where the call is not traced.
     */
    Optional<String> traceparent();

    /**
     * Returns the headers of a request to another system, by which it can go on with this trace (W3C Trace Context,
     * section 3: {@code traceparent}, {@code tracestate}); none where the call is not traced, and none for hosts that
     * the operator tells nothing of traces.
     *
     * @param target where the request goes
     */
    Map<String, String> headers(URI target);
}
