package dev.mortise.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.plugin.PluginInfo;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A plugin's migrations, those that succeed and those that do not. */
@Tag("K4")
@Timeout(60)
class MigrationTest {
    private static final MigrationScript V2 =
            new MigrationScript("V2__colour.sql", "ALTER TABLE note ADD COLUMN colour text NOT NULL DEFAULT 'white';");
    private static final String STATE = """
            SELECT string_agg(format('%s.%s.%s', table_schema, table_name, column_name), ' ' ORDER BY 1)
              FROM (SELECT * FROM information_schema.columns ORDER BY table_schema, table_name, column_name) c
             WHERE table_schema NOT IN ('pg_catalog', 'information_schema')
            """;
    private static final String HISTORY =
            "SELECT string_agg(version || ':' || success, ' ' ORDER BY installed_rank) FROM note_plugin.flyway_schema_history";

    private static final MigrationScript INDEX = new MigrationScript("V2__index.sql", """
            -- mortise: outside of a transaction
            CREATE INDEX CONCURRENTLY IF NOT EXISTS note_by_title ON note (tenant_id, title);
            """);
    private static final MigrationScript AFTER =
            new MigrationScript("V3__after.sql", "ALTER TABLE note ADD COLUMN colour text;");
    private static final String BUILDS =
            " WHERE state = 'active' AND query LIKE '%CREATE INDEX CONC%' AND pid <> pg_backend_pid()";
    private static final String VALID = """
            SELECT min(indisvalid::text) FROM pg_index WHERE indexrelid = to_regclass('note_plugin.note_by_title')
            """;

    private final NotePlugin plugin = new NotePlugin();

    @AfterEach
    void close() {
        plugin.close();
    }

    @Test
    void aFailedMigrationLeavesSchemaAndHistoryAsTheyWere() throws SQLException {
        String state = ask(STATE);
        MigrationScript broken =
                new MigrationScript("V3__broken.sql", "CREATE TABLE half (id int);\n\nALTER TABLE no_such ADD x int;");

        assertThatThrownBy(() -> plugin.open("3.0.0", NotePlugin.V1, V2, broken).migrate())
                .isInstanceOfSatisfying(MortiseException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(KernelError.MIGRATION_FAILED);
                    assertThat(e)
                            .hasMessageContaining("V3__broken.sql")
                            .hasMessageContaining("line 3")
                            .hasMessageContaining("relation \"no_such\" does not exist");
                });

