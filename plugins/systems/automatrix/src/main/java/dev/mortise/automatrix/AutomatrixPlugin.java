package dev.mortise.automatrix;

import dev.mortise.api.plugin.MortisePlugin;
import dev.mortise.api.plugin.PluginContext;
import dev.mortise.automatrix.engine.Engine;
import dev.mortise.automatrix.engine.Workflows;

/** The plugin: one engine and the shelf of published workflows. */
public final class AutomatrixPlugin extends MortisePlugin {
    private final Workflows workflows;
    private final Engine engine;

    /** Creates the plugin; nothing runs before {@link #start()}. */
    public AutomatrixPlugin(PluginContext context) {
        super(context);
        this.workflows = new Workflows(context.store(), context.extensions());
        this.engine = new Engine(context, workflows, context.settings().as(AutomatrixSettings.class));
    }

    @Override
    public void start() {
        engine.start();
    }

    @Override
    public void stop() {
        engine.stop();
    }

    /** Returns the shelf of published workflows. */
    public Workflows workflows() {
        return workflows;
    }

    /** Returns the engine. */
    public Engine engine() {
        return engine;
    }
}
