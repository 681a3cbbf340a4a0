package dev.mortise.dist.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.dist.DeliveredPlugins;
import dev.mortise.dist.fuzz.Operation;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server with all delivered plugins in which there are a few of everything. */
final class World implements AutoCloseable {
    static final int EACH = 3;

    private final HttpClient http = HttpClient.newHttpClient();
    private final TestKernel kernel = TestKernel.start(DeliveredPlugins.jars().toArray(Path[]::new));
    private final JsonNode document;
    private String run = "";

    World() {
        for (int i = 0; i < EACH; i++) {
            make("/api/v1/kernel/roles", Map.of("name", "own-" + i, "permissions", List.of("kernel.roles.read")));
            make("/api/v1/kernel/service-accounts", Map.of("name", "machine-" + i, "roles", List.of()));
            make("/api/v1/kernel/api-keys", Map.of("name", "key-" + i, "permissions", List.of("kernel.roles.read")));
            make("/api/v1/kernel/invitations", Map.of("email", "p" + i + "@example.org", "roles", List.of("viewer")));
            make("/api/v1/kernel/tenants", Map.of("name", "company-" + i));
            change("PUT", "/api/v1/kernel/plugins/relaycore/secrets/word-" + i, "{\"value\":\"not a secret at all\"}");
            change("PATCH", "/api/v1/kernel/plugins/relaycore/settings", "{\"usageQueue\":" + (100 + i) + "}");
            change(
                    "PATCH",
                    "/api/v1/kernel/tenant/settings/relaycore",
                    "{\"defaultChatModel\":\"vendor/model-" + i + "\"}");
        }
        make("/api/v1/automatrix/workflows", Map.of("template", "automotive/service-intake"));
        for (int i = 0; i < EACH; i++) {
            run = make(
                            "/api/v1/automatrix/workflows/service-intake/runs",
                            Map.of("id", "m-" + i, "text", "My brakes squeal, when can I come?"))
                    .path("id")
                    .asString();
            assertThat(kernel.get("/api/v1/automatrix/runs/" + run + "?wait=PT60S")
                            .body()
                            .path("state")
                            .asString())
                    .isEqualTo("SUCCEEDED");
        }
        document = kernel.get("/api/v1/openapi.json").body();
    }

    private JsonNode make(String path, Map<String, Object> body) {
        TestResponse answer = kernel.post(path, JsonMapper.shared().writeValueAsString(body));
        assertThat(answer.status()).as(path + " " + answer.text()).isEqualTo(201);
        return answer.body();
    }

    private void change(String method, String path, String body) {
        TestResponse answer = kernel.send(kernel.request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build());
        assertThat(answer.status()).as(path + " " + answer.text()).isBetween(200, 204);
    }

    JsonNode document() {
        return document;
    }

    List<Operation> operations() {
        return Operation.of(document);
    }

    /** Returns the operation's path where its variables name something that is there, as far as it is known here. */
    String known(Operation operation) {
        return unknown(operation
                .path()
                .replace("{plugin}", "relaycore")
                .replace("/plugins/{id}", "/plugins/relaycore")
                .replace("/workflows/{name}", "/workflows/service-intake")
                .replace("/runs/{id}", "/runs/" + run)
                .replace("{version}", "1")
                .replace("{tenant}", "default"));
    }

    /** Returns the operation's path where its variables name nothing that is there. */
    static String unknown(Operation operation) {
        return unknown(operation.path());
    }

    /** A UUID that begins with a letter is a name of everything, too. */
    private static String unknown(String path) {
        return path.replaceAll("\\{[^}]*}", "a" + UUID.randomUUID().toString().substring(1));
    }

    /** Sends a request with the administrator's key. */
    HttpResponse<String> send(Operation operation, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(kernel.url().resolve(path))
                .header("Authorization", "Bearer " + kernel.adminKey());
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        request.method(operation.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("No answer to " + operation.method() + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
        kernel.close();
    }
}
