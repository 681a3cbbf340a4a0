package dev.mortise.kernel.setting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.workflow.NodeCall;
import dev.mortise.api.workflow.NodeType;
import dev.mortise.kernel.Kernel;
import dev.mortise.kernel.KernelOptions;
import dev.mortise.kernel.identity.IdentityOptions;
import dev.mortise.kernel.lifecycle.LifecycleOptions;
import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.testkit.PluginJar;
import dev.mortise.kernel.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Servers on one database, and a plugin named {@code mail} that tells what it sees. */
final class SettingsBench implements AutoCloseable {
    static final String SERVER = "/api/v1/kernel/plugins/mail/settings";
    static final String TENANT = "/api/v1/kernel/tenant/settings/mail";
    static final String KEY = "test-administrator-key-0123456789abcdef";

    private final DatabaseAddress address = TestDatabase.fresh();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Kernel> kernels = new ArrayList<>();
    private final Path folder;

    SettingsBench(Path folder) {
        this.folder = folder;
    }

    /** An answer. */
    record Answer(int status, JsonNode body, String tag) {}

    DatabaseAddress address() {
        return address;
    }

    Kernel start(String configuration, Path... jars) {
        try {
            Path data = Files.createTempDirectory(folder, "node-");
            Path file = Files.writeString(data.resolve("mortise.yaml"), configuration);
            Map<String, String> environment = new HashMap<>();
            environment.put("MORTISE_DATA", data.resolve("data").toString());
            environment.put("MORTISE_PORT", "0");
            environment.put("MORTISE_ADMIN_KEY", KEY);
            environment.put("MORTISE_MASTER_KEY", "dGVzdC1tYXN0ZXIta2V5LW9mLTMyLWJ5dGVzLWxvbmc=");
            environment.put("MORTISE_DATABASE_URL", url());
            environment.put("MORTISE_NODE_NAME", "node-" + kernels.size());
            environment.put("MAIL_PORT", "2525");
            LifecycleOptions lifecycle =
                    new LifecycleOptions(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ZERO);
            Kernel kernel = Kernel.start(new KernelOptions(
                    file, environment::get, InstantSource.system(), lifecycle, IdentityOptions.standard()));
            kernels.add(kernel);
            for (Path jar : jars) {
                kernel.plugins().install(jar);
            }
            return kernel;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String url() {
        String credentials =
                address.ownerUser() + ":" + URLEncoder.encode(address.ownerPassword(), StandardCharsets.UTF_8);
        return address.jdbcUrl().replace("jdbc:postgresql://", "postgresql://" + credentials + "@");
    }

    /** Returns a key of another tenant, with every permission or with those given. */
    String keyOf(TenantId tenant, String... permissions) {
        String key = "mk_" + UUID.randomUUID() + UUID.randomUUID();
        String granted = permissions.length == 0 ? "*" : String.join(",", permissions);
        sql("INSERT INTO mortise.api_key (tenant_id, name, prefix, hash, permissions) VALUES ('" + tenant
                + "', 'test', 'test', sha256(convert_to('" + key + "', 'UTF8')), string_to_array('" + granted
                + "', ',')) RETURNING id");
        return key;
    }

    TenantId newTenant(String name) {
        return new TenantId(
                UUID.fromString(sql("INSERT INTO mortise.tenant (name) VALUES ('" + name + "') RETURNING id")));
    }

    /** Runs a statement as the owner and returns the first value. */
    String sql(String statement) {
        try (Connection connection = TestDatabase.connect(address);
                Statement open = connection.createStatement();
                ResultSet rows = open.executeQuery(statement)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    Answer send(Kernel kernel, String method, String path, String body, String... headers) {
        return sendAs(KEY, kernel, method, path, body, headers);
    }

    Answer sendAs(String key, Kernel kernel, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(kernel.url().resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            JsonNode json = response.body().startsWith("{")
                    ? JsonMapper.shared().readTree(response.body())
                    : JsonNodeFactory.instance.stringNode(response.body());
            return new Answer(
                    response.statusCode(),
                    json,
                    response.headers().firstValue("ETag").orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Changes values for the whole server. */
    Answer set(Kernel kernel, String patch) {
        return send(kernel, "PATCH", SERVER, patch);
    }

    /** Returns what the plugin sees for the default tenant. */
    static String seen(Kernel kernel) {
        return told(kernel, "mail.now");
    }

    /** Returns what the plugin's watch was told, one text a call. */
    static String watched(Kernel kernel) {
        return told(kernel, "mail.watched");
    }

    private static String told(Kernel kernel, String node) {
        return kernel.call(
                NodeType.class,
                node,
                type -> type.execute(new NodeCall(
                                UUID.randomUUID(), "step", 1, "key", JsonNodeFactory.instance.objectNode()))
                        .asString());
    }

    static void await(String what, Duration limit, Supplier<Boolean> condition) {
        Instant deadline = Instant.now().plus(limit);
        while (!condition.get()) {
            assertThat(Instant.now()).as(what).isBefore(deadline);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    /** Returns the plugin whose settings are this record. */
    static PluginJar mail(String version, String record) {
        return PluginJar.of("mail", version)
                .source(
                        "test.mail.MailSettings",
                        "package test.mail;\nimport dev.mortise.api.settings.Setting;\n" + "import java.util.*;\n"
                                + record)
                .source("test.mail.MailPlugin", PluginJar.mainClass("test.mail", "MailPlugin", """
                        final java.util.List<String> watched = new java.util.concurrent.CopyOnWriteArrayList<>();
                        @Override public void start() {
                            context().settings().as(MailSettings.class);
                            context().settings().watch(MailSettings.class, now -> watched.add(now.toString()));
                        }
                        """))
                .source("test.mail.Now", PluginJar.node("test.mail", "Now", "MailPlugin", "mail.now", """
                        return StringNode.valueOf(plugin.context().settings().as(MailSettings.class).toString());
                        """))
                .source("test.mail.Watched", PluginJar.node("test.mail", "Watched", "MailPlugin", "mail.watched", """
                        return StringNode.valueOf(String.join("\\n", plugin.watched));
                        """))
                .source("test.mail.Seen", """
                        package test.mail;
                        import dev.mortise.api.http.*;
                        import jakarta.ws.rs.*;
                        @org.pf4j.Extension @Path("seen")
                        public final class Seen implements HttpResource {
                            private final MailPlugin plugin;
                            public Seen(MailPlugin plugin) { this.plugin = plugin; }
                            @GET @RequiresPermission("mail.seen.read")
                            public String seen() {
                                return plugin.context().settings().as(MailSettings.class).toString();
                            }
                        }
                        """);
    }

    /** Returns the plugin with settings of all kinds. */
    static PluginJar mail(String version) {
        return mail(version, """
                public record MailSettings(
                        @Setting(value = "The host.", max = 60, pattern = "^[^ ]*$", tenant = true) String host,
                        @Setting(value = "The port.", min = 1, max = 65535) Integer port,
                        @Setting(value = "How sure.", min = 0, max = 1) Double ratio,
                        boolean loud,
                        java.time.Duration timeout,
                        @Setting(value = "The password.", secret = true) String password,
                        @Setting(value = "Relays.", max = 3) List<Relay> relays,
                        Map<String, String> headers) {
                    public record Relay(
                            @Setting("Its name.") String name,
                            @Setting(value = "Its key.", secret = true) String key) {}
                    public MailSettings {
                        relays = relays == null ? List.of() : List.copyOf(relays);
                        if (relays.stream().map(Relay::name).distinct().count() < relays.size()) {
                            throw new IllegalArgumentException("two relays have the same name");
                        }
                    }
                }
                """);
    }

    @Override
    public void close() {
        client.close();
        kernels.reversed().forEach(Kernel::close);
    }
}
