package dev.mortise.kernel.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("D1")
class OpenApiTest {
    private static TestKernel kernel;
    private static JsonNode document;

    @TempDir
    static Path folder;

    @BeforeAll
    static void startKernel() {
        kernel = TestKernel.start(SamplePlugin.build("1.0.0", folder));
        document = kernel.get("/api/v1/openapi.json").body();
    }

    @AfterAll
    static void stopKernel() {
        kernel.close();
    }

    @Test
    void theDocumentIsValidOpenApi() {
        assertThat(OpenApiRules.violations(document)).isEmpty();
    }

    @Test
    void everyOperationHasAnIdOfItsOwnAPermissionAndProblems() {
        Set<String> ids = new HashSet<>();
        operations().forEach(operation -> {
            String id = operation.path("operationId").asString();
            assertThat(ids.add(id)).as(id).isTrue();
            assertThat(operation.has("x-permission") || operation.has("x-open-to-all") || operation.has("security"))
                    .as(id)
                    .isTrue();
            assertThat(operation.path("responses").path("4XX").path("$ref").asString())
                    .as(id)
                    .endsWith("/Problem");
            assertThat(operation.path("summary").asString()).as(id).isNotBlank();
        });
        assertThat(ids).contains("shop.orders.place", "kernel.plugins.install", "server.health.live");
    }

    @Test
    void aRecordIsDescribedWithWhatMayBeAbsent() {
        JsonNode order = schema("shop.Order");

        assertThat(texts(order.path("required")))
                .contains("id", "customer", "items", "payment")
                .doesNotContain("note", "discount", "replaces");
        JsonNode parts = order.path("properties");
        assertThat(parts.path("note").path("type").toString()).isEqualTo("[\"string\",\"null\"]");
        assertThat(parts.path("discount").path("type").toString()).isEqualTo("[\"integer\",\"null\"]");
        assertThat(parts.path("placedAt").path("format").asString()).isEqualTo("date-time");
        assertThat(parts.path("id").path("format").asString()).isEqualTo("uuid");
        assertThat(parts.path("replaces").path("oneOf").path(0).path("$ref").asString())
                .endsWith("/shop.Order");
        assertThat(parts.path("stock").path("additionalProperties").path("type").asString())
                .isEqualTo("integer");
        assertThat(parts.path("items").path("maxItems").asInt()).isEqualTo(3);
        assertThat(parts.path("customer").path("examples").path(0).asString()).isEqualTo("Ann");
        assertThat(texts(schema("shop.Size").path("enum"))).containsExactly("SMALL", "LARGE");
    }

    @Test
    void aSealedTypeIsOneOfItsAlternativesWithADiscriminator() {
        JsonNode payment = schema("shop.Payment");

        assertThat(payment.path("oneOf").size()).isEqualTo(2);
        assertThat(payment.path("discriminator").path("propertyName").asString())
                .isEqualTo("kind");
        assertThat(payment.path("oneOf")
                        .path(0)
                        .path("allOf")
                        .path(1)
                        .path("properties")
                        .path("kind")
                        .path("const")
                        .asString())
                .isEqualTo("card");
    }

    @Test
    void operationsWithSeveralBodiesAreOneOperation() {
        JsonNode content = document.at("/paths/~1api~1v1~1kernel~1plugins/post/requestBody/content");

        assertThat(content.has("application/json")).isTrue();
        assertThat(content.has("application/java-archive")).isTrue();
    }

    @Test
    void parametersSayWhereTheyAreAndWhatTheyTake() {
        JsonNode list = document.at("/paths/~1api~1v1~1shop~1orders/get");
        JsonNode one = document.at("/paths/~1api~1v1~1shop~1orders~1{id}/get");

        assertThat(list.path("parameters").path(0).path("in").asString()).isEqualTo("query");
        assertThat(list.path("parameters")
                        .path(0)
                        .path("schema")
                        .path("maximum")
                        .asInt())
                .isEqualTo(10);
        assertThat(list.path("summary").asString()).isEqualTo("Lists orders");
        assertThat(one.path("parameters").path(0).path("required").asBoolean()).isTrue();
        assertThat(one.path("responses").has("404")).isTrue();
    }

    @Test
    void parametersThatAreGatheredInAClassAreParametersAndNoBody() {
        JsonNode search = document.at("/paths/~1api~1v1~1kernel~1audit/get");

        assertThat(search.path("parameters").findValuesAsString("name"))
                .contains("from", "to", "actor", "outcome", "after", "limit");
        assertThat(search.has("requestBody")).isFalse();
    }

    @Test
    void aDeprecatedOperationIsMarkedAndSaysUntilWhen() {
        JsonNode old = document.at("/paths/~1api~1v1~1shop~1orders~1old/get");
        TestResponse response = kernel.get("/api/v1/shop/orders/old");

        assertThat(old.path("deprecated").asBoolean()).isTrue();
        assertThat(response.headers().firstValue("Deprecation")).contains("@1793491200");
        assertThat(response.headers().firstValue("Sunset")).contains("Tue, 01 Jun 2027 00:00:00 GMT");
        assertThat(response.headers().firstValue("Link")).contains("</api/v1/shop/orders>; rel=\"successor-version\"");
    }

