package dev.mortise.kernel.setting;

import static dev.mortise.kernel.setting.SettingsBench.SERVER;
import static dev.mortise.kernel.setting.SettingsBench.TENANT;
import static dev.mortise.kernel.setting.SettingsBench.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.Kernel;
import dev.mortise.kernel.setting.SettingsBench.Answer;
import dev.mortise.kernel.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one database. */
@Tag("K4")
@Tag("K6")
@Timeout(120)
class SettingsNodesTest {
    private static final Duration SOON = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private SettingsBench bench;
    private Kernel here;
    private Kernel there;

    @BeforeEach
    void start() {
        bench = new SettingsBench(folder);
        Path jar = SettingsBench.mail("1.0.0").build(folder);
        here = bench.start("", jar);
        // It takes the plugin from the first.
        there = bench.start("");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aChangeIsSeenOnTheOtherNodeWithinTwoSeconds() {
        seen(there);
        // The first listening connection takes its time under load; what is measured is a change after it.
        bench.set(here, "{\"port\": 1}");
        SettingsBench.await(
                "the nodes listen", Duration.ofSeconds(20), () -> seen(there).contains("port=1"));

        for (int port = 100; port < 105; port++) {
            bench.set(here, "{\"port\": " + port + "}");
            String expected = "port=" + port;
            SettingsBench.await(expected + " there", SOON, () -> seen(there).contains(expected));
        }

        SettingsBench.await(
                "the watch there", SOON, () -> SettingsBench.watched(there).contains("port=104"));
    }

    @Test
    void aTenantsChangeIsSeenOnTheOtherNodeWithinTwoSeconds() {
        TenantId tenant = bench.newTenant("other");
        String key = bench.keyOf(tenant);
        assertThat(bench.sendAs(key, there, "GET", "/api/v1/mail/seen", "").status())
                .isEqualTo(200);
        bench.sendAs(key, here, "PATCH", TENANT, "{\"host\": \"first\"}");
        SettingsBench.await(
                "the nodes listen", Duration.ofSeconds(20), () -> ofTenant(key).contains("host=first"));

        bench.sendAs(key, here, "PATCH", TENANT, "{\"host\": \"second\"}");

        SettingsBench.await("host there", SOON, () -> ofTenant(key).contains("host=second"));
    }

    private String ofTenant(String key) {
        return bench.sendAs(key, there, "GET", "/api/v1/mail/seen", "").body().asString();
    }

    @Test
    void aTagOfOneNodeIsStaleOnTheOther() {
        String tag = bench.send(here, "GET", SERVER, "").tag();
        bench.send(there, "PUT", SERVER, "{\"port\": 1}", "If-Match", tag);

        Answer stale = bench.send(here, "PUT", SERVER, "{\"port\": 2}", "If-Match", tag);

        assertThat(stale.status()).isEqualTo(412);
    }

    @Test
    void aChangeWhileNobodyListensIsSeenAfterwards() {
        seen(there);
        bench.sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query = 'LISTEN mortise'"
                + " AND datname = current_database()");

        bench.set(here, "{\"port\": 77}");

        SettingsBench.await(
                "port there", Duration.ofSeconds(20), () -> seen(there).contains("port=77"));
    }

    @Test
    void whileTheDatabaseIsAwayWhatWasKnownHoldsAndAChangeIsRefused() throws SQLException {
        bench.set(here, "{\"port\": 55}");
        SettingsBench.await(
                "port there", Duration.ofSeconds(20), () -> seen(there).contains("port=55"));

        assertThat(seen(here)).as("the tenant has asked here before").contains("port=55");
        allowConnections(false);
        try {
            assertThat(seen(here)).contains("port=55");
            assertThat(seen(there)).contains("port=55");
            Answer refused = bench.set(here, "{\"port\": 56}");
            assertThat(refused.status()).isIn(503, 504);
            assertThat(seen(here)).contains("port=55");
        } finally {
            allowConnections(true);
        }

        SettingsBench.await(
                "the database is back",
                Duration.ofSeconds(30),
                () -> bench.set(here, "{\"port\": 57}").status() == 200);
        SettingsBench.await(
                "port there", Duration.ofSeconds(20), () -> seen(there).contains("port=57"));
    }

    /** Lets the servers' database take connections, or ends all it has and takes no more. */
    private void allowConnections(boolean allowed) throws SQLException {
        String name = bench.address().jdbcUrl().replaceFirst(".*/", "");
        try (Connection connection = TestDatabase.connect(TestDatabase.server().administrator());
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS " + allowed);
            if (!allowed) {
                statement.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
            }
        }
    }
}
