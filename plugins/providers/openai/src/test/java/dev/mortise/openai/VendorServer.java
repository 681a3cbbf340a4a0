package dev.mortise.openai;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A small server that speaks OpenAI's documented wire format: it echoes chats and makes vectors of eight numbers out of
 * a text's characters. What it answers can be replaced by the test.
 */
final class VendorServer implements AutoCloseable {
    private static final int DIMENSIONS = 8;
    private static final int LONGEST_INPUT = 100_000;

    private final JsonMapper json = new JsonMapper();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile Answer answer = this::documented;

    VendorServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A request that came. */
    record Received(String path, String authorization, String traceparent, JsonNode body) {}

    /** Answers a request. */
    interface Answer {
        void to(HttpExchange exchange, JsonNode body) throws IOException;
    }

    URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    List<Received> received() {
        return received;
    }

    void answerBy(Answer other) {
        answer = other;
    }

    /** Answers everything by this status and text from now on. */
    void answerBy(int status, String text, String... headers) {
        answerBy((exchange, body) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            send(exchange, status, text);
        });
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = json.readTree(exchange.getRequestBody().readAllBytes());
            received.add(new Received(
                    exchange.getRequestURI().getPath(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")),
                    body));
            answer.to(exchange, body);
        }
    }

    private void documented(HttpExchange exchange, JsonNode body) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/v1/chat/completions" -> send(exchange, 200, chat(body).toString());
            case "/v1/embeddings" -> embed(exchange, body);
            default -> send(exchange, 404, "{\"error\":{\"message\":\"Unknown path\"}}");
        }
    }

    private ObjectNode chat(JsonNode body) {
        String asked = body.at("/messages")
                .path(body.at("/messages").size() - 1)
                .path("content")
                .stringValue();
        ObjectNode reply = json.createObjectNode()
                .put("id", "chatcmpl-1")
                .put("object", "chat.completion")
                .put("model", body.path("model").stringValue() + "-2026");
        ObjectNode choice =
                reply.putArray("choices").addObject().put("index", 0).put("finish_reason", "stop");
        choice.putObject("message").put("role", "assistant").put("content", asked);
        reply.putObject("usage").put("prompt_tokens", 9).put("completion_tokens", 3);
        return reply;
    }

    private void embed(HttpExchange exchange, JsonNode body) throws IOException {
        ObjectNode reply = json.createObjectNode().put("object", "list").put("model", "vectors");
        ArrayNode data = reply.putArray("data");
        int index = 0;
        for (JsonNode text : body.path("input")) {
            if (text.stringValue().isEmpty() || text.stringValue().length() > LONGEST_INPUT) {
                send(exchange, 400, "{\"error\":{\"message\":\"Bad input\",\"code\":\"context_length_exceeded\"}}");
                return;
            }
            ObjectNode item = data.addObject().put("object", "embedding").put("index", index++);
            ArrayNode vector = item.putArray("embedding");
            RandomGenerator numbers = RandomGeneratorFactory.of("L64X128MixRandom")
                    .create(text.stringValue().hashCode());
            for (int i = 0; i < DIMENSIONS; i++) {
                vector.add(numbers.nextDouble(-3, 3));
            }
        }
        reply.putObject("usage").put("prompt_tokens", 5).put("total_tokens", 5);
        send(exchange, 200, reply.toString());
    }

    static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
