package dev.mortise.kernel.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.TestResponse;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tenants from their creation to their erasure, on two nodes of one database. */
class TenantsTest extends TenantsOnTwoNodes {
    private static final Duration PROMISED = Duration.ofSeconds(5);

    TenantsTest(@TempDir Path folder) {
        super(folder);
    }

    @Test
    void aNewTenantHasAKeyThatWorksForItAlone() {
        TestResponse created = one.post(TENANTS, """
                {"name": "acme", "displayName": "Acme Motors", "settings": {"region": "eu"}}""");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location").orElse(""))
                .endsWith(TENANTS + "/" + created.body().path("id").asString());
        assertThat(created.headers().firstValue("Cache-Control")).hasValue("no-store");
        TestResponse info = as(created.body().path("apiKey").asString(), "GET", "/api/v1/kernel/info");
        assertThat(info.body().path("tenant").asString())
                .isEqualTo(created.body().path("id").asString());
        JsonNode shown = one.get(TENANTS + "/acme").body();
        assertThat(shown.path("displayName").asString()).isEqualTo("Acme Motors");
        assertThat(shown.path("settings").path("region").asString()).isEqualTo("eu");
        assertThat(shown.has("apiKey")).isFalse();
    }

    @Test
    void aNameIsGivenOnce() {
        Made made = make();

        TestResponse again = one.post(TENANTS, "{\"name\": \"" + made.name() + "\"}");

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.body().path("code").asString()).isEqualTo("kernel.tenant-exists");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\": null}",
                "{\"name\": \"\"}",
                "{\"name\": \"Acme\"}",
                "{\"name\": \"-acme\"}",
                "{\"name\": \"a b\"}",
                "{\"name\": \"a\\u0000b\"}",
                "{\"name\": \"acme'; DROP TABLE mortise.tenant; --\"}",
                "{\"name\": \"01993c6e-0000-7000-8000-000000000000\"}",
                "{\"name\": \"good\", \"settings\": []}",
                "{\"name\": \"good\", \"displayName\": \"two\\nlines\"}",
                "[]"
            })
    void aTenantWithABadNameIsRefused(String body) {
        assertThat(one.post(TENANTS, body).status()).as(body).isEqualTo(400);
    }

    @Test
    void aTenantIsRenamed() {
        Made made = make();

        TestResponse changed = send(one.request(TENANTS + "/" + made.name())
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"name\": \"" + made.name() + "-new\"}")));

        assertThat(changed.body().path("name").asString()).isEqualTo(made.name() + "-new");
        assertThat(one.get(TENANTS + "/" + made.name()).status()).isEqualTo(404);
        assertThat(one.get(TENANTS + "/" + made.id()).status()).isEqualTo(200);
    }

    @Test
    void tenantsAreListedPageByPage() {
        List<String> made = List.of(make().id(), make().id(), make().id());
        List<String> seen = new ArrayList<>();

        String next = "";
        do {
            JsonNode page = one.get(TENANTS + "?limit=2" + (next.isEmpty() ? "" : "&after=" + next))
                    .body();
            page.path("items").forEach(item -> seen.add(item.path("id").asString()));
            assertThat(page.path("items").size()).isLessThanOrEqualTo(2);
            next = page.path("next").asString("");
        } while (!next.isEmpty());

        assertThat(seen).doesNotHaveDuplicates().containsSubsequence(made);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "limit=x", "after=x", "after=';--"})
    void aBadPageIsRefused(String query) {
        assertThat(one.get(TENANTS + "?" + query).status()).isIn(400, 404);
    }

    @Test
    void aSuspendedTenantStopsOnEveryNodeWithinFiveSecondsAndWorksAgainWhenResumed() {
        Made made = make();
        assertThat(as(made.key(), "POST", "/api/v1/shelf/books").status()).isEqualTo(200);
        assertThat(onOther(made.key()).status()).isEqualTo(200);

        one.post(TENANTS + "/" + made.name() + "/suspend", "{}");

        TestResponse here = as(made.key(), "GET", "/api/v1/shelf/books");
        assertThat(here.status()).isEqualTo(403);
        assertThat(here.body().path("code").asString()).isEqualTo("kernel.tenant-suspended");
        assertThat(Await.until(PROMISED, () -> onOther(made.key()).status() != 200))
                .isLessThan(PROMISED);

        one.post(TENANTS + "/" + made.name() + "/resume", "{}");

        Await.until(Duration.ofSeconds(10), () -> onOther(made.key()).status() == 200);
        Await.until(
                Duration.ofSeconds(10),
                () -> as(made.key(), "GET", "/api/v1/shelf/books").text().equals("1"));
    }

    @Test
    void stepsThatDoNotFitTheStateAreRefused() {
        Made made = make();

        assertThat(step(made, "resume").status()).isEqualTo(409);
        assertThat(step(made, "suspend").status()).isEqualTo(200);
        assertThat(step(made, "suspend").status()).isEqualTo(409);
        assertThat(one.post(TENANTS + "/nobody/suspend", "{}").status()).isEqualTo(404);
    }

    @Test
    void theOperatorsOwnTenantStays() {
        assertThat(one.post(TENANTS + "/default/suspend", "{}").status()).isEqualTo(409);
        assertThat(delete("default", "P7D").status()).isEqualTo(409);
        assertThat(send(one.request(TENANTS + "/default")
                                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"name\": \"other\"}")))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void aDeletedTenantStopsAtOnceAndCanBeTakenBackWithinTheGrace() {
        Made made = make();
        as(made.key(), "POST", "/api/v1/shelf/books");

        TestResponse marked = delete(made.name(), "P7D");

        assertThat(marked.status()).isEqualTo(202);
        assertThat(marked.body().path("state").asString()).isEqualTo("DELETING");
        assertThat(as(made.key(), "GET", "/api/v1/shelf/books").status()).isEqualTo(403);
        assertThat(step(made, "resume").body().path("state").asString()).isEqualTo("ACTIVE");
        Await.until(
                Duration.ofSeconds(10),
                () -> as(made.key(), "GET", "/api/v1/shelf/books").text().equals("1"));
        assertThat(one.get(TENANTS + "/" + made.name() + "/erasure").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT9S", "-P1D", "P1Y", "P99999D", "soon"})
    void aGraceThatIsTooShortOrNoDurationIsRefused(String grace) {
        assertThat(delete(make().name(), grace).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/kernel/tenants",
                "POST /api/v1/kernel/tenants",
                "GET /api/v1/kernel/tenants/default",
                "PATCH /api/v1/kernel/tenants/default",
                "POST /api/v1/kernel/tenants/default/suspend",
                "DELETE /api/v1/kernel/tenants/default",
                "GET /api/v1/kernel/tenants/default/erasure",
                "GET /api/v1/kernel/tenants/-/erasures",
                "GET /api/v1/kernel/plugins",
                "POST /api/v1/kernel/plugins",
                "POST /api/v1/kernel/plugins/shelf/stop",
                "DELETE /api/v1/kernel/plugins/shelf",
                "GET /api/v1/kernel/catalogue",
                "GET /metrics"
            })
    void whatIsAboutTheWholeServerIsForItsOperatorAlone(String operation) {
        String[] parts = operation.split(" ");

        TestResponse answer = as(make().key(), parts[0], parts[1]);

        assertThat(answer.status()).as(answer.text()).isEqualTo(403);
        assertThat(answer.body().path("code").asString()).isEqualTo("kernel.operator-only");
    }
}
