package dev.mortise.kernel.testkit;

import dev.mortise.api.admin.PluginAdmin;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.extension.NamedExtension;
import dev.mortise.kernel.Kernel;
import dev.mortise.kernel.KernelOptions;
import dev.mortise.kernel.data.FolderTree;
import dev.mortise.kernel.identity.IdentityOptions;
import dev.mortise.kernel.identity.password.PasswordHashing;
import dev.mortise.kernel.lifecycle.LifecycleOptions;
import dev.mortise.kernel.registry.Operation;
import dev.mortise.kernel.store.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * A real server in this JVM: PostgreSQL, Felix, Jetty. Each has a data folder and a database of its own and is gone
 * after {@link #close}.
 *
 * <pre>{@code
 * try (TestKernel kernel = TestKernel.start(Path.of("target/mortise-hello-0.1.0.jar"))) {
 *     assertThat(kernel.get("/api/v1/hello/greetings").status()).isEqualTo(200);
 * }
 * }</pre>
 */
public final class TestKernel implements AutoCloseable {
    private static final String ADMIN_KEY = "test-administrator-key-0123456789abcdef";
    private static final String MASTER_KEY = "dGVzdC1tYXN0ZXIta2V5LW9mLTMyLWJ5dGVzLWxvbmc=";

    /** Passwords cost next to nothing here; what they cost in earnest is tested where they are hashed. */
    private static final IdentityOptions QUICK =
            IdentityOptions.standard().withHashing(new PasswordHashing.Parameters(64, 1));

    private final HttpClient client = HttpClient.newHttpClient();
    private final Kernel kernel;
    private final @Nullable Path ownFolder;
    private final Optional<DatabaseAddress> database;
    private final boolean ownsDatabase;

    private TestKernel(
            Kernel kernel, @Nullable Path ownFolder, Optional<DatabaseAddress> database, boolean ownsDatabase) {
        this.kernel = kernel;
        this.database = database;
        this.ownFolder = ownFolder;
        this.ownsDatabase = ownsDatabase;
    }

    /** Starts a server with these plugins, installed in this order. */
    public static TestKernel start(Path... pluginJars) {
        return with("", pluginJars);
    }

    /**
     * Starts a server with these plugins.
     *
     * @param configuration the configuration file's text, such as {@code "plugins: {mail: {host: localhost}}"}
     */
    public static TestKernel with(String configuration, Path... pluginJars) {
        return start(configuration, withoutProbation(), pluginJars);
    }

    /** Starts a server whose changes of plugins are as patient as that. */
    public static TestKernel withLifecycle(LifecycleOptions lifecycle) {
        return start("", lifecycle);
    }

    /**
     * Starts one more server on a database, as a node beside others.
     *
     * @param database from {@link TestDatabase#fresh}
     */
    public static TestKernel on(DatabaseAddress database, String configuration, Path... pluginJars) {
        return start(database, false, configuration, withoutProbation(), pluginJars);
    }

    private static TestKernel start(String configuration, LifecycleOptions lifecycle, Path... pluginJars) {
        return start(TestDatabase.fresh(), true, configuration, lifecycle, pluginJars);
    }

    /** @param owns whether the database goes with the server */
    private static TestKernel start(
            DatabaseAddress database,
            boolean owns,
            String configuration,
            LifecycleOptions lifecycle,
            Path... pluginJars) {
        logEverythingInOnePlace();
        try {
            Path folder = Files.createTempDirectory("mortise-test-");
            Path file = Files.writeString(folder.resolve("mortise.yaml"), configuration);
            TestKernel started = new TestKernel(
                    Kernel.start(new KernelOptions(
                            file,
                            onSharedServer(folder.resolve("data"), database)::get,
                            InstantSource.system(),
                            lifecycle,
                            QUICK)),
                    folder,
                    Optional.of(database),
                    owns);
            try {
                for (Path jar : pluginJars) {
                    started.plugins().install(jar);
                }
                return started;
            } catch (RuntimeException e) {
                started.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts one of several nodes on a database, with a data folder that the test owns; quick to notice the others.
     *
     * @param configuration the rest of the configuration file, without the key {@code cluster}
     */
    public static TestKernel node(String name, DatabaseAddress database, Path data, String configuration) {
        return node(name, database, data, configuration, Duration.ZERO);
    }

    /** Starts one of several nodes, which goes on serving for so long after it said that it is not ready any more. */
    public static TestKernel node(
            String name, DatabaseAddress database, Path data, String configuration, Duration drainWait) {
        String text = "cluster: {name: " + name + ", beatMillis: 100, goneMillis: 2000, leaseMillis: 1500,"
                + " followMillis: 20000, drainWaitMillis: " + drainWait.toMillis() + "}\n" + configuration;
        try {
            Path file = Files.createDirectories(data).resolve("mortise.yaml");
            Files.writeString(file, text);
            Map<String, String> environment = new HashMap<>(environment(data));
            environment.put("MORTISE_DATABASE_URL", urlOf(database));
            return new TestKernel(
                    Kernel.start(new KernelOptions(
                            file, environment::get, InstantSource.system(), withoutProbation(), QUICK)),
                    null,
                    Optional.of(database),
                    false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a server on a data folder that the test owns, with the embedded PostgreSQL in it. */
    public static TestKernel onDataFolder(Path data) {
        Map<String, String> environment = environment(data);
        return new TestKernel(
                Kernel.start(
                        new KernelOptions(null, environment::get, InstantSource.system(), withoutProbation(), QUICK)),
                null,
                Optional.empty(),
                false);
    }

    private static Map<String, String> environment(Path data) {
        return Map.of(
                "MORTISE_DATA",
                data.toString(),
                "MORTISE_PORT",
                "0",
                "MORTISE_ADMIN_KEY",
                ADMIN_KEY,
                // The same for all, because several servers may share a database.
                "MORTISE_MASTER_KEY",
                MASTER_KEY);
    }

    /**
     * The PostgreSQL that this JVM's tests share: a database of its own takes a moment, a cluster of its own seconds.
     */
    private static Map<String, String> onSharedServer(Path data, DatabaseAddress database) {
        Map<String, String> environment = new HashMap<>(environment(data));
        environment.put("MORTISE_DATABASE_URL", urlOf(database));
        return environment;
    }

    private static String urlOf(DatabaseAddress address) {
        String credentials =
                address.ownerUser() + ":" + URLEncoder.encode(address.ownerPassword(), StandardCharsets.UTF_8);
        return address.jdbcUrl().replace("jdbc:postgresql://", "postgresql://" + credentials + "@");
    }

    private static void logEverythingInOnePlace() {
        if (!SLF4JBridgeHandler.isInstalled()) {
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
        }
    }

    private static LifecycleOptions withoutProbation() {
        return new LifecycleOptions(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ZERO);
    }

    /** Returns where the server listens. */
    public URI url() {
        return kernel.url();
    }

    /** Returns this server's database; not for a kernel whose database is in a data folder of the test's own. */
    public DatabaseAddress database() {
        return database.orElseThrow();
    }

    /** Returns a key with every permission. */
    public String adminKey() {
        return ADMIN_KEY;
    }

    /** Returns life-cycle changes of plugins. */
    public PluginAdmin plugins() {
        return kernel.plugins();
    }

    /** Returns whether an administrator asked this node to drain. */
    public boolean isAskedToDrain() {
        return kernel.drainRequested().isDone();
    }

    /** Returns a context of the default tenant with every permission. */
    public CallContext asTenant() {
        return kernel.systemContext();
    }

    /** Makes a key of a tenant with these permissions. */
    public String issueKey(TenantId tenant, Set<String> permissions) {
        String key = "test-key-" + UUID.randomUUID() + UUID.randomUUID();
        try (Connection owner = TestDatabase.connect(database());
                PreparedStatement insert = owner.prepareStatement(
                        "INSERT INTO mortise.api_key (tenant_id, name, prefix, hash, permissions)"
                                + " VALUES (?, 'of a test', ?, sha256(convert_to(?, 'UTF8')), ?)")) {
            insert.setObject(1, tenant.value());
            insert.setString(2, key.substring(9, 17));
            insert.setString(3, key);
            insert.setArray(4, owner.createArrayOf("text", permissions.toArray()));
            insert.executeUpdate();
            return key;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns what can be done over HTTP, by plugin. */
    public Map<String, List<Operation>> operations() {
        return kernel.operations();
    }

    /** Calls an extension as the default tenant. */
    public <T extends NamedExtension, R extends @Nullable Object> R call(
            Class<T> point, String name, Function<? super T, ? extends R> call) {
        return kernel.call(point, name, call);
    }

    /** Sends a GET with the administrator's key. */
    public TestResponse get(String path) {
        return send(request(path).GET().build());
    }

    /** Sends a POST with a JSON body and the administrator's key. */
    public TestResponse post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    /** Begins a request with the administrator's key; {@link #send} sends it. */
    public HttpRequest.Builder request(String path) {
        return requestAs(ADMIN_KEY, path);
    }

    /** Begins a request with this key; {@link #send} sends it. */
    public HttpRequest.Builder requestAs(String key, String path) {
        return HttpRequest.newBuilder(url().resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + key);
    }

    /** Sends a request. */
    public TestResponse send(HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return TestResponse.of(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        kernel.close();
        if (ownsDatabase) {
            TestDatabase.discard(database());
        }
        if (ownFolder != null) {
            try {
                FolderTree.delete(ownFolder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
