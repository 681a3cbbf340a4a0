package dev.mortise.kernel.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.testkit.PluginJar;
import dev.mortise.kernel.testkit.TestDatabase;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tenants from their creation to their erasure, on two nodes of one database. */
@Tag("T1")
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantsTest {
    private static final String TENANTS = "/api/v1/kernel/tenants";
    private static final Duration PROMISED = Duration.ofSeconds(5);

    private final AtomicInteger names = new AtomicInteger();
    private final TestKernel one;
    private final TestKernel other;

    TenantsTest(@TempDir Path folder) {
        Path jar = PluginJar.of("shelf", "1.0.0")
                .source("test.shelf.ShelfPlugin", PluginJar.mainClass("test.shelf", "ShelfPlugin", ""))
                .source("test.shelf.BookMapper", """
                        package test.shelf;
                        public interface BookMapper { int add(String title); int count(); }
                        """)
                .file("test/shelf/BookMapper.xml", """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <!DOCTYPE mapper PUBLIC "-//mybatis.org//DTD Mapper 3.0//EN" "https://mybatis.org/dtd/mybatis-3-mapper.dtd">
                        <mapper namespace="test.shelf.BookMapper">
                          <insert id="add">
                            WITH b AS (INSERT INTO book (title) VALUES (#{title}) RETURNING id)
                            INSERT INTO page (book) SELECT id FROM b
                          </insert>
                          <select id="count" resultType="int">SELECT count(*) FROM page</select>
                        </mapper>
                        """)
                .source("test.shelf.Books", """
                        package test.shelf;
                        import dev.mortise.api.http.*;
                        import jakarta.ws.rs.*;
                        @org.pf4j.Extension @Path("books")
                        public final class Books implements HttpResource {
                            private final dev.mortise.api.plugin.PluginContext context;
                            public Books(dev.mortise.api.plugin.PluginContext context) { this.context = context; }
                            @POST @RequiresPermission("shelf.books.write")
                            public int add(String title) {
                                return context.store().write(BookMapper.class, books -> books.add(title));
                            }
                            @GET @RequiresPermission("shelf.books.read")
                            public int count() { return context.store().read(BookMapper.class, BookMapper::count); }
                        }
                        """)
                .file("db/migration/V1__books.sql", """
                        CREATE TABLE book (
                            tenant_id uuid NOT NULL DEFAULT mortise.current_tenant(),
                            id        uuid NOT NULL DEFAULT uuidv7(),
                            title     text NOT NULL,
                            PRIMARY KEY (tenant_id, id));
                        CREATE TABLE page (
                            tenant_id uuid NOT NULL DEFAULT mortise.current_tenant(),
                            id        uuid NOT NULL DEFAULT uuidv7(),
                            book      uuid NOT NULL,
                            PRIMARY KEY (tenant_id, id),
                            CONSTRAINT page_of_book FOREIGN KEY (tenant_id, book) REFERENCES book (tenant_id, id)
                                DEFERRABLE INITIALLY IMMEDIATE);
                        CALL mortise.protect('book');
                        CALL mortise.protect('page');
                        """)
                .build(folder);
        DatabaseAddress database = TestDatabase.fresh();
        this.one = TestKernel.node("one", database, folder.resolve("one"), "");
        one.plugins().install(jar);
        this.other = TestKernel.node("other", database, folder.resolve("other"), "");
    }

    @AfterAll
    void stop() {
        other.close();
        one.close();
    }

    /** A tenant and its first key. */
    private record Made(String id, String name, String key) {}

    private Made make() {
        String name = "t" + names.incrementAndGet();
        TestResponse created = one.post(TENANTS, "{\"name\": \"" + name + "\"}");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return new Made(
                created.body().path("id").asString(),
                name,
                created.body().path("apiKey").asString());
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

    @Test
    void afterTheGraceEveryRowInEverySchemaIsErasedAndReported() throws SQLException {
        Made made = make();
        Made neighbour = make();
        for (int i = 0; i < 5; i++) {
            as(made.key(), "POST", "/api/v1/shelf/books");
            as(neighbour.key(), "POST", "/api/v1/shelf/books");
        }
        fillUp(made);

        delete(made.name(), "P1D");
        asOwner("UPDATE mortise.tenant SET erase_after = now() WHERE name = '" + made.name() + "'");
        JsonNode report = erased(made);

        assertThat(report.path("counts").path("shelf.book").asInt()).isEqualTo(5_005);
        assertThat(report.path("counts").path("shelf.page").asInt()).isEqualTo(5);
        assertThat(report.path("counts").path("mortise.api_key").asInt()).isEqualTo(1);
        assertThat(one.get(TENANTS + "/" + made.name()).status()).isEqualTo(404);
        assertThat(as(made.key(), "GET", "/api/v1/shelf/books").status()).isIn(401, 403);
        assertThat(rowsOf(made)).isZero();
        assertThat(as(neighbour.key(), "GET", "/api/v1/shelf/books").text()).isEqualTo("5");
    }

    @Test
    void anErasureThatWasCutOffGoesOnFromThere() throws SQLException {
        Made made = make();
        fillUp(made);
        delete(made.name(), "P1D");
        asOwner("UPDATE mortise.tenant SET erase_after = now() WHERE name = '" + made.name() + "'");
        // What a node had done that was killed in the middle.
        asOwner("SELECT set_config('mortise.tenant', '" + made.id() + "', false);"
                + "DELETE FROM shelf.book WHERE ctid IN (SELECT ctid FROM shelf.book LIMIT 1000);"
                + "UPDATE mortise.tenant_erasure SET counts = '{\"shelf.book\": 1000}' WHERE tenant = '" + made.id()
                + "'");

        assertThat(erased(made).path("counts").path("shelf.book").asInt()).isBetween(5_000, 6_000);
        assertThat(rowsOf(made)).isZero();
    }

    @Test
    void noRowGoesBeforeTheTimeHasCome() throws SQLException {
        Made made = make();
        as(made.key(), "POST", "/api/v1/shelf/books");
        delete(made.name(), "PT10S");
        asOwner("UPDATE mortise.tenant SET erase_after = now() + interval '1 hour' WHERE name = '" + made.name() + "'");

        try (Connection server = TestDatabase.connectAsServer(one.database());
                Statement statement = server.createStatement()) {
            statement.execute("SELECT set_config('mortise.tenant', '" + made.id() + "', false)");
            org.assertj.core.api.Assertions.assertThatThrownBy(() ->
                            statement.execute("SELECT mortise.erase_rows_of_tenant('shelf.book'::regclass::oid, 10)"))
                    .hasMessageContaining("not due for erasure");
        }
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

    private JsonNode erased(Made made) {
        Await.until(
                Duration.ofSeconds(30),
                () -> one.get(TENANTS + "/" + made.id() + "/erasure").body().has("finishedAt"));
        return one.get(TENANTS + "/" + made.id() + "/erasure").body();
    }

    private void fillUp(Made made) throws SQLException {
        asOwner("SELECT set_config('mortise.tenant', '" + made.id() + "', false);"
                + "INSERT INTO shelf.book (title) SELECT 'more' FROM generate_series(1, 5000)");
    }

    private long rowsOf(Made made) throws SQLException {
        long rows = 0;
        try (Connection owner = TestDatabase.connect(one.database());
                Statement statement = owner.createStatement()) {
            statement.execute("SELECT set_config('mortise.tenant', '" + made.id() + "', false)");
            for (String table : List.of("shelf.book", "shelf.page", "mortise.api_key")) {
                try (ResultSet count = statement.executeQuery(
                        "SELECT count(*) FROM " + table + " WHERE tenant_id = '" + made.id() + "'")) {
                    count.next();
                    rows += count.getLong(1);
                }
            }
        }
        return rows;
    }

    private void asOwner(String sql) throws SQLException {
        try (Connection owner = TestDatabase.connect(one.database());
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    private TestResponse step(Made made, String step) {
        return one.post(TENANTS + "/" + made.name() + "/" + step, "{}");
    }

    private TestResponse delete(String name, String grace) {
        return send(one.request(TENANTS + "/" + name + "?grace=" + grace).DELETE());
    }

    private TestResponse onOther(String key) {
        return other.send(other.requestAs(key, "/api/v1/shelf/books").build());
    }

    private TestResponse as(String key, String method, String path) {
        HttpRequest.BodyPublisher body = method.equals("GET")
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString("{\"name\": \"x\"}");
        return send(one.requestAs(key, path).method(method, body));
    }

    private TestResponse send(HttpRequest.Builder request) {
        return one.send(request.setHeader("Content-Type", "application/json").build());
    }
}
