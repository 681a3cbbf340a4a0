package dev.mortise.kernel.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.PluginJar;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the record says of requests. */
@Tag("G1")
@Timeout(120)
class AuditAtTheDoorTest {
    @TempDir
    Path folder;

    private final TestKernel kernel = TestKernel.start();

    @AfterEach
    void close() {
        kernel.close();
    }

    private PluginJar plugin() {
        return PluginJar.of("thing", "1.0.0")
                .source("test.thing.ThingPlugin", PluginJar.mainClass("test.thing", "ThingPlugin", ""))
                .source("test.thing.Things", """
                        package test.thing;
                        import dev.mortise.api.audit.*;
                        import dev.mortise.api.http.*;
                        import jakarta.ws.rs.*;
                        @org.pf4j.Extension
                        @Path("things")
                        public final class Things implements HttpResource {
                            private final ThingPlugin plugin;
                            public Things(ThingPlugin plugin) { this.plugin = plugin; }
                            @PUT @Path("{id}") @RequiresPermission("thing.things.write")
                            public String put(@PathParam("id") String id, String body) {
                                plugin.context().audit().record(AuditEntry.done("thing.changed", "thing/" + id).with("by", body));
                                return "done";
                            }
                            @DELETE @Path("{id}") @RequiresPermission("thing.things.write")
                            public void delete(@PathParam("id") String id) {}
                            @POST @RequiresPermission("thing.things.write")
                            public String fail() { throw new IllegalStateException("broken"); }
                        }
                        """);
    }

    @Test
    void aChangeIsOnRecordWhenItsAnswerIsThere() {
        kernel.plugins().install(plugin().build(folder));

        TestResponse answer = kernel.send(kernel.request("/api/v1/thing/things/7?x=1")
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .PUT(HttpRequest.BodyPublishers.ofString("carol@example.com"))
                .build());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("done");
        JsonNode request = newest("PUT");
        assertThat(request.at("/action").asString()).isEqualTo("PUT /api/v1/thing/things/{id}");
        assertThat(request.at("/target").asString()).isEqualTo("/api/v1/thing/things/7");
        assertThat(request.at("/outcome").asString()).isEqualTo("DONE");
        assertThat(request.at("/status").asInt()).isEqualTo(200);
        assertThat(request.at("/traceId").asString()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(request.at("/source").asString()).isEqualTo("127.0.0.1");
        JsonNode own = newest("thing.");
        assertThat(own.at("/details/by").asString()).isEqualTo("[email]");
        assertThat(own.at("/source").asString()).isEqualTo("127.0.0.1");
    }

    @Test
    void aChangeWithoutABodyIsOnRecord() {
        kernel.plugins().install(plugin().build(folder));

        assertThat(kernel.send(kernel.request("/api/v1/thing/things/7").DELETE().build())
                        .status())
                .isEqualTo(204);

        assertThat(newest("DELETE").at("/status").asInt()).isEqualTo(204);
    }

    @Test
    void aRefusalIsOnRecord() {
        kernel.plugins().install(plugin().build(folder));

        assertThat(kernel.post("/api/v1/kernel/plugins/none/stop", "").status()).isEqualTo(404);
        assertThat(kernel.post("/api/v1/thing/things", "").status()).isEqualTo(500);
        assertThat(kernel.get("/api/v1/kernel/info").status()).isEqualTo(200);

        assertThat(newest("POST").at("/outcome").asString()).isEqualTo("FAILED");
        // Beside the first administrator's key.
        assertThat(kernel.get("/api/v1/kernel/audit").body().at("/items")).hasSize(2);
    }

    @Test
    void theRecordBeginsWithTheKeyThatTheFirstStartMade() {
        JsonNode first = kernel.get("/api/v1/kernel/audit").body().at("/items/0");

        assertThat(first.at("/seq").asLong()).isEqualTo(1);
        assertThat(first.at("/action").asString()).isEqualTo("kernel.api-key.created");
        assertThat(first.at("/actor").asString()).isEqualTo("kernel");
        assertThat(first.at("/details/permissions").asString()).isEqualTo("*");
    }

    @Test
    void theRecordVerifiesAndPages() {
        kernel.plugins().install(plugin().build(folder));
        for (int i = 0; i < 7; i++) {
            kernel.send(kernel.request("/api/v1/thing/things/" + i).DELETE().build());
        }

        JsonNode first = kernel.get("/api/v1/kernel/audit?limit=3").body();
        JsonNode second = kernel.get("/api/v1/kernel/audit?limit=3&after="
                        + first.at("/next").asString())
                .body();
        assertThat(first.at("/items/0/seq").asLong()).isEqualTo(8);
        assertThat(second.at("/items/0/seq").asLong()).isEqualTo(5);
        assertThat(kernel.get("/api/v1/kernel/audit?q=things%204").body().at("/items"))
                .hasSize(1);
        JsonNode verdict = kernel.get("/api/v1/kernel/audit/verification").body();
        assertThat(verdict.at("/whole").asBoolean()).isTrue();
        assertThat(verdict.at("/entries").asLong()).isEqualTo(8);
    }

    private JsonNode newest(String action) {
        TestResponse found = kernel.get("/api/v1/kernel/audit?action=" + action);
        assertThat(found.status()).as(found.text()).isEqualTo(200);
        return found.body().at("/items/0");
    }
}
