package dev.mortise.kernel.http;

import java.util.function.Consumer;

/**
 * One concern of the way from the door to a resource, such as limits or audit. Passages stand one behind the other,
 * each inside of the former one, with the caller's {@link dev.mortise.api.call.CallContext} bound.
 *
 * <p>A passage calls {@code onward} once, with the exchange or with one whose response or callback it wraps, or throws
 * a {@link dev.mortise.api.error.MortiseException} to refuse, or answers by itself. After {@code onward} the response
 * is complete and its status can be read; most refusals have been written as problem documents by then and were not
 * thrown.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Passage {
    /** Takes the exchange through. */
    void pass(Exchange exchange, Consumer<? super Exchange> onward);
}
