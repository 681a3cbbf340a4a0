package dev.mortise.kernel.trace;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.trace.Span;
import dev.mortise.api.trace.SpanKind;
import dev.mortise.api.trace.Tracing;
import dev.mortise.kernel.http.Passage;
import dev.mortise.kernel.trace.TraceOptions.Destination;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Begins traces, and sends them on. OpenTelemetry is loaded when the first span begins.
 *
 * @since 0.1
 */
public final class TraceRoom implements AutoCloseable {
    private final TraceOptions options;
    private final Map<String, String> resource;
    private final MeterRegistry meters;
    private @Nullable SpanSource source;
    /** Says nothing until the settings are there, which stand on what is traced already. */
    private volatile Function<TenantId, Optional<Destination>> choices = _ -> Optional.empty();

    private boolean closed;

    private TraceRoom(TraceOptions options, Map<String, String> resource, MeterRegistry meters) {
        this.options = options;
        this.resource = Map.copyOf(resource);
        this.meters = meters;
    }

    /**
     * Makes the room; nothing is loaded or sent yet.
     *
     * @param resource what tells this server from others, such as {@code service.version}
     * @param meters has {@code mortise.trace.spans} by outcome: sent, failed, dropped
     */
    public static TraceRoom open(TraceOptions options, Map<String, String> resource, MeterRegistry meters) {
        return new TraceRoom(options, resource, meters);
    }

    /** Returns a room in which nothing is traced. */
    public static TraceRoom off() {
        return new TraceRoom(TraceOptions.off(), Map.of(), new SimpleMeterRegistry());
    }

    /** Lets tenants choose for themselves where their telemetry goes as well, where the operator lets them. */
    public void letChoose(Function<TenantId, TenantTelemetry> settings) {
        choices = tenant -> settings.apply(tenant).destination();
    }

    /** Returns what makes every request a span. */
    public Passage passage() {
        return new TracePassage(this);
    }

    /** Returns the tracing of one plugin. */
    public Tracing tracing(String plugin) {
        return new PluginTracing(this, plugin);
    }

    /**
     * Runs the work in a span: below the one that is open, or else as the beginning of its own, under the trace id of
     * the call. So a run that goes on after a restart stays in the trace of the request that began it.
     */
    public <R extends @Nullable Object> R inSpan(String name, SpanKind kind, Function<? super Span, ? extends R> work) {
        if (options.isOff()
                || CallContext.find().isEmpty()
                || ActiveSpan.current().isPresent()) {
            return ActiveSpan.<R>below(name, kind, work);
        }
        SpanSource known = source();
        if (known == null) {
            return work.apply(NoSpan.INSTANCE);
        }
        String traceId = CallContext.current().traceId();
        return OpenSpan.<R>within(known.begin(traceId, name, kind), work);
    }

    /**
     * Runs the work in a span below one that was open at another time or on another node; as {@link #inSpan} where that
     * one is not known, or of another trace than the call.
     *
     * @param traceparent as {@link ActiveSpan#traceparent} returned it then
     */
    public <R extends @Nullable Object> R inSpanBelow(
            @Nullable String traceparent, String name, SpanKind kind, Function<? super Span, ? extends R> work) {
        if (options.isOff() || traceparent == null || CallContext.find().isEmpty()) {
            return this.<R>inSpan(name, kind, work);
        }
        Optional<RemoteParent> parent = RemoteParent.of(CallContext.current().traceId(), traceparent, null);
        SpanSource known = source();
        if (parent.isEmpty() || known == null) {
            return this.<R>inSpan(name, kind, work);
        }
        return OpenSpan.<R>within(known.beginBelow(parent.get(), name, kind), work);
    }

    /** Returns whether requests to that address may carry the trace. */
    boolean isToldTo(URI target) {
        return options.isToldTo(target);
    }

    /** Returns the source of spans, or null where nothing is traced or the server stops. */
    synchronized @Nullable SpanSource source() {
        if (source == null && !closed && !options.isOff()) {
            source = new SpanSource(options, resource, meters, tenant -> choices.apply(tenant));
        }
        return source;
    }

    /** Sends what waits, for a few seconds at most, and begins no more spans. */
    @Override
    public void close() {
        SpanSource last;
        synchronized (this) {
            closed = true;
            last = source;
            source = null;
        }
        if (last != null) {
            last.close();
        }
    }
}
