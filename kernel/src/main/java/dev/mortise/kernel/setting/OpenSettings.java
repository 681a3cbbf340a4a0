package dev.mortise.kernel.setting;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.secret.SecretChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The loads of plugins whose settings are open; during an update a plugin has two. What the last load of a plugin has
 * declared stays known after it, so that what made it fail can be corrected.
 */
final class OpenSettings {
    private final List<PluginSettings> open = new CopyOnWriteArrayList<>();
    private final Map<String, Declaration> last = new ConcurrentHashMap<>();

    void add(PluginSettings settings) {
        open.add(settings);
    }

    void remove(PluginSettings settings) {
        Declaration declaration = settings.declaration();
        // Its class goes now. A load that failed for its settings has made the schema out of it before.
        last.put(declaration.plugin(), declaration);
        open.remove(settings);
    }

    /** Tells the loads of these plugins that something was set. */
    void changed(Set<String> plugins) {
        open.stream()
                .filter(settings -> plugins.contains(settings.declaration().plugin()))
                .forEach(PluginSettings::changed);
    }

    /**
     * Lets go of what was made of a secret's former value.
     *
     * @param isServers whether it is one of those that settings of the whole server name
     */
    void secretChanged(SecretChange change, boolean isServers) {
        open.stream()
                .filter(settings -> settings.declaration().plugin().equals(change.plugin()))
                .forEach(settings -> settings.secretChanged(change, isServers));
    }

    /** Lets go of everything that secrets are in: announcements may have been missed. */
    void anySecretMayHaveChanged() {
        open.forEach(PluginSettings::anySecretMayHaveChanged);
    }

    /** Returns the newest load of a plugin that has declared its settings. */
    Optional<PluginSettings> newest(String plugin) {
        return open.reversed().stream()
                .filter(settings -> settings.declaration().plugin().equals(plugin)
                        && settings.declaration().schema().isPresent())
                .findFirst();
    }

    /**
     * Returns what the newest load of a plugin has declared.
     *
     * @throws MortiseException with {@code kernel.settings-undeclared}
     */
    Declaration declaration(String plugin) {
        return newest(plugin)
                .map(PluginSettings::declaration)
                .or(() -> Optional.ofNullable(last.get(plugin))
                        .filter(declaration -> declaration.schema().isPresent()))
                .orElseThrow(() -> new MortiseException(
                        KernelError.SETTINGS_UNDECLARED,
                        "No plugin \"" + plugin + "\" has declared settings since this server started",
                        "`mortise plugin list` shows what is installed; start the plugin, or look at its README"
                                + " whether it has settings"));
    }
}
