package dev.mortise.dist.fuzz;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes requests for an operation. */
final class Attack {
    private static final List<String> MEDIA_TYPES = List.of(
            "application/json",
            "application/json",
            "application/json",
            "application/json; charset=utf-16",
            "text/plain",
            "application/xml",
            "multipart/form-data",
            "application/x-www-form-urlencoded",
            "application/octet-stream",
            "*/*",
            "nonsense");
    private static final List<String> ACCEPTED =
            List.of("*/*", "application/json", "text/html", "application/xml;q=0.1", "image/png", ",", "a/b/c");

    private final URI server;
    private final Random random;
    private final Hostile hostile;
    private final Bodies bodies;
    private final List<String> ownIds;
    private final List<String> foreignIds;

    Attack(URI server, JsonNode document, Random random, List<String> ownIds, List<String> foreignIds) {
        this.server = server;
        this.random = random;
        this.hostile = new Hostile(random);
        this.bodies = new Bodies(document, random, hostile);
        this.ownIds = ownIds;
        this.foreignIds = foreignIds;
    }

    /** Returns a request that a client in its right mind could send, for things that do not exist as a rule. */
    HttpRequest wellFormed(Operation operation, @Nullable String key) {
        String path = operation.path();
        for (JsonNode parameter : operation.in("path")) {
            path = with(path, parameter, bodies.good(parameter.path("schema")).asString("1"));
        }
        HttpRequest.Builder request = to(path, key);
        if (operation.body().isMissingNode()) {
            return request.method(operation.method(), BodyPublishers.noBody()).build();
        }
        byte[] body = JsonMapper.shared().writeValueAsBytes(bodies.good(operation.body()));
        return request.header("Content-Type", "application/json")
                .method(operation.method(), BodyPublishers.ofByteArray(body))
                .build();
    }

    /** Returns a request that is wrong in some places. */
    HttpRequest hostile(Operation operation, @Nullable String key) {
        String path = operation.path();
        for (JsonNode parameter : operation.in("path")) {
            path = with(path, parameter, pathValue(operation));
        }
        HttpRequest.Builder request = to(path + query(operation), key);
        header(request, "Accept", pick(ACCEPTED));
        header(request, "If-Match", hostile.text());
        header(request, "If-None-Match", hostile.text());
        header(request, "Idempotency-Key", hostile.text());
        header(request, "traceparent", hostile.text());
        header(request, "X-HTTP-Method-Override", "DELETE");
        header(request, "X-Forwarded-For", hostile.text());
        header(request, "Cookie", "mortise_session=" + hostile.text());
        if (operation.body().isMissingNode() && random.nextInt(8) > 0) {
            return request.method(operation.method(), BodyPublishers.noBody()).build();
        }
        return request.header("Content-Type", pick(MEDIA_TYPES))
                .method(operation.method(), BodyPublishers.ofByteArray(bodies.damaged(operation.body())))
                .build();
    }

    private HttpRequest.Builder to(String path, @Nullable String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.resolve("/") + path.substring(1)))
                .timeout(Duration.ofSeconds(20));
        return key == null ? request : request.header("Authorization", key);
    }

    private String pathValue(Operation operation) {
        int dice = random.nextInt(6);
        if (dice == 0) {
            return pick(foreignIds);
        } else if (dice <= 2 && operation.mayMeetWhatExists()) {
            return pick(ownIds);
        }
        String text = hostile.text();
        return text.isEmpty() ? "%" : text;
    }

    private String query(Operation operation) {
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : operation.in("query")) {
            int times = random.nextInt(5) == 0 ? 2 : random.nextInt(2);
            for (int i = 0; i < times; i++) {
                String value = random.nextBoolean()
                        ? hostile.text()
                        : bodies.good(parameter.path("schema")).asString("1");
                query.append(query.isEmpty() ? '?' : '&')
                        .append(parameter.path("name").asString())
                        .append('=')
                        .append(encoded(value));
            }
        }
        return query.toString();
    }

    /** Sends the header now and then; the client itself refuses what is no header value at all. */
    private void header(HttpRequest.Builder request, String name, String value) {
        if (random.nextInt(6) == 0 && value.length() < 4_000) {
            String sendable = value.chars()
                    .filter(c -> c >= ' ' && c != 0x7f && c < 0x100)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            request.header(name, sendable);
        }
    }

    private static String with(String path, JsonNode parameter, String value) {
        String name = parameter.path("name").asString();
        return path.replace("{" + name + "}", encoded(value));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String pick(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
