package dev.mortise.kernel.lifecycle;

import dev.mortise.api.http.HttpResource;
import dev.mortise.api.plugin.PluginContext;
import dev.mortise.api.plugin.PluginInfo;
import dev.mortise.kernel.module.Module;
import dev.mortise.kernel.registry.HttpEndpoint;
import java.nio.file.Path;
import java.util.List;

/** Gives each load of a plugin its services; the kernel puts them together. */
public interface PluginServices {
    /** Opens the services of one load, its database schema migrated. */
    Scope open(PluginInfo plugin, Module module, Path scratchFolder);

    /** The services of one load; closing ends them all. */
    interface Scope extends AutoCloseable {
        /** Returns what the plugin sees. */
        PluginContext context();

        /** Makes an HTTP endpoint of the resources; at least one. */
        HttpEndpoint serve(List<HttpResource> resources);

        @Override
        void close();
    }
}
