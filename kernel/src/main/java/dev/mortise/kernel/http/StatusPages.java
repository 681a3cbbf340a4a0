package dev.mortise.kernel.http;

import dev.mortise.api.call.CallContext;
import dev.mortise.kernel.permission.OperatorPermissions;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.json.JsonMapper;

/**
 * What machines ask about the server itself: {@code /health/live} (the process answers), {@code /health/ready} (it can
 * do its work), {@code /metrics} (Prometheus' text format). Health needs no key, and says nothing that would help an
 * attacker.
 */
public final class StatusPages implements OpenPage, DoorPage {
    private final Supplier<Map<String, Optional<String>>> readiness;
    private final Supplier<Map<String, String>> notes;
    private final PrometheusMeterRegistry metrics;
    private final OperatorPermissions permissions;

    /**
     * @param readiness each part of the server with the reason why it is not ready, empty when it is; asked at each
     *     request, by anybody, so it must be cheap and its reasons must not help an attacker
     * @param notes what is told among the reasons though the server is ready; asked as often and by as many
     */
    public StatusPages(
            Supplier<Map<String, Optional<String>>> readiness,
            Supplier<Map<String, String>> notes,
            PrometheusMeterRegistry metrics,
            OperatorPermissions permissions) {
        this.permissions = permissions;
        this.readiness = readiness;
        this.notes = notes;
        this.metrics = metrics;
    }

    @Override
    public boolean handle(String path, Request request, Response response, Callback callback) {
        if (path.equals("/health/live")) {
            Door.requireReading(request);
            write(response, callback, 200, Map.of("status", "up"));
            return true;
        }
        if (path.equals("/health/ready")) {
            Door.requireReading(request);
            writeReadiness(response, callback);
            return true;
        }
        return false;
    }

    private void writeReadiness(Response response, Callback callback) {
        Map<String, Boolean> parts = new TreeMap<>();
        Map<String, String> reasons = new TreeMap<>();
        readiness.get().forEach((part, reason) -> {
            parts.put(part, reason.isEmpty());
            reason.ifPresent(text -> reasons.put(part, text));
        });
        boolean ready = reasons.isEmpty();
        reasons.putAll(notes.get());
        write(
                response,
                callback,
                ready ? 200 : 503,
                Map.of("status", ready ? "ready" : "not-ready", "parts", parts, "reasons", reasons));
    }

    @Override
    public boolean has(String path) {
        return path.equals("/metrics");
    }

    @Override
    public void serve(Exchange exchange) {
        permissions.require(CallContext.current(), "kernel.metrics.read");
        Response response = exchange.response();
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
        byte[] text = metrics.scrape().getBytes(StandardCharsets.UTF_8);
        response.write(true, ByteBuffer.wrap(text), exchange.callback());
    }

    private static void write(Response response, Callback callback, int status, Map<String, ?> body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.write(true, ByteBuffer.wrap(JsonMapper.shared().writeValueAsBytes(body)), callback);
    }
}
