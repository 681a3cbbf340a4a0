package dev.mortise.openai.wire;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.trace.SpanKind;
import dev.mortise.api.trace.Tracing;
import dev.mortise.openai.settings.ServerSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One server, spoken to by JSON over HTTP. Thread-safe. Redirects are not followed: they would carry the key along. */
public final class OpenAiServer {
    /** The largest reply that is read, in bytes; 2,048 vectors of 3,072 numbers in text need less. */
    private static final long LARGEST_REPLY = 128L * 1024 * 1024;

    private final ServerSettings settings;
    private final HttpClient client;
    private final JsonMapper json;
    private final Tracing tracing;
    private final ServerFailures failures;

    /**
     * Creates a server; does not connect.
     *
     * @param client follows no redirects
     */
    public OpenAiServer(ServerSettings settings, HttpClient client, JsonMapper json, Tracing tracing) {
        this.settings = settings;
        this.client = client;
        this.json = json;
        this.tracing = tracing;
        this.failures = new ServerFailures(settings, json);
    }

    ServerSettings settings() {
        return settings;
    }

    JsonMapper json() {
        return json;
    }

    ServerFailures failures() {
        return failures;
    }

    /**
     * Sends a request and returns the reply's body.
     *
     * @param path below the base address, such as {@code embeddings}
     * @param model the model that the request is for, to be named in failures
     * @throws MortiseException with a {@link dev.mortise.api.model.ModelError}, or {@code api.interrupted}
     */
    JsonNode post(String path, String model, JsonNode body) {
        HttpResponse<byte[]> response = traced(path, model, body);
        try {
            JsonNode reply = json.readTree(response.body());
            if (reply != null && reply.isObject()) {
                return reply;
            }
        } catch (JacksonException e) {
            throw failures.ofReply("it is no JSON", e);
        }
        throw failures.ofReply("it is no JSON object", null);
    }

    /** Names and attributes are those of OpenTelemetry's semantic conventions for HTTP clients. */
    private HttpResponse<byte[]> traced(String path, String model, JsonNode body) {
        URI address = settings.baseUrl().resolve(path);
        return tracing.inSpan("POST", SpanKind.CLIENT, span -> {
            span.put("http.request.method", "POST")
                    .put("url.full", address.toString())
                    .put("server.address", address.getHost())
                    .put("server.port", failures.port());
            HttpResponse<byte[]> response = send(request(address, body));
            span.put("http.response.status_code", response.statusCode());
            if (response.statusCode() / 100 != 2) {
                throw failures.ofStatus(model, response);
            }
            return response;
        });
    }

    private HttpRequest request(URI address, JsonNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(settings.requestTimeout())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
        tracing.headers(address).forEach(request::setHeader);
        settings.key().ifPresent(key -> request.setHeader("Authorization", "Bearer " + key));
        settings.headers().forEach(request::setHeader);
        return request.build();
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> response =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_REPLY));
        try {
            // The request's own timeout ends with the reply's headers; this one covers the body as well.
            return response.get(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            response.cancel(true);
            throw failures.ofTimeout(e);
        } catch (ExecutionException e) {
            throw failures.ofExchange(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            throw new MortiseException(
                    ApiError.INTERRUPTED,
                    "A call of the server \"" + settings.name() + "\" was interrupted",
                    "Try again; the caller or the server was stopping",
                    e);
        }
    }
}
