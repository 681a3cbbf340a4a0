package dev.mortise.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the {@link HttpResource}s of a plugin keep. The plugin's test extends this class, names its resources, and says
 * where a server with the plugin listens; the server is called with what clients get wrong, never with what would
 * change something.
 */
@Tag("K3")
@Tag("D1")
public abstract class HttpResourceContract {
    private static final List<String> STRANGE_NAMES = List.of(
            "00000000-0000-7000-8000-000000000000",
            "no-such-thing",
            "%00",
            "..%2F..",
            "%F0%9F%98%80",
            "x".repeat(2_000));
    private static final List<String> STRANGE_VALUES =
            List.of("", "-1", "no-such-value", "99999999999999999999", "%00'--");
    private static final List<String> STRANGE_BODIES = List.of("", "{", "[]", "null", "\"text\"", "{\"\\u0000\": {}}");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();

    /** Returns the plugin's resources. */
    protected abstract List<Class<? extends HttpResource>> resources();

    /** Returns the plugin's id. */
    protected abstract String pluginId();

    /** Returns the root of a server with the plugin. */
    protected abstract URI server();

    /** Returns a key of that server with every permission. */
    protected abstract String key();

    /**
     * Checks what a failure looks like: problem details (RFC 9457) with the members that Mortise adds. A resource that
     * speaks another protocol's format overrides it.
     */
    protected void assertFailure(HttpResponse<String> failure) {
        String request = failure.request().method() + " " + failure.uri();
        assertThat(failure.headers().firstValue("Content-Type").orElse(""))
                .as(request)
                .startsWith("application/problem+json");
        JsonNode problem = JsonMapper.shared().readTree(failure.body());
        assertThat(problem.path("status").asInt()).as(request).isEqualTo(failure.statusCode());
        for (String member : List.of("title", "code", "traceId", "remedy")) {
            assertThat(problem.path(member).asString(""))
                    .as(request + " " + member)
                    .isNotBlank();
        }
    }

    @AfterEach
    final void closeClient() {
        http.close();
    }

    private List<Operation> operations() {
        return resources().stream().flatMap(type -> Operation.of(type).stream()).toList();
    }

    @Test
    void aResourceIsAPublicClassThatTheServerCanMake() {
        assertThat(resources()).isNotEmpty().allSatisfy(type -> {
            assertThat(Modifier.isPublic(type.getModifiers()))
                    .as(type.getName())
                    .isTrue();
            assertThat(type.getConstructors()).as(type.getName()).hasSize(1);
            assertThat(Operation.of(type)).as(type.getName()).isNotEmpty();
        });
    }

    @Test
    void everyOperationDeclaresAPermissionOfThePlugin() {
        String form = pluginId() + "(\\.[a-z][a-z0-9-]*)+";
        assertThat(operations()).allSatisfy(operation -> {
            if (operation.openReason().isPresent()) {
                assertThat(operation.openReason().get())
                        .as(operation + " is open to all")
                        .isNotBlank();
            } else {
                assertThat(operation.permission())
                        .as(operation.toString())
                        .hasValueSatisfying(permission -> assertThat(permission).matches(form));
            }
        });
    }

    @Test
    void everyOperationHasAMethodAndAPathOfItsOwn() {
        assertThat(operations().stream().map(Operation::signature)).doesNotHaveDuplicates();
    }

    @Test
    void thePathNamesItsParameters() {
        assertThat(operations())
                .allSatisfy(operation -> assertThat(operation.pathParameters())
                        .as(operation.toString())
                        .containsExactlyInAnyOrderElementsOf(operation.pathVariables()));
    }

    @Test
    void everyParameterAndAnswerHasATypeThatCanBeDescribed() {
        assertThat(operations()).allSatisfy(operation -> {
            assertThat(operation.undescribedParameters())
                    .as(operation.toString())
                    .isEmpty();
            assertThat(operation.bodies()).as(operation.toString()).isLessThanOrEqualTo(1);
            assertThat(operation.method().getReturnType())
                    .as(operation.toString())
                    .isNotEqualTo(Object.class);
        });
    }

