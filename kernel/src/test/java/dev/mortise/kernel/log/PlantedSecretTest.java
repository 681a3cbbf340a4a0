package dev.mortise.kernel.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.mortise.kernel.backup.Progress;
import dev.mortise.kernel.backup.ServerBackup;
import dev.mortise.kernel.config.ServerConfiguration;
import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.testkit.OtlpReceiver;
import dev.mortise.kernel.testkit.PluginJar;
import dev.mortise.kernel.testkit.TestDatabase;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import dev.mortise.kernel.testkit.WorkPlugin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Secrets are planted wherever they can be, and all that comes out of the server is searched for them. */
@Tag("K4")
@Timeout(120)
class PlantedSecretTest {
    private static final String KNOWN = "Correct horse battery staple 42";
    private static final String SHAPED = "sk-proj-0123456789abcdefghijABCDEFGHIJ";
    private static final String COOKIE = "8f14e45fceea167a5a36dedd4bea2543";

    @TempDir
    Path folder;

    private final Map<String, ByteArrayOutputStream> logs = new LinkedHashMap<>();
    private final List<OutputStreamAppender<ILoggingEvent>> appenders = new ArrayList<>();

    private Path leakingPlugin() {
        return PluginJar.of("leak", "1.0.0")
                .source("test.leak.LeakPlugin", PluginJar.mainClass("test.leak", "LeakPlugin", ""))
                .source("test.leak.Leak", """
                        package test.leak;
                        import dev.mortise.api.audit.*;
                        import dev.mortise.api.error.*;
                        import dev.mortise.api.http.*;
                        import dev.mortise.api.secret.*;
                        import jakarta.ws.rs.*;
                        import org.slf4j.*;
                        @org.pf4j.Extension
                        @Path("leaks")
                        public final class Leak implements HttpResource {
                            private static final Logger LOG = LoggerFactory.getLogger(Leak.class);
                            private final LeakPlugin plugin;
                            public Leak(LeakPlugin plugin) { this.plugin = plugin; }
                            @POST @Path("{way}") @RequiresPermission("leak.write")
                            public String leak(@PathParam("way") String way, String sent, @HeaderParam("Cookie") String cookie) {
                                SecretValue value = plugin.context().secrets().find("api-key").orElseThrow();
                                String secret = value.text();
                                LOG.error("printed {} and {}", value, plugin.context().secrets());
                                LOG.error("logged {} and {} with Cookie: {}", secret, sent, cookie);
                                LOG.error("thrown", new IllegalStateException("inner " + secret, new RuntimeException(sent)));
                                plugin.context().meters().counter("leaks", "key", secret, "other", sent).increment();
                                plugin.context().audit().record(AuditEntry.done("leak." + sent, "leak/" + secret).with("key", secret).with("sent", "is " + sent));
                                plugin.context().tracing().inSpan("leak " + secret, dev.mortise.api.trace.SpanKind.CLIENT, span -> span
                                        .put("key", secret).put("sent", sent).event("saw " + secret).failed("no " + sent));
                                plugin.context().jobs().schedule(dev.mortise.api.job.JobRequest.of("leak.job", "nothing"));
                                plugin.context().events().publish("leak.told", null, "nothing");
                                if (way.equals("unexpected")) { throw new IllegalStateException(secret + sent); }
                                if (way.equals("argument")) { throw new IllegalArgumentException("no " + secret + " and " + sent); }
                                throw new MortiseException(ApiError.CONFLICT, "refused " + secret + " and " + sent, "use " + sent + " not " + secret);
                            }
                        }
                        """)
                .source("test.leak.Job", handler("Job", "dev.mortise.api.job.JobHandler", "leak.job", """
                        @Override public void run(dev.mortise.api.job.JobRun run) {
                            run.progress(0.5, "half of " + secret() + " and %1$s");
                            throw refused();
                        }
                        """.formatted(
                                SHAPED)))
                .source("test.leak.Told", handler("Told", "dev.mortise.api.event.EventHandler", "leak.listener", """
                        @Override public java.util.Set<String> topics() { return java.util.Set.of("leak.*"); }
                        @Override public void handle(dev.mortise.api.event.Delivery delivery) { throw refused(); }
                        """))
                .build(folder);
    }

    private static String handler(String className, String type, String name, String body) {
        return """
                package test.leak;
                import dev.mortise.api.error.*;
                @org.pf4j.Extension
                public final class %s implements %s {
                    private final LeakPlugin plugin;
                    public %s(LeakPlugin plugin) { this.plugin = plugin; }
                    @Override public String name() { return "%s"; }
                    private String secret() { return plugin.context().secrets().find("api-key").orElseThrow().text(); }
                    private MortiseException refused() {
                        return new MortiseException(ApiError.INPUT_INVALID, "refused " + secret() + " and %s", "no " + secret());
                    }
                    %s
                }
                """.formatted(className, type, className, name, SHAPED, body);
    }

