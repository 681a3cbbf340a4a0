/**
 * Traces (O1): one trace from the door through plugins, transactions and statements to a provider, sent by OTLP to
 * where the operator says, and a tenant's spans to where the tenant says as well. Nothing is loaded before the first
 * request, and nothing at all where no place is configured.
 *
 * <p>The open span is a scoped value, handed on to the threads that the kernel starts for a call. Whoever adds a span
 * asks for the one that is open ({@link dev.mortise.kernel.trace.ActiveSpan#current}); only what begins a trace needs
 * the {@link dev.mortise.kernel.trace.TraceRoom}. OpenTelemetry's types stay in here.
 *
 * <pre>{@code
 * ActiveSpan.below("transaction", SpanKind.CLIENT, span -> {
 *     span.put("db.namespace", schema);
 *     return work();
 * });
 * }</pre>
 */
@NullMarked
package dev.mortise.kernel.trace;

import org.jspecify.annotations.NullMarked;
