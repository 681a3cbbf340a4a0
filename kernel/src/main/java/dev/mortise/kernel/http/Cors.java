package dev.mortise.kernel.http;

import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets pages of other origins call the API, as the Fetch standard's CORS protocol says. Off unless origins are
 * configured: then a browser refuses such pages by itself.
 *
 * @param origins the origins that are allowed, such as {@code https://console.example.com}; none is a wildcard
 */
public record Cors(Set<String> origins) {
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static final String REQUEST_HEADERS =
            "Authorization, Content-Type, Accept, Idempotency-Key, If-Match, If-None-Match, traceparent, tracestate";
    private static final String RESPONSE_HEADERS =
            "Trace-Id, ETag, Link, Location, Idempotency-Replayed, Deprecation, Sunset, Retry-After";

    /** Takes an immutable copy. */
    public Cors {
        origins = Set.copyOf(origins);
    }

    /** Adds what an allowed origin may know; answers the question that a browser asks first, and returns true then. */
    boolean handle(Request request, Response response, Callback callback) {
        String origin = request.getHeaders().get("Origin");
        if (origins.isEmpty() || origin == null) {
            return false;
        }
        HttpFields.Mutable headers = response.getHeaders();
        headers.add("Vary", "Origin");
        if (!origins.contains(origin)) {
            return false;
        }
        headers.put("Access-Control-Allow-Origin", origin);
        headers.put("Access-Control-Expose-Headers", RESPONSE_HEADERS);
        if (!request.getMethod().equals("OPTIONS") || !request.getHeaders().contains("Access-Control-Request-Method")) {
            return false;
        }
        headers.put("Access-Control-Allow-Methods", METHODS);
        headers.put("Access-Control-Allow-Headers", REQUEST_HEADERS);
        headers.put("Access-Control-Max-Age", "600");
        response.setStatus(204);
        callback.succeeded();
        return true;
    }
}
