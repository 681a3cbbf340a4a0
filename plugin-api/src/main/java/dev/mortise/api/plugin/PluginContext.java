package dev.mortise.api.plugin;

import dev.mortise.api.admin.PluginAdmin;
import dev.mortise.api.audit.Audit;
import dev.mortise.api.event.Events;
import dev.mortise.api.extension.Extensions;
import dev.mortise.api.identity.Identity;
import dev.mortise.api.job.Jobs;
import dev.mortise.api.lease.Leases;
import dev.mortise.api.limit.Limits;
import dev.mortise.api.live.Live;
import dev.mortise.api.meter.Meters;
import dev.mortise.api.secret.Secrets;
import dev.mortise.api.settings.Settings;
import dev.mortise.api.store.Store;
import dev.mortise.api.task.Background;
import dev.mortise.api.tenant.Tenants;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;
import tools.jackson.databind.json.JsonMapper;

/**
 * The services of the kernel as one plugin sees them. Each is scoped to the plugin: its own settings, its own schema,
 * its own metrics, its own threads. Logging needs no service: plugins use SLF4J.
 *
 * @since 0.1
 */
@ProviderType
public interface PluginContext {
    /** Returns which plugin this context belongs to. */
    PluginInfo plugin();

    /** Returns the extensions of all running plugins. */
    Extensions extensions();

    /** Returns this plugin's schema in the database. */
    Store store();

    /** Returns this plugin's configuration. */
    Settings settings();

    /** Returns this plugin's metrics. */
    Meters meters();

    /** Returns the threads that end with this plugin. */
    Background background();

    /** Returns this plugin's durable work. */
    Jobs jobs();

    /** Returns what this plugin has to tell the others. */
    Events events();

    /** Returns what this plugin shows live to the people of the bound tenant. */
    Live live();

    /** Returns leadership among the nodes, for work that one node at a time may do. */
    Leases leases();

    /** Returns the tenants of this server, for work in the background. */
    Tenants tenants();

    /** Returns the people of the bound tenant, to name them and to choose among them. */
    Identity identity();

    /** Returns life-cycle changes of plugins; calls need the permission {@code kernel.plugins.write}. */
    PluginAdmin admin();

    /** Returns the tamper-evident record of who did what, for what only this plugin knows. */
    Audit audit();

    /** Returns this plugin's passwords, keys and tokens. */
    Secrets secrets();

    /** Returns the limits of this plugin's own, counted over all nodes. */
    Limits limits();

    /**
     * Returns this plugin's own JSON mapper. Mappers cache the types that they see, so a mapper shared between plugins
     * would keep a removed plugin's class loader alive.
     */
    JsonMapper json();

    /** Returns a folder for this load of the plugin alone; it exists, is empty at start and is deleted after stop. */
    Path scratchFolder();
}