        assertThat(ask(STATE)).isEqualTo(state);
        assertThat(ask(HISTORY)).isEqualTo("1:true");
        assertThat(plugin.alice.call(() -> plugin.add("still works"))).isNotNull();
    }

    @Test
    void aFirstMigrationThatFailsLeavesNoSchema() throws SQLException {
        PluginStore other = plugin.database
                .pluginStores()
                .open(
                        new PluginInfo("other", "1.0.0"),
                        MigrationTest.class.getClassLoader(),
                        plugin.json,
                        List.of(new MigrationScript("V1__broken.sql", "CREATE TABLE t (id int); SELEC 1;")));

        assertThatThrownBy(other::migrate).isInstanceOf(MortiseException.class);

        assertThat(ask("SELECT count(*) FROM pg_namespace WHERE nspname = 'other'"))
                .isEqualTo("0");
    }

    @Test
    void anOlderVersionRunsAfterANewerOneMigrated() throws SQLException {
        plugin.open("2.0.0", NotePlugin.V1, V2).migrate();

        PluginStore older = plugin.open("1.0.0", NotePlugin.V1);
        older.migrate();

        assertThat(plugin.alice.call(() -> older.read(NoteMapper.class, NoteMapper::count)))
                .isZero();
        assertThat(ask(HISTORY)).isEqualTo("1:true 2:true");
    }

    @Test
    void aMigrationThatWasChangedAfterItRanIsRefused() {
        MigrationScript changed =
                new MigrationScript("V1__notes.sql", NotePlugin.V1.content() + "\n-- a second thought\nSELECT 1;");

        refused("checksum mismatch for migration version 1", plugin.open("1.0.1", changed));
    }

    @Test
    void aTableWithTenantsAndNoProtectionIsRefused() throws SQLException {
        MigrationScript open = new MigrationScript("V2__open.sql", "CREATE TABLE leaky (tenant_id uuid PRIMARY KEY);");

        assertThatThrownBy(() -> plugin.open("2.0.0", NotePlugin.V1, open).migrate())
                .isInstanceOfSatisfying(MortiseException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(KernelError.PLUGIN_SCHEMA);
                    assertThat(e.describe()).contains("leaky has a tenant_id and no protection");
                });
        assertThat(ask("SELECT to_regclass('note_plugin.leaky')")).isNull();
    }

    @Test
    void aBadlyNamedMigrationIsRefused() {
        refused("notes.sql", plugin.open("1.0.0", new MigrationScript("notes.sql", "SELECT 1;")));
    }

    @Test
    void twoNodesThatMigrateAtOnceDoItOnce() throws Exception {
        CompletableFuture<Void> one = CompletableFuture.runAsync(
                () -> plugin.open("2.0.0", NotePlugin.V1, V2).migrate());
        CompletableFuture<Void> other = CompletableFuture.runAsync(
                () -> plugin.open("2.0.0", NotePlugin.V1, V2).migrate());
        CompletableFuture.allOf(one, other).get(30, TimeUnit.SECONDS);

        assertThat(ask(HISTORY)).isEqualTo("1:true 2:true");
    }

    @Test
    void dollarAndBraceAreOrdinaryText() {
        MigrationScript text = new MigrationScript(
                "V2__text.sql", "ALTER TABLE note ADD COLUMN x text DEFAULT '${not.a.placeholder}';");

        plugin.open("2.0.0", NotePlugin.V1, text).migrate();
    }

    @Test
    void aMigrationThatTakesSomethingAwayIsRefusedBeforeItRuns() throws SQLException {
        MigrationScript contract = new MigrationScript("V2__less.sql", "\nALTER TABLE note DROP COLUMN urgency;");

        assertThatThrownBy(() -> plugin.open("2.0.0", NotePlugin.V1, contract).migrate())
                .isInstanceOfSatisfying(MortiseException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(KernelError.MIGRATION_UNSAFE);
                    assertThat(e.describe()).contains("V2__less.sql line 2").contains("-- contract: safe since");
                });
        assertThat(ask(HISTORY)).isEqualTo("1:true");
    }

    @Test
    void anIndexIsBuiltOutsideOfATransactionWhileOthersWrite() throws SQLException {
        try (Connection writer = TestDatabase.connect(plugin.address);
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("LOCK TABLE note_plugin.note IN ROW EXCLUSIVE MODE");
            CompletableFuture<Void> migration = CompletableFuture.runAsync(
                    () -> plugin.open("2.0.0", NotePlugin.V1, INDEX, AFTER).migrate());
            awaitAnswer("1", "SELECT count(*) FROM pg_stat_activity" + BUILDS);
            assertThat(plugin.alice.call(() -> plugin.add("in between"))).isNotNull();
            writer.rollback();
            migration.join();
        }

        assertThat(ask(VALID)).isEqualTo("true");
        assertThat(ask(HISTORY)).isEqualTo("1:true 2:true 3:true");
    }

    @Test
    void twoNodesBuildAnIndexOnce() throws Exception {
        CompletableFuture<Void> one = CompletableFuture.runAsync(
                () -> plugin.open("2.0.0", NotePlugin.V1, INDEX).migrate());
        CompletableFuture<Void> other = CompletableFuture.runAsync(
                () -> plugin.open("2.0.0", NotePlugin.V1, INDEX).migrate());
        CompletableFuture.allOf(one, other).get(30, TimeUnit.SECONDS);

        assertThat(ask(HISTORY)).isEqualTo("1:true 2:true");
    }

    @Test
    void anIndexThatACrashLeftHalfBuiltIsBuiltAgain() throws Exception {
        try (Connection holder = TestDatabase.connect(plugin.address);
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE note_plugin.note IN ROW EXCLUSIVE MODE");
            CompletableFuture<Void> migration = CompletableFuture.runAsync(
                    () -> plugin.open("2.0.0", NotePlugin.V1, INDEX).migrate());
            awaitAnswer("false", VALID);
            ask("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity" + BUILDS);
            assertThatThrownBy(migration::join).hasCauseInstanceOf(MortiseException.class);
            holder.rollback();
        }
        assertThat(ask(VALID)).isEqualTo("false");

        plugin.open("2.0.0", NotePlugin.V1, INDEX).migrate();

        assertThat(ask(VALID)).isEqualTo("true");
        assertThat(ask(HISTORY)).isEqualTo("1:true 2:true");
    }

    @Test
    void aTableInUseIsAskedForAgainAndNotWaitedFor() throws SQLException {
        MigrationPatience brief = new MigrationPatience(
                Duration.ofMillis(100), Duration.ofSeconds(1), 50, Duration.ofMillis(1), Duration.ofMinutes(1));
        Migrations migrations = new Migrations(
                TestDatabase.source(plugin.address), DatabaseOptions.defaults().serverRole(), brief);
        try (Connection holder = TestDatabase.connect(plugin.address);
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE note_plugin.note IN ACCESS SHARE MODE");
            CompletableFuture<Boolean> migration =
                    CompletableFuture.supplyAsync(() -> migrations.run("note_plugin", List.of(NotePlugin.V1, V2), ""));
            awaitAnswer("1", "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
            assertThat(plugin.alice.call(() -> plugin.add("gets through"))).isNotNull();
            assertThat(migration).isNotDone();
            holder.rollback();
            assertThat(migration.join()).isTrue();
        }
    }

    @Test
    void aTableThatStaysInUseEndsTheMigrationWithThatReason() throws SQLException {
        MigrationPatience brief = new MigrationPatience(
                Duration.ofMillis(50), Duration.ofSeconds(1), 2, Duration.ofMillis(1), Duration.ofMinutes(1));
        Migrations migrations = new Migrations(
                TestDatabase.source(plugin.address), DatabaseOptions.defaults().serverRole(), brief);
        try (Connection holder = TestDatabase.connect(plugin.address);
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE note_plugin.note IN ACCESS SHARE MODE");

            assertThatThrownBy(() -> migrations.run("note_plugin", List.of(NotePlugin.V1, V2), ""))
                    .isInstanceOfSatisfying(
                            MortiseException.class,
                            e -> assertThat(e.describe())
                                    .contains("V2__colour.sql")
                                    .contains("lock timeout")
                                    .contains("tried 2 times")
                                    .contains("pg_stat_activity"));
        }
        assertThat(ask(HISTORY)).isEqualTo("1:true");
    }

    private void awaitAnswer(String answer, String sql) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!answer.equals(ask(sql))) {
            assertThat(System.nanoTime()).as(sql).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static void refused(String words, PluginStore store) {
        assertThatThrownBy(store::migrate).isInstanceOfSatisfying(MortiseException.class, e -> {
            assertThat(e.errorCode()).isEqualTo(KernelError.MIGRATION_FAILED);
            assertThat(e.describe()).contains(words);
        });
    }

    private @org.jspecify.annotations.Nullable String ask(String sql) throws SQLException {
        try (Connection owner = TestDatabase.connect(plugin.address);
                Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
