package dev.mortise.kernel.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.admin.PluginState;
import dev.mortise.api.admin.PluginStatus;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.workflow.NodeCall;
import dev.mortise.api.workflow.NodeType;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.testkit.PluginJar;
import dev.mortise.kernel.testkit.TestKernel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

@Tag("K1")
class PluginLifecycleTest {
    private static TestKernel kernel;

    @TempDir
    Path folder;

    @BeforeAll
    static void startKernel() {
        kernel = TestKernel.start();
    }

    @AfterAll
    static void stopKernel() {
        kernel.close();
    }

    @AfterEach
    void removeAll() {
        kernel.plugins().list().forEach(status -> kernel.plugins().remove(status.id()));
    }

    @Test
    void anUpdateReplacesTheVersionAndKeepsTheFormerForARollback() {
        kernel.plugins().install(versioned("1.0.0"));

        PluginStatus updated = kernel.plugins().update(versioned("2.0.0"));

        assertThat(updated.version()).isEqualTo("2.0.0");
        assertThat(updated.rollbackVersion()).contains("1.0.0");
        assertThat(answer()).isEqualTo("2.0.0");

        PluginStatus back = kernel.plugins().rollback("versioned");

        assertThat(back.version()).isEqualTo("1.0.0");
        assertThat(back.rollbackVersion()).contains("2.0.0");
        assertThat(answer()).isEqualTo("1.0.0");
    }

    @Test
    void updatesUnderLoadFailNoCall() throws Exception {
        Path first = versioned("1.0.0");
        Path second = versioned("2.0.0");
        kernel.plugins().install(first);
        AtomicBoolean running = new AtomicBoolean(true);
        LongAdder calls = new LongAdder();
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            callers.add(Thread.ofVirtual().start(() -> {
                while (running.get()) {
                    try {
                        answer();
                        calls.increment();
                    } catch (RuntimeException e) {
                        failures.add(e);
                    }
                }
            }));
        }

