package dev.mortise.kernel.lifecycle;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.extension.NamedExtension;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.plugin.MortisePlugin;
import dev.mortise.api.plugin.PluginInfo;
import dev.mortise.kernel.data.FolderTree;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.module.Module;
import dev.mortise.kernel.module.ModuleLayer;
import dev.mortise.kernel.registry.HttpEndpoint;
import dev.mortise.kernel.registry.Leases;
import dev.mortise.kernel.registry.Publication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.pf4j.ExtensionPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a jar to life and lays it to rest again. Each step that succeeds is undone when a later one fails, so that a
 * refused plugin leaves nothing: no class loader, no thread, no file.
 */
final class PluginStarter {
    private static final Logger LOG = LoggerFactory.getLogger(PluginStarter.class);

    private final ModuleLayer modules;
    private final PluginServices services;
    private final Path work;
    private final Duration startLimit;
    private final ContractManager contract = new ContractManager();
    private final AtomicLong loads = new AtomicLong();

    /**
     * @param work where each load gets a folder of its own
     * @param startLimit how long a plugin's constructor, start and stop may take each
     */
    PluginStarter(ModuleLayer modules, PluginServices services, Path work, Duration startLimit) {
        this.modules = modules;
        this.services = services;
        this.work = work;
        this.startLimit = startLimit;
    }

    /** Loads and starts a jar beside whatever runs. Nothing is published. */
    PluginLoad start(Path jar, PluginManifest manifest) {
        Module module = modules.load(jar);
        try {
            return start(manifest, module);
        } catch (RuntimeException e) {
            module.unload();
            throw e;
        }
    }

    /** Starts a module that is loaded already. */
    PluginLoad start(PluginManifest manifest, Module module) {
        PluginInfo plugin = manifest.plugin();
        long number = loads.incrementAndGet();
        Path place = createPlace(plugin, number);
        PluginServices.Scope scope = null;
        String loadId = plugin.id() + ":" + plugin.version() + ":" + number;
        try {
            scope = services.open(plugin, module, place);
            return startIn(scope, manifest, module, place, loadId);
        } catch (RuntimeException e) {
            contract.unregister(place, loadId);
            if (scope != null) {
                scope.close();
            }
            deletePlace(place);
            throw e;
        }
    }

    private PluginLoad startIn(
            PluginServices.Scope scope, PluginManifest manifest, Module module, Path place, String loadId) {
        PluginInfo plugin = manifest.plugin();
        IsolatedCall call = new IsolatedCall(plugin, module.classLoader(), startLimit);
        Construction mainClass = new Construction(plugin, module.classLoader(), List.of(scope.context()));
        contract.register(
                place,
                new ContractManager.Staged(
                        loadId,
                        manifest,
                        module.classLoader(),
                        () -> mainClass.make(manifest.pluginClass(), MortisePlugin.class)));
        call.run("start", () -> {
            contract.start(loadId);
            return loadId;
        });
        try {
            MortisePlugin main = (MortisePlugin)
                    Objects.requireNonNull(contract.getPlugin(loadId).getPlugin());
            Construction extensions = new Construction(plugin, module.classLoader(), List.of(main, scope.context()));
            Publication publication = call.run(
                    "construction of extensions", () -> publication(manifest, module, scope, extensions, main));
            return new PluginLoad(loadId, place, manifest, module, scope, publication);
        } catch (RuntimeException e) {
            stopContract(call, loadId);
            throw e;
        }
    }

    private static Publication publication(
            PluginManifest manifest,
            Module module,
            PluginServices.Scope scope,
            Construction construction,
            MortisePlugin main) {
        Map<Class<?>, Map<String, NamedExtension>> named = new HashMap<>();
        List<HttpResource> resources = new ArrayList<>();
        for (String className : manifest.extensionClasses()) {
            ExtensionPoint extension = construction.make(className, ExtensionPoint.class);
            if (extension instanceof HttpResource resource) {
                resources.add(resource);
            }
            if (extension instanceof NamedExtension each) {
                ExtensionPoints.of(extension.getClass()).forEach(point -> add(manifest.plugin(), named, point, each));
            }
        }
        for (NamedExtension each : main.extensions()) {
            ExtensionPoints.of(each.getClass()).forEach(point -> add(manifest.plugin(), named, point, each));
        }
        if (named.isEmpty() && resources.isEmpty()) {
            throw PluginManifest.empty(manifest.plugin().id());
        }
        HttpEndpoint http = resources.isEmpty() ? null : scope.serve(resources);
        return new Publication(manifest.plugin(), module.classLoader(), new Leases(), named, http);
    }

    private static void add(
            PluginInfo plugin,
            Map<Class<?>, Map<String, NamedExtension>> named,
            Class<?> point,
            NamedExtension extension) {
        String name = Objects.requireNonNullElse(extension.name(), "");
        if (name.isBlank()) {
            throw new MortiseException(
                    KernelError.PLUGIN_CONSTRUCTION,
                    plugin + ": " + extension.getClass().getName() + " has no name",
                    "Let name() return a constant, non-blank text");
        }
        NamedExtension former =
                named.computeIfAbsent(point, _ -> new HashMap<>()).put(name, extension);
        if (former != null) {
            throw new MortiseException(
                    KernelError.PLUGIN_NAME_TAKEN,
                    plugin + " offers " + point.getSimpleName() + " \"" + name + "\" twice: "
                            + former.getClass().getName() + " and "
                            + extension.getClass().getName(),
                    "Give one of them another name");
        }
    }

    /**
     * Stops a load whose last lease has come back; its module stays loaded. Failures are logged: nothing keeps it
     * alive.
     */
    void stop(PluginLoad load) {
        HttpEndpoint http = load.publication().http();
        if (http != null) {
            http.close();
        }
        stopContract(new IsolatedCall(load.plugin(), load.module().classLoader(), startLimit), load.id());
        contract.unregister(load.place(), load.id());
        load.services().close();
        deletePlace(load.place());
    }

    private void stopContract(IsolatedCall call, String loadId) {
        try {
            call.run("stop", () -> contract.stopPlugin(loadId));
        } catch (MortiseException e) {
            LOG.warn("{}; it is taken out all the same", e.describe(), e);
        }
    }

    private Path createPlace(PluginInfo plugin, long number) {
        try {
            return Files.createDirectories(work.resolve(plugin.id() + "-" + plugin.version() + "-" + number));
        } catch (IOException e) {
            throw new MortiseException(
                    KernelError.PLUGIN_STORAGE,
                    "No folder can be made for " + plugin + " in " + work + ": " + e,
                    "Check that the disk has room and that the server may write there",
                    e);
        }
    }

    private static void deletePlace(Path place) {
        try {
            FolderTree.delete(place);
        } catch (IOException e) {
            LOG.warn("The folder {} could not be deleted; it is at the next start", place, e);
        }
    }
}
