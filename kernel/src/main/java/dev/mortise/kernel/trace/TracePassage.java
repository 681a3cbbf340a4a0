package dev.mortise.kernel.trace;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.trace.SpanKind;
import dev.mortise.kernel.http.Exchange;
import dev.mortise.kernel.http.Passage;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpFields;

/**
 * Makes a request a span, below the caller's where the caller says so (W3C Trace Context). Names and attributes are
 * those of OpenTelemetry's semantic conventions for HTTP servers; the query is left out, people put secrets there.
 */
record TracePassage(TraceRoom room) implements Passage {
    private static final int SERVER_FAULT = 500;

    @Override
    public void pass(Exchange exchange, Consumer<? super Exchange> onward) {
        SpanSource source = room.source();
        if (source == null) {
            onward.accept(exchange);
            return;
        }
        ActiveSpan span = begin(source, exchange);
        try {
            ScopedValue.where(OpenSpan.CURRENT, span).run(() -> onward.accept(exchange));
            answered(exchange, span, exchange.response().getStatus());
        } catch (MortiseException e) {
            // A refusal is the caller's failure: the span of a server is not marked for it.
            answered(exchange, span, e.errorCode().category().httpStatus());
            throw e;
        } catch (RuntimeException | Error e) {
            span.failedBy(e);
            throw e;
        } finally {
            span.end();
        }
    }

    private static ActiveSpan begin(SpanSource source, Exchange exchange) {
        HttpFields headers = exchange.request().getHeaders();
        CallContext context = CallContext.current();
        ActiveSpan span = source.beginBelow(
                context.traceId(),
                headers.get("traceparent"),
                String.join(",", headers.getValuesList("tracestate")),
                exchange.request().getMethod(),
                SpanKind.SERVER);
        span.put("http.request.method", exchange.request().getMethod())
                .put("url.path", exchange.path())
                .put("url.scheme", exchange.request().getHttpURI().getScheme())
                .put("mortise.principal.kind", context.principal().kind().name());
        if (exchange.plugin() != null) {
            span.put("mortise.plugin", exchange.plugin());
        }
        return span;
    }

    private static void answered(Exchange exchange, ActiveSpan span, int status) {
        span.put("http.response.status_code", status);
        exchange.route().ifPresent(route -> {
            span.put("http.route", route);
            span.rename(exchange.request().getMethod() + " " + route);
        });
        if (status >= SERVER_FAULT) {
            span.put("error.type", String.valueOf(status)).failed(String.valueOf(status));
        }
    }
}
