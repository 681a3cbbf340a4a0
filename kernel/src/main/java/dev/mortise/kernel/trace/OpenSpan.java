package dev.mortise.kernel.trace;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Binds a span while its work runs, and ends it after. */
final class OpenSpan {
    static final ScopedValue<ActiveSpan> CURRENT = ScopedValue.newInstance();

    private OpenSpan() {}

    static <R extends @Nullable Object> R within(ActiveSpan span, Function<? super ActiveSpan, ? extends R> work) {
        try {
            return ScopedValue.where(CURRENT, span).<R, RuntimeException>call(() -> work.apply(span));
        } catch (RuntimeException | Error failure) {
            span.failedBy(failure);
            throw failure;
        } finally {
            span.end();
        }
    }
}
