package dev.mortise.kernel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.admin.PluginState;
import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.testkit.CutWire;
import dev.mortise.kernel.testkit.PluginJar;
import dev.mortise.kernel.testkit.TestDatabase;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import dev.mortise.kernel.testkit.WorkPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose database is away, slow or full of connections says so, refuses clearly, and recovers by itself. */
@Tag("D2")
class DatabaseFaultTest {
    private static final String NODES = "/api/v1/kernel/nodes";

    private final DatabaseAddress direct = TestDatabase.fresh();
    private final CutWire wire = new CutWire(port(direct));

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        wire.close();
    }

    @Test
    void aLostDatabaseMakesTheServerNotReadyAndItsReturnMakesItReadyAgain() {
        try (TestKernel server = server()) {
            server.plugins().install(PluginJar.echo("echo", "1.0.0").build(folder));
            assertThat(ready(server).status()).isEqualTo(200);

            wire.cut();
            Eventually.holds("not ready", () -> ready(server).status() == 503);
            assertThat(ready(server).body().path("reasons").path("database").asString())
                    .contains("does not answer");
            TestResponse refused = server.get(NODES);
            assertThat(refused.status()).as(refused.text()).isEqualTo(503);
            assertThat(refused.body().path("code").asString()).isEqualTo("kernel.database-unavailable");
            assertThat(refused.body().path("remedy").asString()).isNotBlank();
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("2");
            assertThat(server.plugins().list())
                    .singleElement()
                    .satisfies(
                            each -> assertThat(each.state()).as("plugins go on").isEqualTo(PluginState.RUNNING));

            wire.mend();
            Eventually.holds("ready", () -> ready(server).status() == 200);
            assertThat(server.get(NODES).status()).isEqualTo(200);
        }
    }

    @Test
    void aSilentNetworkIsNoticedWithinSecondsToo() {
        try (TestKernel server = server()) {
            wire.silence();
            long began = System.nanoTime();
            Eventually.holds("not ready", () -> ready(server).status() == 503);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));

            wire.mend();
            Eventually.holds("ready", () -> ready(server).status() == 200);
            Eventually.holds("served", () -> server.get(NODES).status() == 200);
        }
    }

    @Test
    void aSlowDatabaseIsSlowAndNotLost() {
        try (TestKernel server = server()) {
            wire.slow(Duration.ofMillis(200));

            assertThat(server.get(NODES).status()).isEqualTo(200);
            assertThat(ready(server).status()).isEqualTo(200);
        }
    }

    @Test
    void aServerWithoutConnectionsLeftRefusesAndRecovers() throws SQLException {
        try (TestKernel server = server()) {
            String limit = "ALTER DATABASE " + database(direct) + " CONNECTION LIMIT ";
            try (Connection admin = TestDatabase.connect(TestDatabase.server().administrator());
                    Statement statement = admin.createStatement()) {
                statement.execute(limit + "0");
                statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                        + database(direct) + "'");

                Eventually.holds("not ready", () -> ready(server).status() == 503);
                assertThat(server.get(NODES).status()).isEqualTo(503);

                statement.execute(limit + "-1");
                Eventually.holds("ready", () -> ready(server).status() == 200);
                assertThat(server.get(NODES).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void workThatMeetsALostDatabaseIsDoneLaterAndTheTryIsNotCounted() throws IOException, SQLException {
        Path go = folder.resolve("go");
        try (TestKernel server = server("events: {lease: PT1S}")) {
            server.plugins().install(WorkPlugin.jar("1.0.0", folder));
            String until = "\"mode\":\"until\",\"file\":\"" + go + "\"";
            WorkPlugin.schedule(server, "{\"what\":\"job\"," + until + "}");
            WorkPlugin.publish(server, "{\"name\":\"work.news.x\",\"what\":\"event\"," + until + "}");
            Eventually.holds(
                    "both began", () -> WorkPlugin.effects(server).containsAll(List.of("job began", "event began")));

            wire.cut();
            Files.createFile(go);
            Eventually.holds("not ready", () -> ready(server).status() == 503);
            wire.mend();

            Eventually.holds("ready", () -> ready(server).status() == 200);
            Eventually.holds("both done", () -> WorkPlugin.effects(server).containsAll(List.of("job", "event")));
            assertThat(WorkPlugin.effects(server)).containsOnlyOnce("job", "event");
            assertThat(number("SELECT attempt FROM mortise.job")).isEqualTo(1);
            assertThat(number("SELECT max(attempt) FROM mortise.event_cursor")).isZero();
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection owner = TestDatabase.connect(direct);
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    private static TestResponse ready(TestKernel server) {
        return server.get("/health/ready");
    }

    private TestKernel server() {
        return server("");
    }

    private TestKernel server(String configuration) {
        DatabaseAddress wired = new DatabaseAddress(
                direct.jdbcUrl().replace(":" + port(direct) + "/", ":" + wire.port() + "/"),
                direct.ownerUser(),
                direct.ownerPassword());
        return TestKernel.node("wired", wired, folder.resolve("data"), configuration);
    }

    private static int port(DatabaseAddress address) {
        return Integer.parseInt(address.jdbcUrl().replaceFirst(".*:(\\d+)/.*", "$1"));
    }

    private static String database(DatabaseAddress address) {
        return address.jdbcUrl().replaceFirst(".*/", "");
    }
}