    @Test
    void everyOperationIsInTheServersDescription() {
        HttpResponse<String> answer = send(signedIn(HttpRequest.newBuilder(server().resolve("/api/v1/openapi.json"))));
        assertThat(answer.statusCode()).isEqualTo(200);
        Set<String> described = new HashSet<>();
        JsonMapper.shared()
                .readTree(answer.body())
                .path("paths")
                .forEachEntry((path, operations) -> operations
                        .propertyNames()
                        .forEach(verb -> described.add(
                                verb.toUpperCase(Locale.ROOT) + " " + path.replaceAll("\\{[^}]*}", "{}"))));
        assertThat(described)
                .containsAll(operations().stream()
                        .map(operation -> operation.verb() + " /api/v1/" + pluginId() + "/" + operation.pathPattern())
                        .toList());
    }

    @Test
    void nobodyIsServedWithoutAKey() {
        for (Operation operation : operations()) {
            for (String authorization : List.of("", "Bearer no-such-key", "Basic eDp5")) {
                HttpRequest.Builder request = request(operation, operation.pathWith("x"));
                if (!authorization.isEmpty()) {
                    request.header("Authorization", authorization);
                }
                HttpResponse<String> answer = send(request);
                assertThat(answer.statusCode()).as(operation.toString()).isEqualTo(401);
                assertThat(answer.body()).doesNotContain("\tat ");
            }
        }
    }

    @Test
    void whatIsNotThereIsAnsweredByName() {
        operations().stream()
                .filter(Operation::isGet)
                .filter(operation -> !operation.pathVariables().isEmpty())
                .forEach(operation -> STRANGE_NAMES.forEach(
                        name -> assertSound(send(signedIn(request(operation, operation.pathWith(name)))))));
    }

    @Test
    void parametersThatMakeNoSenseAreRefusedOrLeftOut() {
        for (Operation operation : operations()) {
            for (String parameter : operation.isGet() ? operation.queryParameters() : List.<String>of()) {
                for (String value : STRANGE_VALUES) {
                    String path = operation.pathWith("x") + "?" + parameter + "=" + value.replace("'", "%27");
                    assertSound(send(signedIn(request(operation, path))));
                }
            }
        }
    }

    @Test
    void bodiesThatMakeNoSenseAreRefusedByName() {
        for (Operation operation : operations()) {
            if (operation.takesJson()) {
                for (String body : STRANGE_BODIES) {
                    HttpResponse<String> answer = send(signedIn(request(operation, operation.pathWith("x"), body)));
                    assertSound(answer);
                    assertThat(answer.statusCode()).as(operation + " " + body).isBetween(400, 499);
                }
            }
        }
    }

    @Test
    void anotherMethodIsRefused() {
        for (Operation operation : operations()) {
            HttpResponse<String> answer = send(signedIn(
                    HttpRequest.newBuilder(uri(operation.pathWith("x"))).method("PROPFIND", BodyPublishers.noBody())));
            assertSound(answer);
            assertThat(answer.statusCode()).as(operation.toString()).isBetween(400, 499);
        }
    }

    /** Whatever was asked: no fault of the server, no stack trace, and a failure in the agreed form. */
    private void assertSound(HttpResponse<String> answer) {
        String request = answer.request().method() + " " + answer.uri();
        assertThat(answer.statusCode()).as(request + " " + answer.body()).isLessThan(500);
        assertThat(answer.body()).as(request).doesNotContain("\tat ").doesNotContain("Exception:");
        if (answer.statusCode() >= 400) {
            assertFailure(answer);
        }
    }

    private HttpRequest.Builder request(Operation operation, String path) {
        return request(operation, path, "{}");
    }

    private HttpRequest.Builder request(Operation operation, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        return operation.bodies() == 0
                ? request.method(operation.verb(), BodyPublishers.noBody())
                : request.method(operation.verb(), BodyPublishers.ofString(body))
                        .header("Content-Type", operation.mediaType());
    }

    private URI uri(String path) {
        return server().resolve("/api/v1/" + pluginId() + "/" + path);
    }

    private HttpRequest.Builder signedIn(HttpRequest.Builder request) {
        return request.header("Authorization", "Bearer " + key());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(LIMIT).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("The server broke off " + request.build(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
