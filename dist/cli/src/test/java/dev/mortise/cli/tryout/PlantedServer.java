package dev.mortise.cli.tryout;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mortise.cli.client.ServerClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server's side of the try, over real HTTP, with faults that a sound server cannot be made to show: a message's
 * text says what shall become of it. The sound server is tried in the end-to-end tests.
 */
final class PlantedServer implements AutoCloseable {
    final List<String> calls = new CopyOnWriteArrayList<>();
    final AtomicInteger mostAtOnce = new AtomicInteger();
    private final Map<String, JsonNode> runs = new ConcurrentHashMap<>();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final HttpServer http;
    private final CountDownLatch updateMayEnd;
    private volatile String version = "0.1.0";

    PlantedServer(CountDownLatch updateMayEnd) {
        this.updateMayEnd = updateMayEnd;
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", this::handle);
        http.start();
    }

    ServerClient client() {
        return new ServerClient(
                URI.create("http://127.0.0.1:" + http.getAddress().getPort()), Optional.of("key"));
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String call = exchange.getRequestMethod() + " " + path;
            calls.add(call + " " + body);
            answer(exchange, call, body);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            atOnce.decrementAndGet();
        }
    }

    private void answer(HttpExchange exchange, String call, String body) throws IOException, InterruptedException {
        switch (call) {
            case "GET /api/v1/kernel/catalogue" -> send(exchange, 200, """
                        {"items":[{"id":"automotive","version":"0.1.1"},{"id":"automotive","version":"0.1.0"},
                        {"id":"automatrix","version":"0.1.0"}]}""");
            case "GET /api/v1/kernel/plugins" -> send(exchange, 200, "{\"items\":[]}");
            case "POST /api/v1/kernel/plugins" -> send(exchange, 201, "{\"state\":\"RUNNING\"}");
            case "PUT /api/v1/kernel/plugins/automotive" -> {
                updateMayEnd.await();
                version = "0.1.1";
                send(exchange, 200, "{\"state\":\"RUNNING\"}");
            }
            case "POST /api/v1/automatrix/workflows" ->
                send(exchange, 201, "{\"name\":\"service-intake\",\"version\":1}");
            case "POST /api/v1/automatrix/workflows/service-intake/runs" -> accept(exchange, body);
            default -> look(exchange, call);
        }
    }

    private void accept(HttpExchange exchange, String body) throws IOException {
        JsonNode input = JsonMapper.shared().readTree(body);
        if (input.path("text").asString("").equals("refuse")) {
            send(exchange, 503, "{\"code\":\"kernel.busy\",\"detail\":\"not now\"}");
        } else {
            runs.put(input.path("id").asString(""), input);
            send(
                    exchange,
                    201,
                    "{\"id\":\"%s\",\"state\":\"QUEUED\"}"
                            .formatted(input.path("id").asString("")));
        }
    }

    private void look(HttpExchange exchange, String call) throws IOException {
        String id = call.substring(call.lastIndexOf('/') + 1);
        String text = runs.getOrDefault(id, JsonMapper.shared().nullNode())
                .path("text")
                .asString("");
        if (call.startsWith("GET /api/v1/automotive/decisions/")) {
            boolean lost = text.equals("lose");
            send(
                    exchange,
                    lost ? 404 : 200,
                    lost ? "{\"code\":\"automotive.decision-unknown\"}" : "{\"messageId\":\"" + id + "\"}");
        } else if (text.equals("fail")) {
            send(exchange, 200, """
                    {"state":"FAILED","error":{"code":"automotive.broken","message":"no","step":"classify"}}""");
        } else {
            String decidedBy = text.equals("person") ? "person" : "profile";
            send(exchange, 200, """
                    {"state":"SUCCEEDED","output":{"decidedBy":"%s","intent":"book-service","department":"service",
                    "urgency":"normal","reason":"unsure","profileVersion":"%s"}}""".formatted(decidedBy, version));
        }
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