    /** Returns the manifest of a backup and what is in it, as text. */
    private String backup(DatabaseAddress database) throws IOException {
        String url = database.jdbcUrl()
                .replace(
                        "jdbc:postgresql://",
                        "postgresql://" + database.ownerUser() + ":"
                                + URLEncoder.encode(database.ownerPassword(), StandardCharsets.UTF_8) + "@");
        Map<String, String> environment = Map.of(
                "MORTISE_DATABASE_URL",
                url,
                "MORTISE_DATA",
                folder.resolve("data").toString());
        Path file = folder.resolve("backup");
        new ServerBackup(ServerConfiguration.read(null, environment::get), environment::get, Progress.NONE)
                .backup(file, "0.1.0", null, Optional.empty(), true);
        StringBuilder all = new StringBuilder();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
                all.append(entry.getName())
                        .append(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private void capture(String name, Encoder<ILoggingEvent> encoder) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        encoder.setContext(context);
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(out);
        appender.start();
        context.getLogger("ROOT").addAppender(appender);
        logs.put(name, out);
        appenders.add(appender);
    }

    @Test
    void noneComesOutAnywhere() throws Exception {
        DatabaseAddress database = TestDatabase.fresh();
        Logger own = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("dev.mortise");
        Level former = own.getLevel();
        Map<String, String> outputs = new LinkedHashMap<>();
        capture("log as text", new TextLineEncoder());
        capture("log as JSON", new JsonLineEncoder());
        own.setLevel(Level.TRACE);
        try (OtlpReceiver receiver = new OtlpReceiver();
                TestKernel kernel = TestKernel.node(
                        "one", database, folder.resolve("data"), "traces: {endpoint: \"" + receiver.url() + "\"}")) {
            kernel.plugins().install(leakingPlugin());
            assertThat(put(kernel).status()).isEqualTo(204);
            WorkPlugin.await(
                    "the listener subscribes",
                    () -> kernel.get("/api/v1/kernel/events/subscriptions")
                            .text()
                            .contains("leak.listener"));
            for (String way : List.of("refused", "unexpected", "argument")) {
                TestResponse answer = kernel.send(kernel.request("/api/v1/leak/leaks/" + way)
                        .header("Cookie", "session=" + COOKIE)
                        .POST(HttpRequest.BodyPublishers.ofString(SHAPED))
                        .build());
                assertThat(answer.status()).isGreaterThanOrEqualTo(400);
                outputs.put("problem " + way, answer.text() + answer.headers());
            }
            WorkPlugin.await(
                    "the jobs are dead",
                    () -> kernel.get("/api/v1/kernel/jobs?state=DEAD")
                                    .body()
                                    .path("items")
                                    .size()
                            == 3);
            WorkPlugin.await(
                    "the events are set aside",
                    () -> kernel.get("/api/v1/kernel/events/parked")
                                    .body()
                                    .path("items")
                                    .size()
                            == 3);
            for (String path : List.of(
                    "/metrics",
                    "/health/live",
                    "/health/ready",
                    "/api/explorer",
                    "/api/v1/openapi.json",
                    "/api/v1/openapi.yaml",
                    "/api/v1/kernel/jobs",
                    "/api/v1/kernel/events/subscriptions",
                    "/api/v1/kernel/events/parked",
                    "/api/v1/kernel/nodes",
                    "/api/v1/kernel/plugins/leak/secrets",
                    "/api/v1/kernel/audit?limit=500",
                    "/api/v1/kernel/audit/export",
                    "/api/v1/kernel/audit/export?format=csv",
                    "/api/v1/kernel/plugins",
                    "/api/v1/kernel/info")) {
                outputs.put(path, kernel.get(path).text());
            }
            receiver.await(span -> span.getName().equals("process leak.told"));
            WorkPlugin.await(
                    "all spans of the plugin",
                    () -> receiver.spans().stream()
                                    .filter(span -> span.getName().equals("leak [secret]"))
                                    .count()
                            == 3);
            outputs.put("traces", receiver.batches().toString());
        } finally {
            own.setLevel(former);
            appenders.forEach(((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("ROOT")::detachAppender);
        }
        logs.forEach((name, out) -> outputs.put(name, out.toString(StandardCharsets.UTF_8)));
        outputs.put("database", allRows(database));
        outputs.put("backup", backup(database));

        assertThat(outputs.get("log as text")).contains("logged [secret]");
        assertThat(outputs.get("/metrics")).contains("leaks_total");
        assertThat(outputs.get("database")).contains("kernel.secret.set");
        assertThat(outputs.get("/api/v1/kernel/jobs")).contains("refused [secret] and [secret]");
        assertThat(outputs.get("/api/v1/kernel/events/parked")).contains("refused [secret] and [secret]");
        assertThat(outputs.get("traces")).contains("saw [secret]");
        assertThat(outputs.get("/api/v1/openapi.json")).contains("/api/v1/leak/leaks/{way}");
        assertThat(outputs.get("backup")).contains("kernel.secret.set", "manifest.json");
        outputs.forEach((where, text) -> assertThat(text)
                .as(where)
                .doesNotContain(KNOWN)
                .doesNotContain(SHAPED)
                .doesNotContain(COOKIE)
                .doesNotContain("test-administrator-key"));
    }

    private static TestResponse put(TestKernel kernel) {
        return kernel.send(kernel.request("/api/v1/kernel/plugins/leak/secrets/api-key")
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"value\": \"" + KNOWN + "\"}"))
                .build());
    }

    private static String allRows(DatabaseAddress database) throws SQLException {
        StringBuilder all = new StringBuilder();
        try (Connection owner = TestDatabase.connect(database);
                Statement statement = owner.createStatement()) {
            List<String> tables = new ArrayList<>();
            String tenant;
            try (ResultSet rows = statement.executeQuery("SELECT id FROM mortise.tenant LIMIT 1")) {
                rows.next();
                tenant = rows.getString(1);
            }
            statement.execute("SELECT set_config('mortise.tenant', '" + tenant + "', false)");
            try (ResultSet rows = statement.executeQuery(
                    "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT LIKE 'pg!_%' ESCAPE '!'"
                            + " AND schemaname <> 'information_schema'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("SELECT t::text FROM " + table + " t")) {
                    while (rows.next()) {
                        all.append(rows.getString(1)).append('\n');
                    }
                }
            }
        }
        return all.toString();
    }
}
