package dev.mortise.kernel.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.admin.PluginState;
import dev.mortise.api.admin.PluginStatus;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.testkit.PluginJar;
import dev.mortise.kernel.testkit.TestDatabase;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Tag("K6")
class ClusterTest {
    private final DatabaseAddress database = TestDatabase.fresh();

    @TempDir
    Path folder;

    @Test
    void everyChangeOfAPluginOnOneNodeIsMadeOnAll() {
        try (TestKernel one = node("one");
                TestKernel two = node("two")) {
            one.plugins().install(echo("1.0.0"));
            assertThat(running(two)).isEqualTo(Map.of("echo", "1.0.0"));

            two.plugins().update(echo("2.0.0"));
            assertThat(running(one)).isEqualTo(Map.of("echo", "2.0.0"));

            one.plugins().rollback("echo");
            assertThat(running(two)).isEqualTo(Map.of("echo", "1.0.0"));

            two.plugins().stop("echo");
            assertThat(status(one, "echo").state()).isEqualTo(PluginState.STOPPED);

            one.plugins().start("echo");
            assertThat(status(two, "echo").state()).isEqualTo(PluginState.RUNNING);

            two.plugins().remove("echo");
            assertThat(one.plugins().list()).isEmpty();
            assertThat(two.plugins().list()).isEmpty();
        }
    }

    @Test
    void threeNodesMayStartAtOnceOnAnEmptyDatabase() {
        DatabaseAddress empty = TestDatabase.empty();
        List<CompletableFuture<TestKernel>> starting = Stream.of("one", "two", "three")
                .map(name -> CompletableFuture.supplyAsync(
                        () -> TestKernel.node(name, empty, folder.resolve(name), ""), Thread::startVirtualThread))
                .toList();

        try (TestKernel one = starting.get(0).join();
                TestKernel two = starting.get(1).join();
                TestKernel three = starting.get(2).join()) {
            one.plugins().install(echo("1.0.0"));

            assertThat(running(two)).isEqualTo(Map.of("echo", "1.0.0"));
            assertThat(running(three)).isEqualTo(running(two));
        }
    }

    @Test
    void aNodeThatWasAwayHasEverythingBeforeItIsReady() {
        try (TestKernel one = node("one")) {
            try (TestKernel two = node("two")) {
                one.plugins().install(echo("1.0.0"));
                one.plugins().install(jar("gone", "1.0.0"));
                assertThat(running(two)).containsOnlyKeys("echo", "gone");
            }
            one.plugins().update(echo("2.0.0"));
            one.plugins().install(jar("late", "1.0.0"));
            one.plugins().remove("gone");

            try (TestKernel two = node("two");
                    TestKernel three = node("three")) {
                assertThat(running(two)).isEqualTo(Map.of("echo", "2.0.0", "late", "1.0.0"));
                assertThat(running(three)).isEqualTo(running(two));
                assertThat(three.plugins().rollback("echo").version())
                        .as("its jar was never on this node")
                        .isEqualTo("1.0.0");
            }
        }
    }

    @Test
    void anUpdateThatOneNodeCannotTakeIsTakenBackOnAll() {
        String failing = "plugins: {echo: {fail: true}}";
        try (TestKernel one = node("one");
                TestKernel two = node("two", failing);
                TestKernel three = node("three")) {
            one.plugins().install(echo("1.0.0"));
            Path bad = failingWhereToldSo("2.0.0");

            assertThatThrownBy(() -> one.plugins().update(bad))
                    .isInstanceOfSatisfying(
                            MortiseException.class,
                            e -> assertThat(e.errorCode()).isEqualTo(KernelError.PLUGIN_ROLLOUT_FAILED))
                    .hasMessageContaining("two")
                    .hasMessageContaining("told to fail");

            for (TestKernel node : List.of(one, two, three)) {
                assertThat(running(node)).isEqualTo(Map.of("echo", "1.0.0"));
            }
            assertThat(one.plugins().update(echo("3.0.0")).version()).isEqualTo("3.0.0");
        }
    }

    @Test
    void aDamagedPluginIsHealedFromTheDatabase() throws IOException {
        Path data = folder.resolve("one");
        try (TestKernel one = node("one")) {
            one.plugins().install(echo("1.0.0"));
            one.plugins().install(jar("other", "1.0.0"));
        }
        Path jar = data.resolve("plugins/echo/1.0.0.jar");
        byte[] content = Files.readAllBytes(jar);
        content[content.length / 2] ^= 0x55;
        Files.write(jar, content);
        Files.writeString(data.resolve("plugins/other/active.json"), "{\"id\":");

        try (TestKernel one = node("one")) {
            assertThat(running(one)).isEqualTo(Map.of("echo", "1.0.0", "other", "1.0.0"));
        }
    }

