package dev.mortise.cli.client;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.problem.CliException;
import dev.mortise.cli.problem.Problem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A connection to one server with one API key. It may be shared by threads.
 *
 * @since 0.1
 */
public final class ServerClient implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    // Longer than any wait that the API offers, and than the drain of an update.
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(2);
    // Something else may listen on the port and never answer.
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(3);
    // No list of ours gives fewer at once.
    private static final int PAGE = 200;
    private static final String JSON = "application/json";
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String JAR = "application/java-archive";

    private final URI url;
    private final Optional<String> key;
    private final JsonMapper mapper = JsonMapper.shared();
    private final HttpClient http;

    /**
     * Prepares a connection; nothing is sent yet.
     *
     * @param url the server's root, such as {@code http://127.0.0.1:8420}
     * @param key an API key, absent where only open resources are read
     */
    public ServerClient(URI url, Optional<String> key) {
        this.url = url;
        this.key = key;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT)
                .build();
    }

    /** Returns the server's root. */
    public URI url() {
        return url;
    }

    /** Reads a resource; the path starts with a slash and may have a query. */
    public JsonNode get(String path) {
        return call("GET", path, null, Map.of());
    }

    /** Posts a value, written as JSON, with further headers. */
    public JsonNode post(String path, Object body, Map<String, String> headers) {
        return call("POST", path, json(body), headers);
    }

    /** Posts a value, written as JSON. */
    public JsonNode post(String path, Object body) {
        return post(path, body, Map.of());
    }

    /** Puts a value, written as JSON. */
    public JsonNode put(String path, Object body) {
        return call("PUT", path, json(body), Map.of());
    }

    /** Changes parts of a resource by a JSON merge patch (RFC 7396). */
    public JsonNode mergePatch(String path, JsonNode patch) {
        return call("PATCH", path, new Body(MERGE_PATCH, BodyPublishers.ofString(patch.toString())), Map.of());
    }

    /** Changes parts of a resource. */
    public JsonNode patch(String path, Object body) {
        return call("PATCH", path, json(body), Map.of());
    }

    /**
     * Reads a list to its end, page by page.
     *
     * @param path without a query
     * @return an object with all {@code items}
     */
    public JsonNode getAll(String path) {
        ObjectNode all = mapper.createObjectNode();
        ArrayNode items = all.putArray("items");
        String after = "";
        do {
            JsonNode page = get(path + "?limit=" + PAGE + after);
            page.path("items").forEach(items::add);
            String next = page.path("next").asString("");
            after = next.isEmpty() ? "" : "&after=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        } while (!after.isEmpty());
        return all;
    }

    /** Posts a jar. */
    public JsonNode postJar(String path, Path jar) {
        return call("POST", path, jar(jar), Map.of());
    }

    /** Puts a jar. */
    public JsonNode putJar(String path, Path jar) {
        return call("PUT", path, jar(jar), Map.of());
    }

    /** Deletes a resource. */
    public JsonNode delete(String path) {
        return call("DELETE", path, null, Map.of());
    }

    /**
     * Copies the body of a resource to a stream, however long it is.
     *
     * @throws CliException with {@code cli.download-broken} when the answer or the stream breaks off
     */
    public void download(String path, OutputStream target) {
        HttpRequest get = HttpRequest.newBuilder(
                        request("GET", path, null, Map.of()), (name, _) -> !name.equals("Accept"))
                .build();
        HttpResponse<InputStream> response;
        try {
            response = send(get, BodyHandlers.ofInputStream());
        } catch (IOException unreachable) {
            throw notReachable(unreachable);
        }
        try (InputStream body = response.body()) {
            if (response.statusCode() / 100 != 2) {
                String text = new String(body.readNBytes(1 << 20), StandardCharsets.UTF_8);
                throw ProblemDetails.toException(get, response.statusCode(), text);
            }
            body.transferTo(target);
        } catch (IOException broken) {
            throw new CliException(
                    ExitCode.FAILURE,
                    new Problem(
                            "cli.download-broken",
                            "What " + url.resolve(path) + " sent broke off: " + broken.getMessage(),
                            "Try it again; if it happens again, the server's log tells why",
                            null),
                    broken);
        }
    }

    /** Returns whether a server answers this path with a success within three seconds. */
    public boolean answers(String path) {
        try {
            HttpRequest get = request("GET", path, null, Map.of());
            HttpRequest probe = HttpRequest.newBuilder(get, (_, _) -> true)
                    .timeout(PROBE_LIMIT)
                    .build();
            return send(probe).statusCode() / 100 == 2;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }

    private record Body(String type, BodyPublisher publisher) {}

    private Body json(Object value) {
        return new Body(JSON, BodyPublishers.ofString(mapper.writeValueAsString(value)));
    }

    private static Body jar(Path jar) {
        try {
            return new Body(JAR, BodyPublishers.ofFile(jar));
        } catch (FileNotFoundException missing) {
            throw new CliException(
                    ExitCode.USAGE,
                    new Problem("cli.file-not-found", "There is no file " + jar, "Check the path of the jar", null),
                    missing);
        }
    }

    private JsonNode call(String method, String path, @Nullable Body body, Map<String, String> headers) {
        HttpResponse<String> response;
        try {
            response = send(request(method, path, body, headers));
        } catch (IOException unreachable) {
            throw notReachable(unreachable);
        }
        if (response.statusCode() / 100 != 2) {
            throw ProblemDetails.toException(response.request(), response.statusCode(), response.body());
        }
        try {
            return response.body().isBlank() ? mapper.nullNode() : mapper.readTree(response.body());
        } catch (JacksonException notJson) {
            throw new CliException(
                    ExitCode.FAILURE,
                    new Problem(
                            "cli.answer-not-json",
                            "The answer of " + method + " " + url.resolve(path) + " is not JSON",
                            "Check that --url names a Mortise server",
                            null),
                    notJson);
        }
    }

    private HttpRequest request(String method, String path, @Nullable Body body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(ANSWER_LIMIT)
                .header("Accept", JSON)
                .method(method, body == null ? BodyPublishers.noBody() : body.publisher());
        if (body != null) {
            request.header("Content-Type", body.type());
        }
        key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        headers.forEach(request::header);
        return request.build();
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        return send(request, BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) throws IOException {
        try {
            return http.send(request, body);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException(
                    ExitCode.FAILURE,
                    new Problem("cli.interrupted", "The command was interrupted", "Run it again", null),
                    interrupted);
        }
    }

    private CliException notReachable(IOException cause) {
        String reason = cause.getMessage() == null ? "" : ": " + cause.getMessage();
        return new CliException(
                ExitCode.SERVER_NOT_REACHABLE,
                new Problem(
                        "cli.server-not-reachable",
                        "No server answers at " + url + reason,
                        "Start one with: mortise serve; or name another with --url or MORTISE_URL",
                        null),
                cause);
    }
}
