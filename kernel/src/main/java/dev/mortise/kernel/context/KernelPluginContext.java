package dev.mortise.kernel.context;

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
import dev.mortise.api.plugin.PluginContext;
import dev.mortise.api.plugin.PluginInfo;
import dev.mortise.api.secret.Secrets;
import dev.mortise.api.settings.Settings;
import dev.mortise.api.store.Store;
import dev.mortise.api.task.Background;
import dev.mortise.api.tenant.Tenants;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/** The services of one load, put together. */
record KernelPluginContext(
        PluginInfo plugin,
        Extensions extensions,
        Store store,
        Settings settings,
        Meters meters,
        Background background,
        Jobs jobs,
        Events events,
        Live live,
        Leases leases,
        Tenants tenants,
        Identity identity,
        PluginAdmin admin,
        Audit audit,
        Secrets secrets,
        Limits limits,
        JsonMapper json,
        Path scratchFolder)
        implements PluginContext {}