        for (int i = 0; i < 20; i++) {
            kernel.plugins().update(i % 2 == 0 ? second : first);
        }
        running.set(false);
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(failures).isEmpty();
        assertThat(calls.sum()).isGreaterThan(100);
    }

    @Test
    void anUpdateThatFailsLeavesTheFormerVersionRunning() {
        kernel.plugins().install(versioned("1.0.0"));
        Path broken = PluginJar.of("versioned", "2.0.0")
                .source(
                        "test.versioned.VersionedPlugin",
                        PluginJar.mainClass(
                                "test.versioned",
                                "VersionedPlugin",
                                "@Override public void start() { throw new IllegalStateException(\"broken\"); }"))
                .source("test.versioned.Say", say("2.0.0"))
                .build(folder);

        assertThatThrownBy(() -> kernel.plugins().update(broken)).hasMessageContaining("broken");

        assertThat(answer()).isEqualTo("1.0.0");
        assertThat(kernel.plugins().list()).singleElement().satisfies(status -> {
            assertThat(status.version()).isEqualTo("1.0.0");
            assertThat(status.state()).isEqualTo(PluginState.RUNNING);
        });
    }

    @Test
    void updatingToTheVersionThatRunsIsRefused() {
        kernel.plugins().install(versioned("1.0.0"));

        assertThatThrownBy(() -> kernel.plugins().update(versioned("1.0.0")))
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.errorCode()).isEqualTo(KernelError.PLUGIN_EXISTS));
    }

    @Test
    void aPluginThatWasNeverUpdatedHasNothingToGoBackTo() {
        kernel.plugins().install(versioned("1.0.0"));

        assertThatThrownBy(() -> kernel.plugins().rollback("versioned"))
                .isInstanceOfSatisfying(
                        MortiseException.class,
                        e -> assertThat(e.errorCode()).isEqualTo(KernelError.PLUGIN_NO_ROLLBACK));
    }

    @Test
    void aStoppedPluginIsNotCalledAndCanBeStartedAgain() {
        kernel.plugins().install(versioned("1.0.0"));

        assertThat(kernel.plugins().stop("versioned").state()).isEqualTo(PluginState.STOPPED);
        assertThatThrownBy(PluginLifecycleTest::answer)
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.errorCode()).isEqualTo(ApiError.EXTENSION_MISSING));

        kernel.plugins().start("versioned");
        assertThat(answer()).isEqualTo("1.0.0");
    }

    @Test
    void aCallRunsWithThePluginsClassLoaderAndTheCallersContext() {
        kernel.plugins()
                .install(PluginJar.of("looks", "1.0.0")
                        .source("test.looks.LooksPlugin", PluginJar.mainClass("test.looks", "LooksPlugin", ""))
                        .source(
                                "test.looks.Look",
                                PluginJar.node("test.looks", "Look", "LooksPlugin", "looks.look", """
                                boolean own = Thread.currentThread().getContextClassLoader() == Look.class.getClassLoader();
                                return StringNode.valueOf(own + " " + Thread.currentThread().isVirtual() + " "
                                        + dev.mortise.api.call.CallContext.current().traceId());
                                """))
                        .build(folder));
        CallContext context = kernel.asTenant();

        String seen = context.call(() -> kernel.call(
                NodeType.class, "looks.look", node -> node.execute(call()).asString()));

        assertThat(seen).startsWith("true true ");
    }

    @Test
    void aFailureOfAnExtensionArrivesTyped() {
        kernel.plugins()
                .install(PluginJar.of("fails", "1.0.0")
                        .source("test.fails.FailsPlugin", PluginJar.mainClass("test.fails", "FailsPlugin", ""))
                        .source(
                                "test.fails.Fail",
                                PluginJar.node(
                                        "test.fails",
                                        "Fail",
                                        "FailsPlugin",
                                        "fails.fail",
                                        "throw new NoClassDefFoundError(\"gone\");"))
                        .build(folder));

        assertThatThrownBy(() -> kernel.call(NodeType.class, "fails.fail", node -> node.execute(call())))
                .isInstanceOfSatisfying(MortiseException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(ApiError.EXTENSION_FAILED);
                    assertThat(e.getMessage()).contains("fails 1.0.0").contains("gone");
                });
    }

    @Test
    void stoppingEndsTheThreadsThatThePluginStarted() {
        kernel.plugins()
                .install(PluginJar.of("worker", "1.0.0")
                        .source("test.worker.WorkerPlugin", PluginJar.mainClass("test.worker", "WorkerPlugin", """
                        public volatile boolean ended;
                        @Override public void start() {
                            context().background().start("loop", () -> {
                                try { Thread.sleep(java.time.Duration.ofDays(1)); } catch (InterruptedException e) { ended = true; }
                            });
                        }
                        @Override public void stop() { System.setProperty("test.worker.stopped", "yes"); }
                        """))
                        .source(
                                "test.worker.Node",
                                PluginJar.node(
                                        "test.worker", "Node", "WorkerPlugin", "worker.node", "return call.input();"))
                        .build(folder));

        kernel.plugins().remove("worker");

        assertThat(System.clearProperty("test.worker.stopped")).isEqualTo("yes");
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().contains("worker loop"));
    }

    @Test
    void installedPluginsAreThereAgainAfterARestart() {
        Path data = folder.resolve("data");
        try (TestKernel first = TestKernel.onDataFolder(data)) {
            first.plugins().install(versioned("1.0.0"));
            first.plugins().update(versioned("2.0.0"));
            first.plugins().install(PluginJar.echo("idle", "1.0.0").build(folder));
            first.plugins().stop("idle");
        }
        try (TestKernel second = TestKernel.onDataFolder(data)) {
            assertThat(second.plugins().list())
                    .extracting(PluginStatus::id, PluginStatus::version, PluginStatus::state)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("idle", "1.0.0", PluginState.STOPPED),
                            org.assertj.core.groups.Tuple.tuple("versioned", "2.0.0", PluginState.RUNNING));
            assertThat(second.plugins().rollback("versioned").version()).isEqualTo("1.0.0");
        }
    }

    private Path versioned(String version) {
        return PluginJar.of("versioned", version)
                .source("test.versioned.VersionedPlugin", PluginJar.mainClass("test.versioned", "VersionedPlugin", ""))
                .source("test.versioned.Say", say(version))
                .build(folder);
    }

    private static String say(String version) {
        return PluginJar.node(
                "test.versioned",
                "Say",
                "VersionedPlugin",
                "versioned.say",
                "return StringNode.valueOf(\"" + version + "\");");
    }

    private static String answer() {
        return kernel.call(
                NodeType.class, "versioned.say", node -> node.execute(call()).asString());
    }

    private static NodeCall call() {
        return new NodeCall(UUID.randomUUID(), "step", 1, "key", JsonNodeFactory.instance.objectNode());
    }
}
