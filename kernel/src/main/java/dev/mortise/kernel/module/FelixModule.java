package dev.mortise.kernel.module;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.felix.framework.Felix;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;

/**
 * A bundle, resolved and not started: our plugins have no activator, and their states are kept by {@code lifecycle}.
 */
final class FelixModule implements Module {
    private final Felix framework;
    private final Bundle bundle;
    private final ClassLoader classLoader;

    FelixModule(Felix framework, Bundle bundle) {
        this.framework = framework;
        this.bundle = bundle;
        this.classLoader = bundle.adapt(BundleWiring.class).getClassLoader();
    }

    @Override
    public ClassLoader classLoader() {
        return classLoader;
    }

    @Override
    public Map<String, String> textFiles(String folder, String suffix) {
        Map<String, String> files = new TreeMap<>();
        Enumeration<URL> entries = bundle.findEntries(folder, "*" + suffix, false);
        while (entries != null && entries.hasMoreElements()) {
            URL entry = entries.nextElement();
            String path = entry.getPath();
            try (InputStream content = entry.openStream()) {
                files.put(
                        path.substring(path.lastIndexOf('/') + 1),
                        new String(content.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new MortiseException(
                        KernelError.PLUGIN_BROKEN,
                        "The file " + path + " in " + bundle.getSymbolicName() + " cannot be read: " + e.getMessage(),
                        "Get the plugin again from where it came",
                        e);
            }
        }
        return files;
    }

    @Override
    public List<String> users() {
        BundleWiring own = bundle.adapt(BundleWiring.class);
        if (own == null) {
            return List.of();
        }
        return own.getProvidedWires(BundleRevision.PACKAGE_NAMESPACE).stream()
                .map(wire -> wire.getRequirer().getBundle())
                .filter(user -> !Objects.equals(user, bundle) && !Objects.equals(user, framework))
                .map(Bundle::getSymbolicName)
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public void unload() {
        FelixModuleLayer.uninstall(bundle);
    }
}