    @Test
    void aPluginThatIsDamagedEverywhereHasFailedAndTheServerRuns() throws Exception {
        try (TestKernel one = node("one")) {
            one.plugins().install(echo("1.0.0"));
            one.plugins().install(jar("other", "1.0.0"));
        }
        Files.write(folder.resolve("one/plugins/echo/1.0.0.jar"), new byte[] {1, 2, 3});
        try (var connection = TestDatabase.connect(database);
                var statement = connection.createStatement()) {
            statement.execute("UPDATE mortise.plugin_jar_chunk SET content = '\\x0102' WHERE plugin_id = 'echo'");
        }

        try (TestKernel one = node("one")) {
            assertThat(running(one)).isEqualTo(Map.of("other", "1.0.0"));
            assertThat(status(one, "echo").state()).isEqualTo(PluginState.FAILED);
            assertThat(status(one, "echo").problem())
                    .hasValueSatisfying(text -> assertThat(text).contains("damaged in the database"));
        }
    }

    @Test
    void theNodesAreListedWithWhatTheyLeadAndWhereTheyDiffer() {
        try (TestKernel one = node("one");
                TestKernel two = node("two")) {
            one.plugins().install(echo("1.0.0"));

            JsonNode nodes = one.get("/api/v1/kernel/nodes").body().path("items");

            assertThat(nodes.findValuesAsString("name")).containsExactly("one", "two");
            assertThat(nodes.findValuesAsString("state")).containsOnly("READY");
            assertThat(nodes.findValuesAsString("url"))
                    .containsExactly(one.url().toString(), two.url().toString());
            assertThat(nodes.path(0).path("self").asBoolean()).isTrue();
            assertThat(nodes.path(1).path("plugins").asInt()).isEqualTo(1);
            assertThat(nodes.path(1).path("differs").isEmpty()).isTrue();
            assertThat(nodes.path(1).path("heardMillisAgo").asLong()).isLessThan(2000);
        }
    }

    @Test
    void aNodeThatIsAskedToDrainIsToldSoWhereverTheAskerIs() {
        try (TestKernel one = node("one");
                TestKernel two = node("two")) {
            String id = two.get("/api/v1/kernel/nodes")
                    .body()
                    .path("items")
                    .path(1)
                    .path("id")
                    .asString();

            TestResponse answer = one.send(one.request("/api/v1/kernel/nodes/" + id + "/drain")
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build());

            assertThat(answer.status()).isEqualTo(202);
            Eventually.holds("two is asked to drain", two::isAskedToDrain);
            assertThat(one.isAskedToDrain()).isFalse();
        }
        TestKernel alone = node("alone");
        try (alone) {
            assertThat(alone.get("/api/v1/kernel/nodes").body().path("items").findValuesAsString("state"))
                    .containsExactly("GONE", "GONE", "READY");
        }
    }

    private TestKernel node(String name) {
        return node(name, "");
    }

    private TestKernel node(String name, String configuration) {
        return TestKernel.node(name, database, folder.resolve(name), configuration);
    }

    private Path echo(String version) {
        return jar("echo", version);
    }

    private Path jar(String id, String version) {
        return PluginJar.echo(id, version).build(folder);
    }

    private Path failingWhereToldSo(String version) {
        return PluginJar.of("echo", version)
                .source("test.echo.EchoPlugin", PluginJar.mainClass("test.echo", "EchoPlugin", """
                        public record Told(Boolean fail) {}
                        @Override public void start() {
                            if (Boolean.TRUE.equals(context().settings().as(Told.class).fail())) {
                                throw new IllegalStateException("told to fail");
                            }
                        }
                        """))
                .source(
                        "test.echo.Echo",
                        PluginJar.node("test.echo", "Echo", "EchoPlugin", "echo.echo", "return call.input();"))
                .build(folder);
    }

    private static Map<String, String> running(TestKernel node) {
        return node.plugins().list().stream()
                .filter(each -> each.state() == PluginState.RUNNING)
                .collect(Collectors.toMap(PluginStatus::id, PluginStatus::version));
    }

    private static PluginStatus status(TestKernel node, String id) {
        return node.plugins().list().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
