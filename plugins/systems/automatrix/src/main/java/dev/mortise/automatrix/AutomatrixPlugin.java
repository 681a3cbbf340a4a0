package dev.mortise.automatrix;

import dev.mortise.api.plugin.MortisePlugin;
import dev.mortise.api.plugin.PluginContext;

/** The plugin. */
public final class AutomatrixPlugin extends MortisePlugin {
    /** Creates the plugin. */
    public AutomatrixPlugin(PluginContext context) {
        super(context);
    }
}
