package dev.mortise.kernel.trace;

import dev.mortise.api.trace.Span;
import dev.mortise.api.trace.SpanKind;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The span that the running code belongs to.
 *
 * @since 0.1
 */
public sealed interface ActiveSpan extends Span permits OtelSpan {
    /** Returns the span's id: 16 lower-case hexadecimal digits. */
    String id();

    /** Returns the span in 55 characters, as work that is left for later keeps it. */
    String asTraceparent();

    /** Returns the headers by which another system can go on from here. */
    Map<String, String> headers();

    /** Begins a span below this one. */
    ActiveSpan child(String name, SpanKind kind);

    /** Gives the span another name, once it is known what the work is. */
    void rename(String name);

    /** Marks the span as failed by this. */
    void failedBy(Throwable failure);

    /** Ends the span. */
    void end();

    /** Returns the span that is open here. */
    static Optional<ActiveSpan> current() {
        return OpenSpan.CURRENT.isBound() ? Optional.of(OpenSpan.CURRENT.get()) : Optional.empty();
    }

    /** Returns the span that is open here, to be kept with work that is left for later; null where none is. */
    static @Nullable String traceparent() {
        return OpenSpan.CURRENT.isBound() ? OpenSpan.CURRENT.get().asTraceparent() : null;
    }

    /** Runs the work in a span below the one that is open; without a span where none is. */
    static <R extends @Nullable Object> R below(String name, SpanKind kind, Function<? super Span, ? extends R> work) {
        if (!OpenSpan.CURRENT.isBound()) {
            return work.apply(NoSpan.INSTANCE);
        }
        return OpenSpan.<R>within(OpenSpan.CURRENT.get().child(name, kind), work);
    }

    /** Returns the work, to be run on another thread below the span that is open here. */
    static Runnable carry(Runnable work) {
        if (!OpenSpan.CURRENT.isBound()) {
            return work;
        }
        ActiveSpan span = OpenSpan.CURRENT.get();
        return () -> ScopedValue.where(OpenSpan.CURRENT, span).run(work);
    }
}
