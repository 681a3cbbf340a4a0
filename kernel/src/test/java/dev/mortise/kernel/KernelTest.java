package dev.mortise.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.workflow.NodeCall;
import dev.mortise.api.workflow.NodeType;
import dev.mortise.kernel.lifecycle.LifecycleOptions;
import dev.mortise.kernel.testkit.PluginJar;
import dev.mortise.kernel.testkit.TestKernel;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

@Tag("K1")
class KernelTest {
    @TempDir
    Path folder;

    @Test
    void aPluginIsInstalledCalledAndRemovedWhileTheServerRuns() {
        try (TestKernel kernel = TestKernel.start()) {
            kernel.plugins().install(PluginJar.echo("hello", "1.0.0").build(folder));

            JsonNode answer = kernel.call(NodeType.class, "hello.echo", node -> node.execute(call("hi")));
            assertThat(answer.asString()).isEqualTo("hi");
            assertThat(kernel.get("/api/v1/kernel/plugins")
                            .body()
                            .path("items")
                            .path(0)
                            .path("id")
                            .asString())
                    .isEqualTo("hello");

            kernel.plugins().remove("hello");
            assertThat(kernel.get("/api/v1/kernel/plugins").body().path("items"))
                    .isEmpty();
        }
    }

    @Test
    void aReadyServerSaysSoAndAnUnknownKeyIsRefused() {
        try (TestKernel kernel = TestKernel.start()) {
            assertThat(kernel.get("/health/ready").status()).isEqualTo(200);

            var refused = kernel.send(HttpRequest.newBuilder(kernel.url().resolve("/api/v1/kernel/info"))
                    .header("Authorization", "Bearer nobody")
                    .build());

            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.body().path("code").asString()).isEqualTo("kernel.unauthenticated");
        }
    }

    @Test
    @Timeout(60)
    void aServerStopsAtOnceThoughAReplacedVersionIsInItsProbation() {
        try (TestKernel kernel = TestKernel.withLifecycle(LifecycleOptions.standard())) {
            kernel.plugins().install(PluginJar.echo("hello", "1.0.0").build(folder));
            kernel.plugins().update(PluginJar.echo("hello", "2.0.0").build(folder));
        }
    }

    private static NodeCall call(String text) {
        return new NodeCall(UUID.randomUUID(), "step", 1, "key", JsonNodeFactory.instance.stringNode(text));
    }
}
