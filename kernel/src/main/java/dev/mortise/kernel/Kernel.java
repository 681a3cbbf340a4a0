package dev.mortise.kernel;

import dev.mortise.api.admin.PluginAdmin;
import dev.mortise.api.admin.PluginStatus;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Principal;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.extension.NamedExtension;
import dev.mortise.api.http.HttpResource;
import dev.mortise.kernel.admin.Catalogue;
import dev.mortise.kernel.admin.CatalogueResource;
import dev.mortise.kernel.admin.InfoResource;
import dev.mortise.kernel.admin.PluginResource;
import dev.mortise.kernel.audit.AuditRoom;
import dev.mortise.kernel.cluster.ClusterRoom;
import dev.mortise.kernel.config.ServerConfiguration;
import dev.mortise.kernel.context.KernelServices;
import dev.mortise.kernel.context.PluginJson;
import dev.mortise.kernel.data.DataFolder;
import dev.mortise.kernel.http.Cors;
import dev.mortise.kernel.http.Door;
import dev.mortise.kernel.http.HttpServer;
import dev.mortise.kernel.http.JerseyEndpoint;
import dev.mortise.kernel.http.RequestMeters;
import dev.mortise.kernel.http.StatusPages;
import dev.mortise.kernel.idempotency.IdempotentRequests;
import dev.mortise.kernel.idempotency.KeptKeys;
import dev.mortise.kernel.identity.DeclaredPermissions;
import dev.mortise.kernel.identity.IdentityRoom;
import dev.mortise.kernel.lifecycle.PluginLifecycle;
import dev.mortise.kernel.limit.LimitRoom;
import dev.mortise.kernel.live.LiveRoom;
import dev.mortise.kernel.log.TraceIds;
import dev.mortise.kernel.module.FelixModuleLayer;
import dev.mortise.kernel.module.ModuleLayer;
import dev.mortise.kernel.openapi.ApiDocument;
import dev.mortise.kernel.openapi.ApiDocumentPages;
import dev.mortise.kernel.openapi.ExplorerPage;
import dev.mortise.kernel.openapi.RunningParts;
import dev.mortise.kernel.registry.ExtensionRegistry;
import dev.mortise.kernel.registry.HttpEndpoint;
import dev.mortise.kernel.registry.Operation;
import dev.mortise.kernel.secret.KeyRing;
import dev.mortise.kernel.secret.SecretRoom;
import dev.mortise.kernel.setting.PluginSettings;
import dev.mortise.kernel.setting.SettingsRoom;
import dev.mortise.kernel.store.Database;
import dev.mortise.kernel.tenant.TenantRoom;
import dev.mortise.kernel.trace.TenantTelemetry;
import dev.mortise.kernel.trace.TraceRoom;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * A running server. Everything it holds is given back by {@link #close}: first the door, then the plugins, then what
 * they stand on.
 */
public final class Kernel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Kernel.class);
    private final Shutdown shutdown = new Shutdown();
    private final ServerConfiguration configuration;
    private final KernelOptions options;
    private final Instant startedAt;
    private final KernelMeters meters = new KernelMeters();
    private final TraceRoom traces;
    private final ExtensionRegistry registry;
    private final DataFolder data;
    private final Database database;
    private final TenantId defaultTenant;
    private final DeclaredPermissions permissions;
    private final IdentityRoom identity;
    private final KeyRing keys;
    private final AuditRoom audit;
    private final SecretRoom secrets;
    private final SettingsRoom settings;
    private final Optional<String> firstAdminKey;
    private final Work work;
    private final LiveRoom live;
    private final TenantRoom tenants;
    private final LimitRoom limits;
    private final ClusterRoom cluster;
    private final PluginLifecycle lifecycle;
    private final CompletableFuture<Void> drainRequested = new CompletableFuture<>();
    private final HttpEndpoint kernelEndpoint;
    private final HttpServer http;
    private volatile boolean stopping;

    /**
     * Starts a server and returns when it is ready.
     *
     * @throws MortiseException with a {@link dev.mortise.kernel.error.KernelError}; what was started is stopped again
     */
    public static Kernel start(KernelOptions options) {
        return new Kernel(options, ServerConfiguration.read(options.configuration(), options.environment()));
    }

    private Kernel(KernelOptions options, ServerConfiguration configuration) {
        this.options = options;
        this.configuration = configuration;
        this.startedAt = options.clock().instant();
        try {
            this.traces = shutdown.add("Traces", traceRoom());
            this.registry = new ExtensionRegistry(traces);
            this.permissions = new DeclaredPermissions(registry);
            this.data = shutdown.add("The data folder", DataFolder.open(configuration.data()));
            // The database is a process of its own: it starts while this one loads Felix and Jersey.
            CompletableFuture<OpenDatabase> opening = OpenDatabase.beside(configuration.databaseUrl(), data.root());
            ModuleLayer modules;
            try {
                modules = shutdown.add(
                        "The module layer", new FelixModuleLayer(data.work().resolve("modules")));
            } finally {
                OpenDatabase opened = OpenDatabase.await(opening);
                opened.embedded().ifPresent(postgres -> shutdown.add("PostgreSQL", postgres));
                this.database = shutdown.add("The database pool", opened.database());
            }
            this.defaultTenant = database.tenants().ensureDefaultTenant();
            this.work = new Work(configuration, database, registry, meters.registry(), traces);
            this.cluster = shutdown.add(
                    "The node",
                    ClusterRoom.open(
                            database,
                            configuration.cluster(),
                            KernelVersion.text(),
                            () -> drainRequested.complete(null)));
            this.keys = KeyRing.open(database.kernel(), data.root(), options.environment());
            this.audit = shutdown.add(
                    "The audit record",
                    AuditRoom.open(database, keys, data.root(), configuration.auditKept(), options.clock()));
            this.secrets = shutdown.add("The secrets", SecretRoom.open(database, keys, audit.audit()));
            this.settings = shutdown.add(
                    "The settings",
                    SettingsRoom.open(
                            database,
                            audit.audit(),
                            configuration,
                            defaultTenant,
                            (plugin, tenant, name) ->
                                    secrets.find(plugin, tenant == null ? defaultTenant : tenant, name)));
            followTenantsTelemetry();
            this.identity = IdentityRoom.open(
                    database.kernel(), permissions, keys.sealer(), audit.audit(), options.clock(), options.identity());
            this.live = new LiveRoom(database, registry, identity.authentication(), configuration.live());
            this.tenants = shutdown.add(
                    "The tenants", TenantRoom.open(database, firstKeys()::of, audit.audit(), systemContext()));
            this.limits = shutdown.add(
                    "The limits", LimitRoom.open(database, configuration.limits(), defaultTenant, meters.registry()));
            this.lifecycle = shutdown.add("The plugins", lifecycle(modules));
            cluster.bringUp(lifecycle);
            shutdown.add("Jobs and events", work.start());
            this.kernelEndpoint = shutdown.add("The kernel's resources", kernelEndpoint());
            permissions.ofKernel(kernelEndpoint.permissions());
            this.http = shutdown.add(
                    "The HTTP server", HttpServer.start(configuration.host(), configuration.port(), door()));
            // Before the door, which waits for open streams.
            shutdown.add("Live topics", live);
            // Only now that the port is open: a start that fails after the key was made would lose the key for ever.
            this.firstAdminKey = firstKeys().ofServer(systemContext());
            shutdown.add("Following the other nodes", cluster.serve(url()));
            shutdown.add("server.json", serverFile().write(data.serverFile()));
        } catch (RuntimeException e) {
            shutdown.close();
            throw e;
        }
        LOG.info("Mortise {} is ready at {} after {} ms", KernelVersion.text(), url(), millisSinceStart());
    }

    private TraceRoom traceRoom() {
        return TraceRoom.open(
                configuration.traces(),
                Map.of(
                        "service.version",
                        KernelVersion.text(),
                        "service.instance.id",
                        configuration.cluster().name()),
                meters.registry());
    }

    /** Where tenants may not choose, the settings are not there either, rather than of no effect. */
    private void followTenantsTelemetry() {
        if (!configuration.traces().tenants().choose()) {
            return;
        }
        PluginSettings own = shutdown.add(
                "The kernel's own settings", settings.openOwn(TenantTelemetry.class, PluginJson.newMapper()));
        traces.letChoose(tenant -> systemContext(tenant).call(() -> own.as(TenantTelemetry.class)));
    }

    private FirstKeys firstKeys() {
        return new FirstKeys(identity.keys(), configuration.adminKey());
    }

    private PluginLifecycle lifecycle(ModuleLayer modules) {
        KernelServices services = new KernelServices(
                configuration.maxBodyBytes(),
                database,
                audit,
                secrets,
                settings,
                limits,
                registry,
                meters.registry(),
                traces,
                work.jobs(),
                work.events(),
                live,
                cluster.leases(),
                this::plugins,
                tenants.permissions(),
                identity.forPlugins());
        return new PluginLifecycle(
                registry,
                modules,
                services,
                data.plugins(),
                data.work(),
                JsonMapper.shared(),
                cluster.jars(),
                options.clock(),
                options.lifecycle());
    }

    private Door door() {
        StatusPages status = new StatusPages(this::readiness, work::notes, meters.registry(), tenants.permissions());
        ApiDocument document =
                new ApiDocument(KernelVersion.text(), new RunningParts(KernelVersion.text(), kernelEndpoint, registry));
        return new Door(
                identity.authentication(),
                registry,
                kernelEndpoint,
                status,
                new RequestMeters(meters.registry(), this::isServed),
                new Cors(configuration.corsOrigins()),
                List.of(new ExplorerPage()),
                live.pages(configuration.corsOrigins(), status, new ApiDocumentPages(document)),
                limits.strangers(),
                // The outermost first: trace, audit, tenants, limits, idempotency.
                List.of(
                        traces.passage(),
                        audit.passage(),
                        tenants.gate(),
                        limits.passage(),
                        new IdempotentRequests(
                                database.kernel(), new KeptKeys(kernelEndpoint, registry)::areKeptByOperation)));
    }

    private HttpEndpoint kernelEndpoint() {
        return new JerseyEndpoint(
                Door.KERNEL,
                Door.API + Door.KERNEL + "/",
                PluginJson.newMapper(),
                configuration.maxUploadBytes(),
                tenants.permissions(),
                resources());
    }

    private List<HttpResource> resources() {
        Catalogue catalogue = new Catalogue(configuration.catalogue());
        List<HttpResource> all = new ArrayList<>(secrets.resources(defaultTenant));
        all.add(new PluginResource(cluster.plugins(), catalogue, data.work()));
        all.add(cluster.resource());
        all.add(new CatalogueResource(catalogue));
        all.add(audit.resource());
        all.add(work.jobs().resource());
        all.add(work.events().resource());
        all.add(new InfoResource(KernelVersion.text(), startedAt));
        all.addAll(settings.resources());
        all.addAll(identity.resources());
        all.addAll(tenants.resources());
        all.addAll(limits.resources(tenants.directory()));
        return all;
    }

    private boolean isServed(String segment) {
        return segment.equals(Door.KERNEL) || registry.find(segment) != null;
    }

    private Map<String, Optional<String>> readiness() {
        return Map.of(
                "serving", stopping ? Optional.of("the server is stopping") : Optional.empty(),
                "database", cluster.databaseProblem(),
                "plugins", cluster.pluginsProblem(),
                "disk", data.roomProblem(configuration.leastFreeBytes()));
    }

    private ServerFile serverFile() {
        return new ServerFile(url().toString(), ProcessHandle.current().pid(), KernelVersion.text(), startedAt);
    }

    private long millisSinceStart() {
        return Duration.between(startedAt, options.clock().instant()).toMillis();
    }

    /** Returns where the server listens, for clients on this machine. */
    public URI url() {
        return http.url();
    }

    /** Returns the version of this server. */
    public String version() {
        return KernelVersion.text();
    }

    /** Returns the data folder. */
    public Path dataFolder() {
        return data.root();
    }

    /** Returns the administrator's first key when this start made it; it is told nowhere else and never again. */
    public Optional<String> firstAdminKey() {
        return firstAdminKey;
    }

    /** Returns life-cycle changes of plugins, unguarded: for whoever owns this process. */
    public PluginAdmin plugins() {
        return cluster.plugins();
    }

    /** Returns what completes when an administrator asks this node to drain; its owner then closes it. */
    public CompletableFuture<Void> drainRequested() {
        return drainRequested;
    }

    /** Calls an extension as the default tenant's system, for whoever owns this process. */
    public <T extends NamedExtension, R extends @Nullable Object> R call(
            Class<T> point, String name, Function<? super T, ? extends R> call) {
        return systemContext().call(() -> registry.call(point, name, call));
    }

    /** Returns what can be done over HTTP, by plugin; the kernel's own first, under its name. */
    public Map<String, List<Operation>> operations() {
        Map<String, List<Operation>> all = new LinkedHashMap<>();
        all.put(Door.KERNEL, kernelEndpoint.operations());
        for (PluginStatus plugin : lifecycle.list()) {
            registry.leaseHttp(plugin.id()).ifPresent(leased -> {
                try {
                    all.put(plugin.id(), Objects.requireNonNull(leased.http()).operations());
                } finally {
                    leased.leases().release();
                }
            });
        }
        return all;
    }

    /** Returns a context of the default tenant with every permission. */
    public CallContext systemContext() {
        return systemContext(defaultTenant);
    }

    private static CallContext systemContext(TenantId tenant) {
        return new CallContext(tenant, new Principal("kernel", Principal.Kind.SYSTEM, Set.of("*")), TraceIds.random());
    }

    /**
     * Stops the server: says that it is not ready and gives balancers time to see it, takes no more requests, lets the
     * running ones end, stops plugins and what they stand on.
     */
    @Override
    public void close() {
        stopping = true;
        cluster.drain();
        shutdown.close();
        meters.close();
    }
}
