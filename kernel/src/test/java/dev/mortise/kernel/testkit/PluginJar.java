package dev.mortise.kernel.testkit;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Makes a plugin's jar from source text, by the same tools that a plugin author's build uses: javac with pf4j's
 * annotation processor, then bnd.
 *
 * <pre>{@code
 * Path jar = PluginJar.of("hello", "1.0.0").source("hello.HelloPlugin", "...").build(folder);
 * }</pre>
 */
public final class PluginJar {
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, @Nullable String> headers = new LinkedHashMap<>();
    private final List<Path> libraries = new ArrayList<>();
    private final String id;
    private final String version;

    private PluginJar(String id, String version) {
        this.id = id;
        this.version = version;
    }

    /** Begins a plugin; its main class is the first source whose name ends in {@code Plugin}. */
    public static PluginJar of(String id, String version) {
        return new PluginJar(id, version);
    }

    /**
     * Begins a plugin with a main class that does nothing and one node type, named {@code <id>.echo}, that returns its
     * input.
     */
    public static PluginJar echo(String id, String version) {
        String packageName = "test." + id.replace("-", "");
        return of(id, version)
                .source(packageName + ".EchoPlugin", mainClass(packageName, "EchoPlugin", ""))
                .source(
                        packageName + ".Echo",
                        node(packageName, "Echo", "EchoPlugin", id + ".echo", "return call.input();"));
    }

    /** Returns the source of a main class; {@code body} may override {@code start} and {@code stop}. */
    public static String mainClass(String packageName, String className, String body) {
        return """
                package %s;
                public final class %s extends dev.mortise.api.plugin.MortisePlugin {
                    public %s(dev.mortise.api.plugin.PluginContext context) { super(context); }
                    %s
                }
                """.formatted(packageName, className, className, body);
    }

    /** Returns the source of a node type; {@code body} sees {@code call} and {@code plugin}. */
    public static String node(String packageName, String className, String mainClass, String name, String body) {
        return """
                package %s;
                import dev.mortise.api.workflow.*;
                import tools.jackson.databind.JsonNode;
                import tools.jackson.databind.node.*;
                @org.pf4j.Extension
                public final class %s implements NodeType {
                    private final %s plugin;
                    public %s(%s plugin) { this.plugin = plugin; }
                    @Override public String name() { return "%s"; }
                    @Override public NodeDescription describe() { return NodeDescription.pure("Test", "A node of a test."); }
                    @Override public JsonNode execute(NodeCall call) { %s }
                }
                """.formatted(packageName, className, mainClass, className, mainClass, name, body);
    }

    /** Adds a class by its full name. */
    public PluginJar source(String className, String code) {
        sources.put(className, code);
        return this;
    }

    /** Adds a text file. */
    public PluginJar file(String path, String content) {
        files.put(path, content);
        return this;
    }

    /** Sets a manifest header, or leaves a standard one out when the value is null. */
    public PluginJar header(String name, @Nullable String value) {
        headers.put(name, value);
        return this;
    }

    /** Adds a jar to compile against, such as a plugin that exports packages. */
    public PluginJar library(Path jar) {
        libraries.add(jar);
        return this;
    }

    /** Builds {@code <id>-<version>.jar} in the folder. */
    public Path build(Path folder) {
        try {
            Path work = Files.createTempDirectory(folder, "build-");
            Path classes = Files.createDirectories(work.resolve("classes"));
            compile(work, classes);
            Path jar = folder.resolve(id + "-" + version + ".jar");
            pack(classes, jar);
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) { // bnd declares Exception.
            throw new IllegalStateException("bnd could not make " + id, e);
        }
    }

    private void compile(Path work, Path classes) throws IOException {
        List<Path> written = new ArrayList<>();
        for (var source : sources.entrySet()) {
            Path file = work.resolve("src").resolve(source.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            written.add(Files.writeString(file, source.getValue()));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            Iterable<? extends JavaFileObject> units = manager.getJavaFileObjectsFromPaths(written);
            List<String> options = List.of(
                    "-d",
                    classes.toString(),
                    "-classpath",
                    String.join(File.pathSeparator, classPath()),
                    "-processor",
                    "org.pf4j.processor.ExtensionAnnotationProcessor",
                    "-parameters",
                    "-nowarn");
            if (!compiler.getTask(messages, manager, null, options, null, units).call()) {
                throw new IllegalArgumentException("The test's source does not compile:\n" + messages);
            }
        }
        for (var file : files.entrySet()) {
            Path target = classes.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.getValue());
        }
    }

    private List<String> classPath() {
        String tests = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> all = new ArrayList<>(Arrays.asList(tests.split(File.pathSeparator)));
        libraries.forEach(jar -> all.add(jar.toString()));
        return all;
    }

    private void pack(Path classes, Path jar) throws Exception {
        try (Builder builder = new Builder()) {
            for (String entry : classPath()) {
                if (entry.endsWith(".jar") && isOfferedToPlugins(entry)) {
                    builder.addClasspath(new File(entry));
                }
            }
            Jar content = new Jar(classes.toFile());
            builder.setJar(content);
            standardHeaders().forEach(builder::setProperty);
            Jar built = builder.build();
            if (!builder.isOk()) {
                throw new IllegalStateException(String.join("; ", builder.getErrors()));
            }
            headers.forEach((name, value) -> {
                if (value == null) {
                    builder.setProperty("-removeheaders", name);
                }
            });
            built.write(jar.toFile());
        }
    }

    private boolean isOfferedToPlugins(String entry) {
        return libraries.stream().anyMatch(library -> library.toString().equals(entry))
                || List.of("mortise-plugin-api", "jackson-", "ws.rs-api", "micrometer-core", "slf4j-api", "pf4j-")
                        .stream()
                        .anyMatch(entry::contains);
    }

    private Map<String, String> standardHeaders() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Bundle-SymbolicName", id);
        all.put("Bundle-Version", version.replace('-', '.').replaceFirst("^(\\d+\\.\\d+\\.\\d+)\\.", "$1."));
        all.put("Plugin-Id", id);
        all.put("Plugin-Version", version);
        all.put("Plugin-Description", "A plugin of a test.");
        sources.keySet().stream()
                .filter(name -> name.endsWith("Plugin"))
                .findFirst()
                .ifPresent(main -> all.put("Plugin-Class", main));
        all.put("Import-Package", "dev.mortise.*, org.pf4j;version=\"[3.15,4)\", org.slf4j.*, *;resolution:=optional");
        all.put("-noimportjava", "true");
        headers.forEach((name, value) -> {
            if (value == null) {
                all.remove(name);
            } else {
                all.put(name, value);
            }
        });
        return all;
    }
}
