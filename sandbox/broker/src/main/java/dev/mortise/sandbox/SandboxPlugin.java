package dev.mortise.sandbox;

import dev.mortise.api.plugin.MortisePlugin;
import dev.mortise.api.plugin.PluginContext;
import dev.mortise.api.sandbox.Grants;
import dev.mortise.sandbox.grant.GrantedFunctions;
import dev.mortise.sandbox.grant.Outbound;
import dev.mortise.sandbox.worker.HostFunctions;

/**
 * Puts the broker together.
 *
 * @since 0.1
 */
public final class SandboxPlugin extends MortisePlugin {
    private final SandboxSettings settings;
    private final Workshop workshop;
    private final Outbound outbound;
    private final GrantedFunctions functions;
    private final ScriptRunner runner;

    /** Creates the plugin; called by the kernel. */
    public SandboxPlugin(PluginContext context) {
        super(context);
        settings = context.settings().as(SandboxSettings.class);
        workshop = new Workshop(
                settings, (name, work) -> context.background().start(name, work), new CallMeters(context.meters()));
        outbound = new Outbound(settings.privateAddresses());
        functions = new GrantedFunctions(context.store(), context.extensions(), context.json(), outbound);
        runner = new ScriptRunner(workshop, functions);
    }

    /** Returns what runs single scripts. */
    public ScriptRunner runner() {
        return runner;
    }

    /** Returns a look at this node's sandbox. */
    public SandboxReport report() {
        return SandboxReport.of(workshop.opened(), settings.least());
    }

    Workshop workshop() {
        return workshop;
    }

    HostFunctions functions(Grants grants) {
        return functions.of(grants);
    }

    @Override
    public void start() {
        context().background().start("sandbox", workshop::open);
    }

    @Override
    public void stop() {
        workshop.close();
        outbound.close();
    }
}
