package dev.mortise.kernel.lifecycle;

import dev.mortise.api.plugin.PluginInfo;
import dev.mortise.kernel.module.Module;
import dev.mortise.kernel.registry.Publication;
import java.nio.file.Path;

/**
 * A plugin that is loaded and started.
 *
 * @param id the name under which pf4j knows this load
 * @param place this load's own folder
 */
record PluginLoad(
        String id,
        Path place,
        PluginManifest manifest,
        Module module,
        PluginServices.Scope services,
        Publication publication) {
    PluginInfo plugin() {
        return manifest.plugin();
    }
}
