package dev.mortise.kernel.lifecycle;

import com.github.zafarkhaja.semver.Version;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.plugin.PluginInfo;
import dev.mortise.api.script.ScriptPlugin;
import dev.mortise.kernel.error.KernelError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin's jar says of itself.
 *
 * @param plugin id and version
 * @param description one sentence, possibly empty
 * @param pluginClass the main class
 * @param extensionClasses the classes in pf4j's extension index
 * @since 0.1
 */
public record PluginManifest(PluginInfo plugin, String description, String pluginClass, List<String> extensionClasses) {
    private static final String EXTENSION_INDEX = "META-INF/extensions.idx";

    /**
     * Reads the jar from its first to its last byte, so that a damaged one is found before anything is changed.
     *
     * @param name the file's name for messages; a staged copy has another
     * @throws MortiseException with {@code kernel.plugin-broken}, {@code kernel.plugin-headers} or
     *     {@code kernel.plugin-empty}
     */
    public static PluginManifest read(Path jar, String name) {
        try (JarFile file = new JarFile(jar.toFile())) {
            readEveryByte(file);
            Manifest manifest = file.getManifest();
            if (manifest == null) {
                throw headers(name, "it has no META-INF/MANIFEST.MF");
            }
            return from(name, manifest.getMainAttributes(), extensionClasses(file));
        } catch (IOException | SecurityException e) {
            throw new MortiseException(
                    KernelError.PLUGIN_BROKEN,
                    "The plugin " + name + " cannot be read as a jar: " + e.getMessage(),
                    "Check that the file is complete, or get it again from where it came",
                    e);
        }
    }

    private static PluginManifest from(String file, Attributes headers, List<String> extensionClasses) {
        String id = required(file, headers, "Plugin-Id");
        PluginId.problem(id).ifPresent(problem -> {
            throw headers(file, problem);
        });
        String symbolicName = required(file, headers, "Bundle-SymbolicName");
        if (!id.equals(symbolicName)) {
            throw headers(file, "Plugin-Id \"" + id + "\" and Bundle-SymbolicName \"" + symbolicName + "\" differ");
        }
        for (String forbidden : List.of("DynamicImport-Package", "Fragment-Host", "Bundle-Activator")) {
            if (headers.getValue(forbidden) != null) {
                throw headers(file, "it has the header " + forbidden + ", which would let it escape from safe updates");
            }
        }
        String pluginClass = required(file, headers, "Plugin-Class");
        if (extensionClasses.isEmpty() && !pluginClass.equals(ScriptPlugin.class.getName())) {
            throw empty(id);
        }
        String description = headers.getValue("Plugin-Description");
        return new PluginManifest(
                new PluginInfo(id, version(file, required(file, headers, "Plugin-Version"))),
                description == null ? "" : description,
                pluginClass,
                extensionClasses);
    }

    static MortiseException empty(String id) {
        return new MortiseException(
                KernelError.PLUGIN_EMPTY,
                "The plugin " + id + " lists no extension in " + EXTENSION_INDEX,
                "Annotate its extensions with @org.pf4j.Extension, and name org.pf4j:pf4j in the compiler's"
                        + " annotationProcessorPaths: since JDK 23 no processor runs that is not named");
    }

    private static String version(String file, String text) {
        return Version.tryParse(text)
                .map(Version::toString)
                .orElseThrow(
                        () -> headers(file, "Plugin-Version \"" + text + "\" is no semantic version such as 1.4.0"));
    }

    private static String required(String file, Attributes headers, String name) {
        String value = headers.getValue(name);
        if (value == null || value.isBlank()) {
            throw headers(file, "it lacks the header " + name);
        }
        return value.strip();
    }

    private static MortiseException headers(String file, String what) {
        return new MortiseException(
                KernelError.PLUGIN_HEADERS,
                "The file " + file + " is no Mortise plugin: " + what,
                "Build it with the plugin parent POM and its bnd.bnd; the README of plugin-api shows both");
    }

    private static List<String> extensionClasses(JarFile file) throws IOException {
        @Nullable JarEntry index = file.getJarEntry(EXTENSION_INDEX);
        if (index == null) {
            return List.of();
        }
        try (InputStream content = file.getInputStream(index)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }

    /** The JDK's stream checks the length of an entry and not its checksum. */
    private static void readEveryByte(JarFile file) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        CRC32 checksum = new CRC32();
        Enumeration<JarEntry> entries = file.entries();
        while (entries.hasMoreElements()) {
            JarEntry entry = entries.nextElement();
            checksum.reset();
            try (InputStream content = file.getInputStream(entry)) {
                for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
                    checksum.update(buffer, 0, length);
                }
            }
            if (entry.getCrc() >= 0 && entry.getCrc() != checksum.getValue()) {
                throw new IOException("the content of " + entry.getName() + " does not fit its checksum");
            }
        }
    }
}