    @Test
    void whoHasTheDocumentIsToldSo() {
        TestResponse first = kernel.get("/api/v1/openapi.json");
        String tag = first.headers().firstValue("ETag").orElseThrow();

        TestResponse again = kernel.send(kernel.request("/api/v1/openapi.json")
                .header("If-None-Match", tag)
                .build());

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.text()).isEmpty();
    }

    @Test
    void theDocumentChangesWithThePlugins() {
        String before =
                kernel.get("/api/v1/openapi.json").headers().firstValue("ETag").orElseThrow();

        kernel.plugins().stop("shop");
        TestResponse without = kernel.get("/api/v1/openapi.json");
        kernel.plugins().start("shop");
        TestResponse with = kernel.get("/api/v1/openapi.json");

        assertThat(without.text()).doesNotContain("/api/v1/shop/");
        assertThat(without.headers().firstValue("ETag")).isNotEqualTo(java.util.Optional.of(before));
        assertThat(with.headers().firstValue("ETag")).contains(before);
    }

    @Test
    void theDocumentComesAsYamlToo() {
        TestResponse response = kernel.get("/api/v1/openapi.yaml");
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(response.text());

        assertThat(JsonMapper.shared().<JsonNode>valueToTree(tree)).isEqualTo(document);
    }

    @Test
    void theDocumentNeedsAKey() {
        TestResponse response = kernel.send(HttpRequest.newBuilder(kernel.url().resolve("/api/v1/openapi.json"))
                .build());

        assertThat(response.status()).isEqualTo(401);
    }

    @Test
    void whatIsLimitedIsHeldToIt() {
        String order = """
                {"id":"0199aaaa-0000-7000-8000-000000000000","customer":"%s","items":[{"sku":"%s","count":%d}],
                 "size":"SMALL","placedAt":"2026-11-21T12:00:00Z","payment":{"kind":"card","number":"1"},"stock":{}}""";

        assertThat(kernel.post("/api/v1/shop/orders", order.formatted("Ann", "AB-1", 1))
                        .status())
                .isEqualTo(201);
        refused(kernel.post("/api/v1/shop/orders", order.formatted("", "AB-1", 1)), "customer");
        refused(kernel.post("/api/v1/shop/orders", order.formatted("Ann", "ab", 1)), "items[0].sku");
        refused(kernel.post("/api/v1/shop/orders", order.formatted("Ann", "AB-1", 100)), "items[0].count");
        refused(kernel.get("/api/v1/shop/orders?limit=11"), "limit");
        refused(kernel.get("/api/v1/shop/orders?limit=many"), "limit");
    }

    private static void refused(TestResponse response, String place) {
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body().path("detail").asString()).contains('"' + place + '"');
    }

    @Test
    void aDocumentIsChangedOnlyByWhoReadIt() {
        String path = "/api/v1/shop/orders/document";
        assertThat(kernel.get(path).headers().firstValue("ETag")).contains("\"v3\"");
        assertThat(put(path, "\"v3\"").status()).isEqualTo(200);
        assertThat(put(path, "*").status()).isEqualTo(200);
        assertThat(put(path, "\"v1\", \"v3\"").status()).isEqualTo(200);
        assertThat(put(path, "\"v2\"").status()).isEqualTo(412);
        assertThat(put(path, "W/\"v3\"").status()).isEqualTo(412);
        assertThat(put(path, "v3").status()).isEqualTo(400);
        assertThat(put(path, null).status()).isEqualTo(428);
        assertThat(kernel.send(kernel.request(path)
                                .header("If-None-Match", "W/\"v3\"")
                                .build())
                        .status())
                .isEqualTo(304);
    }

    private static TestResponse put(String path, @org.jspecify.annotations.Nullable String ifMatch) {
        HttpRequest.Builder request = kernel.request(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"text\":\"new\"}"));
        return kernel.send((ifMatch == null ? request : request.header("If-Match", ifMatch)).build());
    }

    @Test
    void pagesAreWalkedByTheirLinksToTheEnd() {
        List<String> seen = new java.util.ArrayList<>();
        String path = "/api/v1/shop/orders?limit=3";
        while (path != null) {
            TestResponse page = kernel.get(path);
            page.body().path("items").forEach(item -> seen.add(item.asString()));
            path = page.headers()
                    .firstValue("Link")
                    .map(link -> link.replaceAll("^<([^>]*)>; rel=\"next\"$", "$1"))
                    .orElse(null);
        }
        assertThat(seen).hasSize(7).startsWith("order-1").endsWith("order-7");
    }

    @Test
    void aCursorThatTheListDidNotGiveIsRefused() {
        String next =
                kernel.get("/api/v1/shop/orders?limit=3").body().path("next").asString();
        for (String bad : List.of("x", "order-3", next + "A", next.substring(1), "%00", "a".repeat(5000))) {
            TestResponse response = kernel.get("/api/v1/shop/orders?after=" + bad);
            assertThat(response.status()).as(bad).isEqualTo(400);
            assertThat(response.body().path("code").asString()).as(bad).isEqualTo("api.cursor-invalid");
        }
    }

    @Test
    void anUnknownVersionOfTheApiIsNamed() {
        TestResponse response = kernel.get("/api/v2/shop/orders");

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body().path("code").asString()).isEqualTo("kernel.api-version-unknown");
        assertThat(response.body().path("detail").asString()).contains("v1");
    }

    private static List<JsonNode> operations() {
        List<JsonNode> all = new java.util.ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            path.getValue().properties().forEach(verb -> all.add(verb.getValue()));
        }
        return all;
    }

    private static JsonNode schema(String name) {
        return document.path("components").path("schemas").path(name);
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }
}
