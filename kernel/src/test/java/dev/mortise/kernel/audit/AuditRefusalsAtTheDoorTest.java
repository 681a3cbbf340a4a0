package dev.mortise.kernel.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.testkit.PluginJar;
import dev.mortise.kernel.testkit.TestDatabase;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import dev.mortise.kernel.testkit.WorkPlugin;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What the record says of those who are refused, of transactions, and of searches. */
@Tag("G1")
@Timeout(120)
class AuditRefusalsAtTheDoorTest {
    @TempDir
    static Path folder;

    private static TestKernel kernel;

    @BeforeAll
    static void start() {
        kernel = TestKernel.start(PluginJar.of("gate", "1.0.0")
                .source("test.gate.GatePlugin", PluginJar.mainClass("test.gate", "GatePlugin", ""))
                .source("test.gate.Gate", """
                        package test.gate;
                        import dev.mortise.api.audit.*;
                        import dev.mortise.api.error.*;
                        import dev.mortise.api.http.*;
                        import dev.mortise.api.secret.*;
                        import jakarta.ws.rs.*;
                        import jakarta.ws.rs.core.Response;
                        @org.pf4j.Extension
                        @Path("gate")
                        public final class Gate implements HttpResource {
                            private final GatePlugin plugin;
                            public Gate(GatePlugin plugin) { this.plugin = plugin; }
                            @GET @Path("{status}") @RequiresPermission("gate.read")
                            public Response read(@PathParam("status") int status) { return Response.status(status).build(); }
                            @POST @Path("{status}") @RequiresPermission("gate.write")
                            public Response write(@PathParam("status") int status) { return Response.status(status).build(); }
                            @PUT @Path("kept") @RequiresPermission("gate.write")
                            public void kept() {
                                plugin.context().store().transaction(open -> {
                                    plugin.context().audit().record(AuditEntry.done("gate.kept", "gate/kept"));
                                    plugin.context().secrets().put("kept", SecretValue.of("a value that is kept"));
                                    return 1;
                                });
                            }
                            @PUT @Path("dropped") @RequiresPermission("gate.write")
                            public void dropped() {
                                plugin.context().store().transaction(open -> {
                                    plugin.context().audit().record(AuditEntry.done("gate.dropped", "gate/dropped"));
                                    plugin.context().secrets().put("dropped", SecretValue.of("a value that is dropped"));
                                    throw new MortiseException(ApiError.CONFLICT, "rolled back", "none");
                                });
                            }
                        }
                        """)
                .build(folder));
    }

    @AfterAll
    static void stop() {
        kernel.close();
    }

    private static List<JsonNode> found(String query) {
        TestResponse answer = kernel.get("/api/v1/kernel/audit?" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.body().at("/items").valueStream().toList();
    }

    private static int send(String method, String path) {
        return kernel.send(kernel.request(path)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build())
                .status();
    }

    @ParameterizedTest
    @CsvSource({"GET, 401", "GET, 403", "GET, 429", "POST, 401", "POST, 403", "POST, 409", "POST, 429"})
    void aRefusalIsOnRecord(String method, int status) {
        assertThat(send(method, "/api/v1/gate/gate/" + status)).isEqualTo(status);

        JsonNode entry = found("action=" + method + "&target=/api/v1/gate/gate/" + status)
                .getFirst();
        assertThat(entry.at("/action").asString()).isEqualTo(method + " /api/v1/gate/gate/{status}");
        assertThat(entry.at("/outcome").asString()).isEqualTo("REFUSED");
        assertThat(entry.at("/status").asInt()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"GET, 200", "GET, 404", "GET, 409", "GET, 500", "POST, 400", "POST, 404", "POST, 422"})
    void whatChangedNothingAndWasRefusedByNoRuleIsNotOnRecord(String method, int status) {
        assertThat(send(method, "/api/v1/gate/gate/" + status)).isEqualTo(status);

        assertThat(found("action=" + method + "&target=/api/v1/gate/gate/" + status))
                .isEmpty();
    }

    @Test
    void aServerThatIsStoppedUnderRefusalsLosesNone() throws Exception {
        DatabaseAddress database = TestDatabase.fresh();
        AtomicLong refused = new AtomicLong();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
                TestKernel stopped = TestKernel.on(database, "")) {
            String key = stopped.issueKey(stopped.asTenant().tenant(), Set.of("nothing.at.all"));
            for (int i = 0; i < 4; i++) {
                callers.execute(() -> refuseUntilTheEnd(stopped, key, refused));
            }
            WorkPlugin.await("enough refusals", () -> refused.get() >= 200);
        }

        try (TestKernel again = TestKernel.on(database, "")) {
            long each = 0;
            long counted = 0;
            String next = "";
            while (next != null) {
                JsonNode page = again.get("/api/v1/kernel/audit?limit=500&outcome=REFUSED" + next)
                        .body();
                for (JsonNode entry : page.path("items")) {
                    String more = entry.at("/details").path("status 403").asString("");
                    counted += more.isEmpty() ? 0 : Long.parseLong(more);
                    each += more.isEmpty() ? 1 : 0;
                }
                next = page.path("next").isString()
                        ? "&after=" + page.path("next").asString()
                        : null;
            }
            assertThat(counted).isPositive();
            // Four callers may not have seen the answer to their last request.
            assertThat(each + counted).isBetween(refused.get(), refused.get() + 4);
        }
    }

