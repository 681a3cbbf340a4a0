package dev.mortise.kernel.live;

import dev.mortise.kernel.testkit.TestKernel;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the WebSocket, as a page has one. */
final class LiveClient implements WebSocket.Listener, AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final boolean isReading;
    private final WebSocket socket;

    private LiveClient(TestKernel kernel, String key, @Nullable String origin, boolean isReading) {
        this.isReading = isReading;
        WebSocket.Builder builder = http.newWebSocketBuilder().header("Authorization", "Bearer " + key);
        if (origin != null) {
            builder.header("Origin", origin);
        }
        URI url = URI.create(kernel.url().toString().replaceFirst("http", "ws") + "/api/v1/live");
        this.socket = builder.buildAsync(url, this).join();
    }

    static LiveClient of(TestKernel kernel) {
        return new LiveClient(kernel, kernel.adminKey(), null, true);
    }

    static LiveClient with(TestKernel kernel, String key) {
        return new LiveClient(kernel, key, null, true);
    }

    static LiveClient from(TestKernel kernel, String origin) {
        return new LiveClient(kernel, kernel.adminKey(), origin, true);
    }

    /** Returns a client that takes nothing from its connection before it is told to. */
    static LiveClient dozing(TestKernel kernel) {
        return new LiveClient(kernel, kernel.adminKey(), null, false);
    }

    void wake() {
        socket.request(Long.MAX_VALUE);
    }

    LiveClient send(String json) {
        socket.sendText(json, true).join();
        return this;
    }

    /** Watches a topic and returns where the client then stands. */
    long watch(String topic) {
        send("{\"type\":\"subscribe\",\"topic\":\"" + topic + "\"}");
        return next("subscribed").path("sequence").asLong();
    }

    /** Watches on after the number that was seen last. */
    LiveClient resume(String topic, long after) {
        return send("{\"type\":\"subscribe\",\"topic\":\"" + topic + "\",\"after\":" + after + "}");
    }

    /** Returns the next thing that it is told, beats apart, which must be of that type. */
    JsonNode next(String type) {
        try {
            while (true) {
                JsonNode frame = received.poll(20, TimeUnit.SECONDS);
                if (frame == null) {
                    throw new AssertionError("Nothing of type " + type + " has come");
                }
                if (frame.path("type").asString().equals(type)) {
                    return frame;
                }
                if (!frame.path("type").asString().equals("beat")) {
                    throw new AssertionError("Not of type " + type + ": " + frame);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns what the next message says. */
    String nextWhat() {
        return next("message").path("data").path("what").asString();
    }

    /** Waits for the end of the connection and returns its status; -1 when it broke without one. */
    int closeCode(long seconds) {
        try {
            return closed.get(seconds, TimeUnit.SECONDS);
        } catch (Exception e) { // Whatever it is, the connection is there still.
            throw new AssertionError("The connection has not ended", e);
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        if (isReading) {
            opened.request(Long.MAX_VALUE);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            received.add(JSON.readTree(text.toString()));
            text.setLength(0);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete(-1);
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }
}
