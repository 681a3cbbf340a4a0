package dev.mortise.kernel.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.testkit.PluginJar;
import dev.mortise.kernel.testkit.TestDatabase;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Limits as callers of two nodes on one database meet them. */
@Tag("T5")
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitsTest {
    private static final String INFO = "/api/v1/kernel/info";
    private static final String CONFIGURATION = """
            limits:
              key: {requests: 100, seconds: 86400}
              address: {requests: 20, seconds: 3600}
              endpoints:
                - {operation: "GET /api/v1/counter/*", requests: 5, seconds: 3600}
            """;

    private final TestKernel one;
    private final TestKernel other;

    LimitsTest(@TempDir Path folder) {
        Path jar = PluginJar.of("counter", "1.0.0")
                .source("test.counter.CounterPlugin", PluginJar.mainClass("test.counter", "CounterPlugin", """
                        @Override public void start() {
                            context().limits().declare("mails",
                                new dev.mortise.api.limit.Rate(10, java.time.Duration.ofDays(1)));
                        }
                        """))
                .source("test.counter.Mails", """
                        package test.counter;
                        import dev.mortise.api.http.*;
                        import jakarta.ws.rs.*;
                        @org.pf4j.Extension @Path("mails")
                        public final class Mails implements HttpResource {
                            private final dev.mortise.api.plugin.PluginContext context;
                            public Mails(dev.mortise.api.plugin.PluginContext context) { this.context = context; }
                            @POST @Path("{box}") @RequiresPermission("counter.mails.write")
                            public dev.mortise.api.limit.Permit send(@PathParam("box") String box) {
                                return context.limits().tryAcquire("mails", box, 3);
                            }
                            @GET @RequiresPermission("counter.mails.read") public String all() { return "none"; }
                        }
                        """)
                .build(folder);
        DatabaseAddress database = TestDatabase.fresh();
        this.one = TestKernel.node("one", database, folder.resolve("one"), CONFIGURATION);
        one.plugins().install(jar);
        this.other = TestKernel.node("other", database, folder.resolve("other"), CONFIGURATION);
    }

    @AfterAll
    void stop() {
        other.close();
        one.close();
    }

    private String tenantKey(String name) {
        return send(
                        one,
                        one.request("/api/v1/kernel/tenants")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"" + name + "\"}")))
                .body()
                .path("apiKey")
                .asString();
    }

    @Test
    void answersTellWhatIsLeft() {
        String key = tenantKey("told");

        TestResponse first = get(one, key, INFO);
        TestResponse second = get(one, key, INFO);

        assertThat(header(first, "RateLimit-Policy")).isEqualTo("\"key\";q=100;w=86400, \"tenant\";q=1200000;w=60");
        assertThat(header(first, "RateLimit")).matches("\"key\";r=99;t=864, \"tenant\";r=\\d+;t=\\d+");
        assertThat(header(second, "RateLimit")).startsWith("\"key\";r=98;t=1728");
        assertThat(first.headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void onTwoNodesTogetherAKeyGetsItsLimitAndNoMore() throws Exception {
        String key = tenantKey("both");
        List<Callable<Long>> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            TestKernel node = i % 2 == 0 ? one : other;
            callers.add(() -> {
                long served = 0;
                for (int request = 0; request < 25; request++) {
                    served += get(node, key, INFO).status() == 200 ? 1 : 0;
                }
                return served;
            });
        }
        long served = 0;
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var each : threads.invokeAll(callers)) {
                served += each.get();
            }
        }

        assertThat(served).isEqualTo(100);
    }

    @Test
    void oneTooManyIsToldWhenToComeBack() {
        String key = tenantKey("many");
        set("many", "{\"overrides\": [{\"limit\": \"key\", \"requests\": 2, \"seconds\": 4}]}");
        TestResponse answer = get(one, key, INFO);
        for (int i = 0; i < 5 && answer.status() == 200; i++) {
            answer = get(one, key, INFO);
        }

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.body().path("code").asString()).isEqualTo("kernel.rate-limited");
        assertThat(answer.body().path("type").asString()).isNotEmpty();
        assertThat(header(answer, "RateLimit")).startsWith("\"key\";r=0;t=");
        long seconds = Long.parseLong(header(answer, "Retry-After"));
        assertThat(seconds).isBetween(1L, 2L);

        LockSupport.parkNanos(Duration.ofSeconds(seconds).toNanos());
        assertThat(get(one, key, INFO).status()).isEqualTo(200);
    }

    @Test
    void anOperationHasALimitForEachTenant() {
        String key = tenantKey("operations");
        for (int i = 0; i < 5; i++) {
            assertThat(get(one, key, "/api/v1/counter/mails").status()).isEqualTo(200);
        }

        TestResponse refused = get(one, key, "/api/v1/counter/mails");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(header(refused, "RateLimit-Policy")).isEqualTo("\"endpoint\";q=5;w=3600");
        assertThat(get(one, tenantKey("neighbour"), "/api/v1/counter/mails").status())
                .isEqualTo(200);
        assertThat(get(one, key, INFO).status()).isEqualTo(200);
    }

    @Test
    void whatTheOperatorSetsForATenantHoldsOnEveryNodeWithinFiveSeconds() {
        String key = tenantKey("special");
        assertThat(header(get(other, key, INFO), "RateLimit-Policy")).startsWith("\"key\";q=100;");

        TestResponse set = set("special", "{\"overrides\": [{\"limit\": \"key\", \"requests\": 7000}]}");

        assertThat(set.body().path("items").findValuesAsString("limit")).contains("tenant", "user", "key");
        assertThat(header(get(one, key, INFO), "RateLimit-Policy")).startsWith("\"key\";q=7000;w=60");
        long deadline = System.nanoTime() + Duration.ofSeconds(6).toNanos();
        while (!header(get(other, key, INFO), "RateLimit-Policy").startsWith("\"key\";q=7000;")) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
        send(one, one.request("/api/v1/kernel/limits/special").DELETE());
        assertThat(header(get(one, key, INFO), "RateLimit-Policy")).startsWith("\"key\";q=100;");
    }

    @Test
    void aStrangerIsSlowedDownAndAKnownCallerFromTheSameAddressIsNot() {
        TestResponse answer = get(one, "mk_wrong", INFO);
        assertThat(answer.status()).isEqualTo(401);
        for (int i = 0; i < 25; i++) {
            answer = get(one, "mk_wrong_" + i, INFO);
        }

        assertThat(answer.status()).isEqualTo(429);
        assertThat(Long.parseLong(header(answer, "Retry-After"))).isBetween(1L, 180L);
        assertThat(header(answer, "RateLimit-Policy")).isEqualTo("\"address\";q=20;w=3600");
        assertThat(get(one, tenantKey("known"), INFO).status()).isEqualTo(200);
    }

    @Test
    void aPluginHasLimitsOfItsOwnThatTheOperatorCanChange() {
        String key = tenantKey("mailer");

        assertThat(post(one, key, "/api/v1/counter/mails/a").path("granted").asBoolean())
                .isTrue();
        assertThat(post(other, key, "/api/v1/counter/mails/a").path("granted").asBoolean())
                .isTrue();
        assertThat(post(one, key, "/api/v1/counter/mails/a").path("granted").asBoolean())
                .isTrue();
        assertThat(post(other, key, "/api/v1/counter/mails/a").path("granted").asBoolean())
                .isFalse();
        assertThat(post(other, key, "/api/v1/counter/mails/b").path("granted").asBoolean())
                .isTrue();

        set("mailer", "{\"overrides\": [{\"limit\": \"plugin counter mails\", \"requests\": 2, \"seconds\": 60}]}");
        assertThat(post(one, key, "/api/v1/counter/mails/c").path("granted").asBoolean())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"overrides\": null}",
                "{\"overrides\": [null]}",
                "{\"overrides\": [{}]}",
                "{\"overrides\": [{\"limit\": \"key\"}]}",
                "{\"overrides\": [{\"limit\": \"key\", \"requests\": 0}]}",
                "{\"overrides\": [{\"limit\": \"key\", \"requests\": -1}]}",
                "{\"overrides\": [{\"limit\": \"key\", \"requests\": 1, \"seconds\": 0}]}",
                "{\"overrides\": [{\"limit\": \"key\", \"requests\": 1, \"seconds\": 99999999999}]}",
                "{\"overrides\": [{\"limit\": \"address\", \"requests\": 1}]}",
                "{\"overrides\": [{\"limit\": \"endpoint everything\", \"requests\": 1}]}",
                "{\"overrides\": [{\"limit\": \"key\", \"requests\": 1}, {\"limit\": \"key\", \"requests\": 2}]}"
            })
    void whatIsNoLimitIsRefused(String body) {
        assertThat(set("default", body).status()).as(body).isEqualTo(400);
    }

    @Test
    void aTenantCannotRaiseItsOwnLimits() {
        String key = tenantKey("greedy");

        TestResponse answer = send(
                one,
                one.requestAs(key, "/api/v1/kernel/limits/greedy")
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"overrides\": []}")));

        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    void aKeyWithoutAnyPermissionIsLimitedAsWell() {
        String key = one.issueKey(one.asTenant().tenant(), Set.of("none.at.all"));

        assertThat(header(get(one, key, "/api/v1/kernel/plugins"), "RateLimit")).startsWith("\"key\";r=99;");
    }

    private TestResponse set(String tenant, String body) {
        return send(one, one.request("/api/v1/kernel/limits/" + tenant).PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String header(TestResponse response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static TestResponse get(TestKernel node, String key, String path) {
        return send(node, node.requestAs(key, path).GET());
    }

    private static JsonNode post(TestKernel node, String key, String path) {
        return send(node, node.requestAs(key, path).POST(HttpRequest.BodyPublishers.ofString("{}")))
                .body();
    }

    private static TestResponse send(TestKernel node, HttpRequest.Builder request) {
        return node.send(request.setHeader("Content-Type", "application/json").build());
    }
}
