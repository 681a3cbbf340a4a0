package dev.mortise.kernel.trace;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;

/** Ids at random, but for a trace whose id the call has already. */
final class GivenTraceIds implements IdGenerator {
    private final IdGenerator random = IdGenerator.random();
    private final ScopedValue<String> given = ScopedValue.newInstance();

    <R> R during(String traceId, Supplier<R> work) {
        return ScopedValue.where(given, traceId).call(work::get);
    }

    @Override
    public String generateSpanId() {
        return random.generateSpanId();
    }

    @Override
    public String generateTraceId() {
        return given.isBound() ? given.get() : random.generateTraceId();
    }
}