    private static void refuseUntilTheEnd(TestKernel kernel, String key, AtomicLong refused) {
        HttpRequest request = kernel.requestAs(key, "/api/v1/kernel/roles").build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 403) {
                refused.incrementAndGet();
            }
        } catch (IOException gone) {
            assertThat(gone).as("the server has stopped").isNotNull();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anEntryIsKeptOrDroppedWithThePluginsTransaction() {
        assertThat(send("PUT", "/api/v1/gate/gate/kept")).isEqualTo(204);
        assertThat(send("PUT", "/api/v1/gate/gate/dropped")).isEqualTo(409);

        assertThat(found("action=gate.kept")).hasSize(1);
        assertThat(found("action=gate.dropped")).isEmpty();
        assertThat(found("target=/api/v1/gate/gate/dropped&outcome=refused")).hasSize(1);
        JsonNode names =
                kernel.get("/api/v1/kernel/plugins/gate/secrets").body().at("/items");
        assertThat(names.valueStream().map(each -> each.at("/name").asString()))
                .contains("kept")
                .doesNotContain("dropped");
    }

    @Test
    void everyFilterFindsWhatItNames() {
        kernel.send(kernel.request("/api/v1/gate/gate/202")
                .header("traceparent", "00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
        JsonNode entry = found("trace=1af7651916cd43dd8448eb211c80319c").getFirst();
        String at = entry.at("/at").asString();
        String actor = entry.at("/actor").asString();

        assertThat(found("trace=1af7651916cd43dd8448eb211c80319c")).hasSize(1);
        assertThat(found("trace=2af7651916cd43dd8448eb211c80319c")).isEmpty();
        assertThat(found("target=/api/v1/gate/gate/202&actor=" + actor)).hasSize(1);
        assertThat(found("target=/api/v1/gate/gate/202&actor=nobody")).isEmpty();
        assertThat(found("target=/api/v1/gate/gate/202&from=" + at)).hasSize(1);
        assertThat(found("target=/api/v1/gate/gate/202&to=" + at)).isEmpty();
        assertThat(found("target=/api/v1/gate/gate/202&outcome=done")).hasSize(1);
        assertThat(found("target=/api/v1/gate/gate/202&outcome=failed")).isEmpty();
        assertThat(found("q=%221af7651916cd43dd8448eb211c80319c%22%20gate%20202"))
                .hasSize(1);
        assertThat(found("q=1af7651916cd43dd8448eb211c80319c%20-202")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "from=yesterday",
        "to=2026-13-01T00:00:00Z",
        "outcome=perhaps",
        "limit=0",
        "limit=501",
        "limit=x",
        "after=x",
        "actor=a%00b"
    })
    void aQueryThatIsNoneIsRefused(String query) {
        assertThat(kernel.get("/api/v1/kernel/audit?" + query).status()).isBetween(400, 404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"actor='; DROP TABLE mortise.audit_entry; --", "action=%25", "target=\\", "q=a & | ! ( :*", "q=\""
            })
    void hostileWordsFindNothingAndBreakNothing(String query) {
        String encoded = query.replace(" ", "%20")
                .replace("\"", "%22")
                .replace("\\", "%5C")
                .replace("|", "%7C");

        assertThat(kernel.get("/api/v1/kernel/audit?" + encoded).status()).isEqualTo(200);
    }

    @Test
    void anExportOverHttpVerifiesOffline() throws Exception {
        send("POST", "/api/v1/gate/gate/201");

        TestResponse export = kernel.get("/api/v1/kernel/audit/export");
        assertThat(export.status()).isEqualTo(200);
        ExportCheck.Verdict verdict = new ExportCheck(java.util.Set.of(kernel.get("/api/v1/kernel/audit/keys")
                        .body()
                        .at("/items/0/fingerprint")
                        .asString()))
                .verify(new java.io.BufferedReader(new java.io.StringReader(export.text())));
        assertThat(verdict.fault()).isEmpty();
        assertThat(verdict.whole()).isTrue();
        assertThat(found("action=kernel.audit.exported")).isNotEmpty();
        TestResponse csv = kernel.get("/api/v1/kernel/audit/export?format=csv&action=POST");
        assertThat(csv.headers().firstValue("Content-Type")).contains("text/csv;charset=utf-8");
        assertThat(csv.text().lines().count()).isGreaterThan(1);
        assertThat(kernel.get("/api/v1/kernel/audit/export?format=xml").status())
                .isEqualTo(400);
    }
}
