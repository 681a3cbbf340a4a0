package dev.mortise.kernel.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.PluginJar;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * One tenant's administrator, with every permission that a tenant can give, tries to reach another tenant over HTTP.
 * The table of cases is {@code hostile-requests.txt}. Nothing of the other may come back, nothing of it may change, and
 * what is there must look like what is not.
 */
@Tag("T1")
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileHttpTest {
    private static final String SECRET = "VICTIM-SECRET";
    private static final String VAULT = "/api/v1/vault/items";

    private final TestKernel kernel;
    private final Party victim;
    private final Party attacker;
    private final Map<String, String> known;
    private final Map<String, String> madeUp;

    /** A tenant with one item. */
    private record Party(String id, String name, String key, String item, String trace, String etag) {}

    /** One try. */
    record Attack(String name, String method, String path, List<String> headers, String body) {
        @Override
        public String toString() {
            return name;
        }
    }

    HostileHttpTest(@TempDir Path folder) {
        this.kernel = TestKernel.start(vault(folder));
        this.victim = party("victim", SECRET);
        this.attacker = party("attacker", "mine");
        this.known = Map.of(
                "{item}", victim.item(),
                "{tenant}", victim.id(),
                "{name}", victim.name(),
                "{trace}", victim.trace(),
                "{etag}", victim.etag(),
                "{prefix}", victim.key().substring(3, 11),
                "{own}", attacker.item());
        this.madeUp = Map.of(
                "{item}", UUID.randomUUID().toString(),
                "{tenant}", UUID.randomUUID().toString(),
                "{name}", "nobody",
                "{trace}", "0123456789abcdef0123456789abcdef",
                "{etag}", "\"0\"",
                "{prefix}", "aaaaaaaa",
                "{own}", attacker.item());
    }

    private static Path vault(Path folder) {
        return PluginJar.of("vault", "1.0.0")
                .source("test.vault.VaultPlugin", PluginJar.mainClass("test.vault", "VaultPlugin", ""))
                .source("test.vault.ItemMapper", """
                        package test.vault;
                        import java.util.*;
                        import org.apache.ibatis.annotations.Param;
                        public interface ItemMapper {
                            record Item(UUID id, String text) {}
                            UUID add(String text);
                            Optional<Item> find(UUID id);
                            List<Item> list(@Param("after") UUID after, @Param("q") String q);
                            int change(@Param("id") UUID id, @Param("text") String text);
                            int remove(UUID id);
                        }
                        """)
                .file("test/vault/ItemMapper.xml", """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <!DOCTYPE mapper PUBLIC "-//mybatis.org//DTD Mapper 3.0//EN" "https://mybatis.org/dtd/mybatis-3-mapper.dtd">
                        <mapper namespace="test.vault.ItemMapper">
                          <select id="add" resultType="java.util.UUID" affectData="true">
                            INSERT INTO item (text) VALUES (#{text}) RETURNING id
                          </select>
                          <select id="find" resultType="test.vault.ItemMapper$Item">
                            SELECT id, text FROM item WHERE id = #{id}
                          </select>
                          <select id="list" resultType="test.vault.ItemMapper$Item">
                            SELECT id, text FROM item
                            <where>
                              <if test="after != null">AND id &gt; #{after}</if>
                              <if test="q != null">AND text LIKE #{q}</if>
                            </where>
                            ORDER BY id LIMIT 2
                          </select>
                          <update id="change">UPDATE item SET text = #{text} WHERE id = #{id}</update>
                          <delete id="remove">DELETE FROM item WHERE id = #{id}</delete>
                        </mapper>
                        """)
                .source("test.vault.Items", """
                        package test.vault;
                        import dev.mortise.api.error.*;
                        import dev.mortise.api.http.*;
                        import jakarta.ws.rs.*;
                        import jakarta.ws.rs.core.Response;
                        import java.util.*;
                        @org.pf4j.Extension @Path("items")
                        public final class Items implements HttpResource {
                            private final dev.mortise.api.store.Store store;
                            public Items(dev.mortise.api.plugin.PluginContext context) { store = context.store(); }
                            @POST @RequiresPermission("vault.items.write")
                            public Response add(String text) {
                                return Response.status(201).header("X-Id", store.write(ItemMapper.class, i -> i.add(text))).build();
                            }
                            @GET @RequiresPermission("vault.items.read")
                            public List<ItemMapper.Item> list(@QueryParam("after") UUID after, @QueryParam("q") String q) {
                                return store.read(ItemMapper.class, i -> i.list(after, q));
                            }
                            @GET @Path("{id}") @RequiresPermission("vault.items.read")
                            public Response show(@PathParam("id") UUID id) {
                                ItemMapper.Item item = store.read(ItemMapper.class, i -> i.find(id)).orElseThrow(Items::none);
                                return Response.ok(item).header("ETag", '"' + Integer.toHexString(item.hashCode()) + '"')
                                        .header("Cache-Control", "private, max-age=60").build();
                            }
                            @PUT @Path("{id}") @RequiresPermission("vault.items.write")
                            public void change(@PathParam("id") UUID id, String text) {
                                if (store.write(ItemMapper.class, i -> i.change(id, text)) == 0) throw none();
                            }
                            @DELETE @Path("{id}") @RequiresPermission("vault.items.write")
                            public void remove(@PathParam("id") UUID id) {
                                if (store.write(ItemMapper.class, i -> i.remove(id)) == 0) throw none();
                            }
                            private static MortiseException none() {
                                return new MortiseException(ApiError.NOT_FOUND, "There is no such item", "List the items");
                            }
                        }
                        """)
                .file("db/migration/V1__items.sql", """
                        CREATE TABLE item (
                            tenant_id uuid NOT NULL DEFAULT mortise.current_tenant(),
                            id        uuid NOT NULL DEFAULT uuidv7(),
                            text      text NOT NULL,
                            PRIMARY KEY (tenant_id, id),
                            UNIQUE (tenant_id, text));
                        CALL mortise.protect('item');
                        """)
                .build(folder);
    }

    private Party party(String name, String text) {
        JsonNode tenant = kernel.send(kernel.request("/api/v1/kernel/tenants")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"name\": \"" + name + "\", \"displayName\": \"" + text + "\"}"))
                        .build())
                .body();
        String key = tenant.path("apiKey").asString();
        String item = "";
        for (int i = 0; i < 3; i++) {
            item = header(
                    kernel.send(kernel.requestAs(key, VAULT)
                            .header("Idempotency-Key", "same-for-both-" + i)
                            .POST(HttpRequest.BodyPublishers.ofString(text + " " + i))
                            .build()),
                    "X-Id");
        }
        TestResponse shown =
                kernel.send(kernel.requestAs(key, VAULT + "/" + item).GET().build());
        return new Party(
                tenant.path("id").asString(), name, key, item, header(shown, "Trace-Id"), header(shown, "ETag"));
    }

    @AfterAll
    void stop() {
        kernel.close();
    }

    static Stream<Attack> attacks() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(HostileHttpTest.class.getResourceAsStream("hostile-requests.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .map(HostileHttpTest::attack)
                            .toList()
                            .stream();
        }
    }

    private static Attack attack(String line) {
        String[] parts = line.split(" :: ");
        String[] request = parts[1].strip().split(" ", 2);
        List<String> headers = new ArrayList<>();
        String body = "";
        for (int i = 2; i < parts.length; i++) {
            String part = parts[i].strip();
            if (part.startsWith("body ")) {
                body = part.substring(5);
            } else {
                headers.add(part);
            }
        }
        return new Attack(parts[0].strip(), request[0], request[1], headers, body);
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void theOtherTenantIsOutOfReach(Attack attack) {
        String before = everythingOfTheVictim();

        TestResponse real = send(attack, known);
        TestResponse guess = send(attack, madeUp);

        assertThat(real.status()).as(real.text()).isLessThan(500);
        assertThat(real.text()).doesNotContain(SECRET);
        assertThat(real.headers().map().toString()).doesNotContain(SECRET);
        assertThat(everythingOfTheVictim()).isEqualTo(before);
        // What is there and what is not must look the same.
        assertThat(real.status()).as(real.text() + guess.text()).isEqualTo(guess.status());
        assertThat(real.body().path("code").asString(""))
                .isEqualTo(guess.body().path("code").asString(""));
    }

    @Test
    void theTableHasEnoughCases() throws IOException {
        assertThat(attacks()).hasSizeGreaterThanOrEqualTo(60);
    }

    @Test
    void theSameIdempotencyKeyOfTwoTenantsIsTwoKeys() {
        assertThat(attacker.item()).isNotEqualTo(victim.item());
        assertThat(kernel.send(kernel.requestAs(attacker.key(), VAULT).GET().build())
                        .text())
                .contains("mine")
                .doesNotContain(SECRET);
    }

    private TestResponse send(Attack attack, Map<String, String> names) {
        HttpRequest.Builder request = kernel.requestAs(attacker.key(), filledIn(attack.path(), names));
        boolean hasType = false;
        for (String header : attack.headers()) {
            String[] parts = filledIn(header, names).split(": ", 2);
            request.setHeader(parts[0], parts[1]);
            hasType |= parts[0].equalsIgnoreCase("Content-Type");
        }
        if (!hasType) {
            request.header("Content-Type", attack.body().startsWith("{") ? "application/json" : "text/plain");
        }
        HttpRequest.BodyPublisher body = attack.body().isEmpty()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(filledIn(attack.body(), names));
        return kernel.send(request.method(attack.method(), body).build());
    }

    private static String filledIn(String text, Map<String, String> names) {
        String filled = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            filled = filled.replace(name.getKey(), name.getValue());
        }
        return filled;
    }

    private String everythingOfTheVictim() {
        TestResponse items =
                kernel.send(kernel.requestAs(victim.key(), VAULT).GET().build());
        TestResponse tenant = kernel.get("/api/v1/kernel/tenants/victim");
        TestResponse limits = kernel.get("/api/v1/kernel/limits/victim");
        TestResponse plugins = kernel.get("/api/v1/kernel/plugins");
        assertThat(items.status()).isEqualTo(200);
        return items.text() + tenant.text() + limits.text() + plugins.text();
    }

    private static String header(TestResponse response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
