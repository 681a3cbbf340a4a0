package dev.mortise.api.plugin;

import dev.mortise.api.extension.NamedExtension;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import org.pf4j.Plugin;

/**
 * The main class of a plugin, named by {@code Plugin-Class} in its manifest. It has one public constructor that takes a
 * {@link PluginContext}. The kernel calls constructor, {@link #start()} and {@link #stop()} each on a thread whose
 * context class loader is the plugin's.
 *
 * <p>{@link #start()} runs before the plugin's extensions are published and may fail: the plugin is then refused and
 * unloaded, and an older version that was running goes on. {@link #stop()} runs after the last lease on an extension
 * was given back; what {@code start} opened is closed there.
 *
 * @since 0.1
 */
@ConsumerType
public abstract class MortisePlugin extends Plugin {
    private final PluginContext context;

    /** Creates the plugin; called by the kernel, once per load. */
    protected MortisePlugin(PluginContext context) {
        this.context = context;
    }

    /**
     * Returns extensions that have no class of their own because they are made of data, such as one for each file of a
     * folder. They are published beside the annotated ones. Asked once, after {@link #start()}.
     */
    public List<NamedExtension> extensions() {
        return List.of();
    }

    /** Returns the services that this plugin may use. */
    public final PluginContext context() {
        return context;
    }
}
