package dev.mortise.relaycore;

import dev.mortise.api.plugin.MortisePlugin;
import dev.mortise.api.plugin.PluginContext;
import dev.mortise.relaycore.usage.UsageRecorder;

/**
 * Puts the gateway together.
 *
 * @since 0.1
 */
public final class RelayCorePlugin extends MortisePlugin {
    private final UsageRecorder usage;

    /** Creates the plugin; called by the kernel. */
    public RelayCorePlugin(PluginContext context) {
        super(context);
        usage = new UsageRecorder(
                context.store(), context.tenants(), context.meters(), settings().usageQueue());
    }

    /** Returns the settings as they are now, for the bound tenant where there is one. */
    public RelaySettings settings() {
        return context().settings().as(RelaySettings.class);
    }

    /** Returns where calls are recorded. */
    public UsageRecorder usage() {
        return usage;
    }

    @Override
    public void start() {
        usage.start(context().background());
    }

    @Override
    public void stop() {
        usage.close();
    }
}
