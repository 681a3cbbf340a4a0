/**
 * What a plugin adds to the trace of a call: spans of its own and what they should tell. Requests, calls of extensions,
 * transactions and statements are spans already; a plugin adds those that only it knows, such as a call of a model.
 * Where the call is not traced, nothing is kept and little is spent.
 *
 * <pre>{@code
 * Reply reply = context.tracing().inSpan("chat " + model, SpanKind.CLIENT, span -> {
 *     span.put("gen_ai.request.model", model);
 *     return client.send(request, context.tracing().headers(address));
 * });
 * }</pre>
 *
 * <p>Names and attributes follow OpenTelemetry's semantic conventions where these have a word. No secret and nothing
 * that a person wrote belongs into a span: traces leave the server.
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.trace;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
