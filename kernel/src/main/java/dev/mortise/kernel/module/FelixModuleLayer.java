package dev.mortise.kernel.module;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.felix.framework.Felix;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The module layer on Apache Felix. Felix resolves and loads classes; it starts nothing, remembers nothing across
 * restarts and is never asked to refresh.
 */
public final class FelixModuleLayer implements ModuleLayer {
    private static final Logger LOG = LoggerFactory.getLogger(FelixModuleLayer.class);

    private final Felix framework;
    private final AtomicLong loads = new AtomicLong();

    /**
     * Starts the framework.
     *
     * @param cache a folder for copies of the jars; emptied at start
     * @throws MortiseException with {@code kernel.module-layer}
     */
    public FelixModuleLayer(Path cache) {
        framework = new Felix(configuration(cache));
        try {
            framework.init();
            framework.start();
        } catch (BundleException e) {
            throw new MortiseException(
                    KernelError.MODULE_LAYER,
                    "The framework that loads plugins cannot start with its cache in " + cache + ": " + e.getMessage(),
                    "Check that the folder can be written and has room",
                    e);
        }
    }

    private static Map<String, Object> configuration(Path cache) {
        return Map.ofEntries(
                Map.entry(Constants.FRAMEWORK_STORAGE, cache.toString()),
                // The plugins folder is the only truth; a cache that survived would be a second one.
                Map.entry(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT),
                Map.entry(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, PlatformPackages.header()),
                // JDK packages are seen by name without an import; the platform loader as parent keeps kernel jars out.
                Map.entry(
                        Constants.FRAMEWORK_BOOTDELEGATION,
                        "javax.*,com.sun.*,sun.*,jdk.*,org.w3c.*,org.xml.*,org.ietf.*"),
                Map.entry(Constants.FRAMEWORK_BUNDLE_PARENT, Constants.FRAMEWORK_BUNDLE_PARENT_EXT),
                Map.entry("felix.bootdelegation.implicit", "false"),
                // Without Unsafe (--sun-misc-unsafe-memory-access=deny) Felix cannot take over the JVM's URL handlers.
                Map.entry("felix.service.urlhandlers", "false"),
                // An update loads a version beside itself when only its content differs.
                Map.entry(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE),
                Map.entry("felix.log.logger", new FelixLog()),
                Map.entry("felix.log.level", "2"));
    }

    @Override
    public Module load(Path jar) {
        Bundle bundle = install(jar);
        try {
            FrameworkWiring wiring = framework.adapt(FrameworkWiring.class);
            if (!wiring.resolveBundles(List.of(bundle))) {
                throw new MortiseException(
                        KernelError.PLUGIN_UNRESOLVED,
                        bundle.getSymbolicName() + " " + bundle.getVersion() + " cannot be loaded: "
                                + Unresolved.explain(framework, bundle),
                        "Install a version of the plugin built for this server, update the server, or first install the"
                                + " plugin that provides what is missing");
            }
            return new FelixModule(framework, bundle);
        } catch (RuntimeException e) {
            uninstall(bundle);
            throw e;
        }
    }

    private Bundle install(Path jar) {
        String location = "mortise:" + loads.incrementAndGet() + ":" + jar.getFileName();
        try (InputStream content = Files.newInputStream(jar)) {
            return framework.getBundleContext().installBundle(location, content);
        } catch (IOException | BundleException e) {
            throw new MortiseException(
                    KernelError.PLUGIN_BROKEN,
                    "The plugin " + jar.getFileName() + " cannot be installed: " + rootMessage(e),
                    "Check that the file is complete and that the disk has room, or get it again from where it came",
                    e);
        }
    }

    static void uninstall(Bundle bundle) {
        try {
            if (bundle.getState() != Bundle.UNINSTALLED) {
                bundle.uninstall();
            }
        } catch (BundleException e) {
            LOG.warn("The module {} could not be unloaded; its memory stays in use until a restart", bundle, e);
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    @Override
    public void close() {
        try {
            framework.stop();
            // Felix' dispatch thread is no daemon: a framework that is not stopped keeps the JVM alive.
            framework.waitForStop(10_000);
        } catch (BundleException e) {
            LOG.warn("The module layer did not stop cleanly", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
