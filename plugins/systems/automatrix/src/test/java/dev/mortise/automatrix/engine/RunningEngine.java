package dev.mortise.automatrix.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A server with the engine and the nodes of the tests. */
@Tag("W1")
abstract class RunningEngine {
    static final JsonMapper JSON = JsonMapper.builder().build();
    static final String API = "/api/v1/automatrix/";

    @TempDir
    static Path folder;

    static TestKernel kernel;

    @BeforeAll
    static void start() {
        kernel = TestKernel.start(TestNodes.jar(folder, "1.0.0"), TestNodes.AUTOMATRIX);
    }

    @AfterAll
    static void stop() {
        kernel.close();
    }

    static TestResponse publish(String yaml) {
        ObjectNode body = JSON.createObjectNode().put("source", yaml);
        return kernel.post(API + "workflows", body.toString());
    }

    static JsonNode run(String workflow, String input) {
        TestResponse accepted = kernel.post(API + "workflows/" + workflow + "/runs", input);
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(201);
        assertThat(accepted.body().path("state").asString()).isEqualTo("QUEUED");
        return ended(accepted.body().path("id").asString());
    }

    static JsonNode ended(String id) {
        return kernel.get(API + "runs/" + id + "?wait=PT30S").body();
    }

    static JsonNode awaitState(String id, String state) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        JsonNode run = kernel.get(API + "runs/" + id).body();
        while (!run.path("state").asString().equals(state) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(10_000_000);
            run = kernel.get(API + "runs/" + id).body();
        }
        assertThat(run.path("state").asString()).as(run.toString()).isEqualTo(state);
        return run;
    }

    static JsonNode steps(JsonNode run) {
        return kernel.get(API + "runs/" + run.path("id").asString() + "/steps")
                .body()
                .path("items");
    }
}
