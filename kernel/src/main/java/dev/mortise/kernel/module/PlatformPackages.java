package dev.mortise.kernel.module;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.pf4j.Plugin;

/**
 * The packages that the server offers to every plugin, with their versions: the plugin API and the few libraries whose
 * types it uses. They are read from the manifests of those jars, so that there is no second list to keep.
 */
final class PlatformPackages {
    /**
     * The SLF4J packages; its 2.x line also serves bundles that were built against 1.7, as SLF4J's own manifest
     * declares.
     */
    private static final List<String> SLF4J =
            List.of("org.slf4j", "org.slf4j.event", "org.slf4j.spi", "org.slf4j.helpers");

    private PlatformPackages() {}

    /** Returns the value for {@code org.osgi.framework.system.packages.extra}. */
    static String header() {
        List<String> exports = new ArrayList<>();
        addExportsOf(dev.mortise.api.plugin.PluginContext.class, exports);
        addExportsOf(tools.jackson.databind.ObjectMapper.class, exports);
        addExportsOf(tools.jackson.core.JsonParser.class, exports);
        addExportsOf(com.fasterxml.jackson.annotation.JsonProperty.class, exports);
        addExportsOf(Path.class, exports);
        addExportsOf(MeterRegistry.class, exports);
        addExportsOf(Nullable.class, exports);
        for (String name : SLF4J) {
            exports.add(name + ";version=\"2.0.17\"");
            exports.add(name + ";version=\"1.7.36\"");
        }
        // pf4j's jar has no OSGi headers; its version stands in the manifest.
        String pf4j = manifestOf(Plugin.class).getMainAttributes().getValue("Implementation-Version");
        exports.add("org.pf4j;version=\"" + (pf4j == null ? "3.15.0" : pf4j) + "\"");
        return String.join(",", exports);
    }

    private static void addExportsOf(Class<?> type, List<String> exports) {
        String header = manifestOf(type).getMainAttributes().getValue("Export-Package");
        if (header == null) {
            throw unreadable(type, null);
        }
        for (ManifestClauses.Clause clause : ManifestClauses.parse(header).clauses()) {
            exports.add(clause.name() + ";version=\"" + clause.version().orElse("0.0.0") + "\"");
        }
    }

    private static Manifest manifestOf(Class<?> type) {
        String classFile = "/" + type.getName().replace('.', '/') + ".class";
        URL url = type.getResource(classFile);
        if (url == null) {
            throw unreadable(type, null);
        }
        String text = url.toString();
        String root = text.substring(0, text.length() - classFile.length());
        try (InputStream stream =
                URI.create(root + "/META-INF/MANIFEST.MF").toURL().openStream()) {
            return new Manifest(stream);
        } catch (IOException e) {
            throw unreadable(type, e);
        }
    }

    private static MortiseException unreadable(Class<?> type, @Nullable Exception cause) {
        return new MortiseException(
                KernelError.MODULE_LAYER,
                "The jar of " + type.getName() + " has no manifest with an Export-Package header",
                "Run the server from its distribution, or build with ./mvnw package so that classes are in jars",
                cause);
    }
}
