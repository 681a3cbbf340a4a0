package dev.mortise.automatrix.engine;

import dev.mortise.kernel.testkit.PluginJar;
import java.nio.file.Path;

/** A plugin with nodes that tests can steer by their input. */
final class TestNodes {
    static final Path AUTOMATRIX = Path.of("target/mortise-automatrix-0.1.0.jar");

    private TestNodes() {}

    /** Returns the jar of the plugin {@code nodes} with all nodes. */
    static Path jar(Path folder, String version) {
        return PluginJar.of("nodes", version)
                .source("test.nodes.NodesPlugin", PluginJar.mainClass("test.nodes", "NodesPlugin", ""))
                .source("test.nodes.Upper", node("Upper", "test.upper", "NONE", """
                        return StringNode.valueOf(call.input().path("text").asString().toUpperCase());"""))
                .source("test.nodes.Echo", node("Echo", "test.echo", "NONE", "return call.input();"))
                .source(
                        "test.nodes.Version",
                        node("Version", "test.version", "NONE", "return StringNode.valueOf(\"" + version + "\");"))
                .source("test.nodes.Sleep", node("Sleep", "test.sleep", "NONE", """
                        try { Thread.sleep(call.input().path("ms").asInt()); }
                        catch (InterruptedException e) { throw new MortiseException(ApiError.INTERRUPTED, "interrupted", "-"); }
                        return call.input();"""))
                .source("test.nodes.Effect1", node("Effect1", "test.once", "AT_MOST_ONCE", APPEND))
                .source("test.nodes.Effect2", node("Effect2", "test.again", "IDEMPOTENT", """
                        Path file = Path.of(call.input().path("folder").asString(), call.idempotencyKey().replace('/', '_'));
                        try {
                            Files.writeString(file, String.valueOf(System.nanoTime()), StandardOpenOption.CREATE_NEW);
                        } catch (FileAlreadyExistsException known) {
                            // The effect is there.
                        } catch (IOException e) { throw new UncheckedIOException(e); }
                        return StringNode.valueOf(call.idempotencyKey());"""))
                .source("test.nodes.Flaky", node("Flaky", "test.flaky", "NONE", """
                        if (call.attempt() <= call.input().path("failures").asInt()) {
                            throw new MortiseException(dev.mortise.api.model.ModelError.UNAVAILABLE, "attempt " + call.attempt(), "-");
                        }
                        return JsonNodeFactory.instance.objectNode().put("attempt", call.attempt()).put("key", call.idempotencyKey());"""))
                .source("test.nodes.Needs", node("Needs", "test.needs", "NONE", """
                        return plugin.context().extensions().call(NodeType.class, "late.echo", node -> node.execute(call));"""))
                .source("test.nodes.Broken", node("Broken", "test.broken", "NONE", """
                        if (call.input().has("typed")) {
                            throw new MortiseException(ApiError.INPUT_INVALID, "this text is not good", "Send a better one");
                        }
                        throw new IllegalStateException("a bug");"""))
                .build(folder);
    }

    private static final String APPEND = """
            try {
                Files.writeString(Path.of(call.input().path("file").asString()), call.idempotencyKey() + "\\n",
                        StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) { throw new UncheckedIOException(e); }
            return StringNode.valueOf(call.idempotencyKey());""";

    private static String node(String className, String name, String effect, String body) {
        return """
                package test.nodes;
                import dev.mortise.api.error.*;
                import dev.mortise.api.workflow.*;
                import java.io.*;
                import java.nio.file.*;
                import tools.jackson.databind.JsonNode;
                import tools.jackson.databind.node.*;
                @org.pf4j.Extension
                public final class %s implements NodeType {
                    private final NodesPlugin plugin;
                    public %s(NodesPlugin plugin) { this.plugin = plugin; }
                    @Override public String name() { return "%s"; }
                    @Override public NodeDescription describe() {
                        return new NodeDescription("Test", "A node of a test.", Effect.%s);
                    }
                    @Override public JsonNode execute(NodeCall call) { %s }
                }
                """.formatted(className, className, name, effect, body);
    }
}
