package dev.mortise.testkit;

import dev.mortise.kernel.testkit.TestResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Somebody who speaks to the server over HTTP: one tenant and one set of permissions.
 *
 * @since 0.1
 */
public final class Caller implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String JSON = "application/json";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;
    private final String key;

    private Caller(URI server, String key) {
        this.server = server;
        this.key = key;
    }

    static Caller of(URI server, String key) {
        return new Caller(server, key);
    }

    /** Returns the API key; empty for a stranger. */
    public String key() {
        return key;
    }

    /** Sends a GET. */
    public TestResponse get(String path) {
        return send(request(path).GET());
    }

    /** Sends a POST with a JSON body. */
    public TestResponse post(String path, String json) {
        return send(request(path).header("Content-Type", JSON).POST(BodyPublishers.ofString(json)));
    }

    /** Sends a PUT with a JSON body. */
    public TestResponse put(String path, String json) {
        return send(request(path).header("Content-Type", JSON).PUT(BodyPublishers.ofString(json)));
    }

    /** Sends a DELETE. */
    public TestResponse delete(String path) {
        return send(request(path).DELETE());
    }

    /** Begins a request of any kind; {@link #send} sends it. */
    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(path)).timeout(LIMIT);
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
    }

    /** Sends a request and returns the answer, whatever its status. */
    public TestResponse send(HttpRequest.Builder request) {
        try {
            return TestResponse.of(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
