package dev.mortise.kernel.context;

import dev.mortise.api.admin.PluginAdmin;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.identity.Identity;
import dev.mortise.api.plugin.PluginContext;
import dev.mortise.api.plugin.PluginInfo;
import dev.mortise.kernel.audit.AuditRoom;
import dev.mortise.kernel.cluster.LeaseKeeper;
import dev.mortise.kernel.cluster.PluginLeases;
import dev.mortise.kernel.event.EventRoom;
import dev.mortise.kernel.http.Door;
import dev.mortise.kernel.http.JerseyEndpoint;
import dev.mortise.kernel.job.JobRoom;
import dev.mortise.kernel.lifecycle.PluginServices;
import dev.mortise.kernel.limit.LimitRoom;
import dev.mortise.kernel.live.LiveRoom;
import dev.mortise.kernel.module.Module;
import dev.mortise.kernel.permission.OperatorPermissions;
import dev.mortise.kernel.registry.ExtensionRegistry;
import dev.mortise.kernel.registry.HttpEndpoint;
import dev.mortise.kernel.secret.SecretRoom;
import dev.mortise.kernel.setting.PluginSettings;
import dev.mortise.kernel.setting.SettingsRoom;
import dev.mortise.kernel.store.Database;
import dev.mortise.kernel.store.MigrationScript;
import dev.mortise.kernel.store.PluginStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * Opens the services of each load of a plugin.
 *
 * @param maxBodyBytes the largest body of a request to a plugin
 * @param admin the life cycle, which is made after this and is asked for at each load
 */
public record KernelServices(
        long maxBodyBytes,
        Database database,
        AuditRoom audit,
        SecretRoom secrets,
        SettingsRoom settings,
        LimitRoom limits,
        ExtensionRegistry registry,
        MeterRegistry meters,
        JobRoom jobs,
        EventRoom events,
        LiveRoom live,
        LeaseKeeper leases,
        Supplier<PluginAdmin> admin,
        OperatorPermissions permissions,
        Identity identity)
        implements PluginServices {

    @Override
    public Scope open(PluginInfo plugin, Module module, Path scratchFolder) {
        JsonMapper json = PluginJson.newMapper();
        List<MigrationScript> migrations = module.textFiles("db/migration", ".sql").entrySet().stream()
                .map(file -> new MigrationScript(file.getKey(), file.getValue()))
                .toList();
        PluginStore store = database.pluginStores().open(plugin, module.classLoader(), json, migrations);
        PluginBackground background = new PluginBackground(plugin, module.classLoader());
        PluginSettings ownSettings;
        try {
            store.migrate();
            ownSettings = settings.open(plugin, module, json, background);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
        PluginExtensions extensions = new PluginExtensions(registry, background);
        PluginMeters ownMeters = new PluginMeters(meters, plugin.id(), plugin.version());
        PluginLeases ownLeases = new PluginLeases(plugin.id(), leases, background, store);
        PluginContext context = new KernelPluginContext(
                plugin,
                extensions,
                store,
                ownSettings,
                ownMeters,
                background,
                jobs.jobs(plugin.id(), store, json),
                events.events(plugin.id(), store, json),
                live.live(plugin.id(), store, json),
                ownLeases,
                new PluginTenants(plugin.id(), database.tenants()),
                identity,
                new GuardedAdmin(admin.get(), permissions),
                audit.audit(store),
                secrets.secrets(store, plugin.id()),
                limits.of(plugin.id()),
                json,
                scratchFolder);
        return new Opened(
                context,
                json,
                maxBodyBytes,
                permissions,
                List.of(
                        extensions::close,
                        ownSettings::close,
                        ownLeases::close,
                        background::close,
                        ownMeters::close,
                        store::close));
    }

    private record Opened(
            PluginContext context,
            JsonMapper json,
            long maxBodyBytes,
            OperatorPermissions permissions,
            List<Runnable> ends)
            implements Scope {
        @Override
        public HttpEndpoint serve(List<HttpResource> resources) {
            String id = context.plugin().id();
            return new JerseyEndpoint(id, Door.API + id + "/", json, maxBodyBytes, permissions, resources);
        }

        @Override
        public void close() {
            ends.forEach(Runnable::run);
        }
    }
}
