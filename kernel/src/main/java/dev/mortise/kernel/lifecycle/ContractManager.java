package dev.mortise.kernel.lifecycle;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.pf4j.AbstractPluginManager;
import org.pf4j.DefaultExtensionFactory;
import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.DefaultVersionManager;
import org.pf4j.ExtensionFactory;
import org.pf4j.ExtensionFinder;
import org.pf4j.IndexedExtensionFinder;
import org.pf4j.Plugin;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;
import org.pf4j.PluginState;
import org.pf4j.PluginStatusProvider;
import org.pf4j.VersionManager;

/**
 * pf4j's manager with everything taken out of its hands but the contract: which class is the plugin, and which state it
 * is in. It is not thread-safe and is used by {@link PluginLifecycle}'s one thread.
 *
 * <p>pf4j allows one plugin of an id, and an update needs two for a moment: each load is registered under
 * {@code id:version:number}. Dependencies are Felix' business, so descriptors name none; that also keeps one plugin
 * with a missing dependency from blocking every other change, as pf4j would.
 */
final class ContractManager extends AbstractPluginManager {
    private final ConcurrentMap<Path, Staged> staged = new ConcurrentHashMap<>();

    /** A load that is about to be registered. */
    record Staged(
            String loadId,
            PluginManifest manifest,
            ClassLoader classLoader,
            java.util.function.Supplier<Plugin> main) {}

    /**
     * Registers a load.
     *
     * @param place a folder that exists and belongs to this load alone
     */
    void register(Path place, Staged load) {
        staged.put(place, load);
        try {
            loadPlugin(place);
        } catch (RuntimeException e) {
            staged.remove(place);
            throw e;
        }
    }

    /**
     * Starts a load. pf4j catches what a plugin's {@code start} throws and only keeps it; here it goes on.
     *
     * @throws RuntimeException whatever the plugin threw, or wrapped where it threw a checked exception
     */
    void start(String loadId) {
        if (startPlugin(loadId) == PluginState.STARTED) {
            return;
        }
        Throwable failure = getPlugin(loadId).getFailedException();
        throw failure instanceof RuntimeException own ? own : new IllegalStateException(failure);
    }

    /** Forgets a load; its plugin was stopped before. */
    void unregister(Path place, String loadId) {
        if (getPlugin(loadId) != null) {
            unloadPlugin(loadId);
        }
        staged.remove(place);
    }

    private Staged staged(Path place) {
        Staged load = staged.get(place);
        if (load == null) {
            throw new IllegalStateException("No load is staged at " + place);
        }
        return load;
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new PluginDescriptorFinder() {
            @Override
            public boolean isApplicable(Path place) {
                return staged.containsKey(place);
            }

            @Override
            public PluginDescriptor find(Path place) {
                Staged load = staged(place);
                PluginManifest manifest = load.manifest();
                return new DefaultPluginDescriptor(
                        load.loadId(),
                        manifest.description(),
                        manifest.pluginClass(),
                        manifest.plugin().version(),
                        "",
                        "",
                        "");
            }
        };
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new PluginLoader() {
            @Override
            public boolean isApplicable(Path place) {
                return staged.containsKey(place);
            }

            @Override
            public ClassLoader loadPlugin(Path place, PluginDescriptor descriptor) {
                return staged(place).classLoader();
            }
        };
    }

    @Override
    protected PluginFactory createPluginFactory() {
        return wrapper -> staged(wrapper.getPluginPath()).main().get();
    }

    @Override
    protected ExtensionFactory createExtensionFactory() {
        return new DefaultExtensionFactory();
    }

    @Override
    protected ExtensionFinder createExtensionFinder() {
        // Never asked: the index is read once per load, with the manifest. pf4j would read every plugin's again at each
        // change.
        return new IndexedExtensionFinder(this);
    }

    @Override
    protected PluginStatusProvider createPluginStatusProvider() {
        return new PluginStatusProvider() {
            @Override
            public boolean isPluginDisabled(String pluginId) {
                return false;
            }

            @Override
            public void disablePlugin(String pluginId) {
                throw new IllegalStateException("States are kept by PluginLifecycle");
            }

            @Override
            public void enablePlugin(String pluginId) {
                throw new IllegalStateException("States are kept by PluginLifecycle");
            }
        };
    }

    @Override
    protected PluginRepository createPluginRepository() {
        return new PluginRepository() {
            @Override
            public List<Path> getPluginPaths() {
                return List.of();
            }

            @Override
            public boolean deletePluginPath(Path place) {
                return false;
            }
        };
    }

    @Override
    protected VersionManager createVersionManager() {
        return new DefaultVersionManager();
    }
}
