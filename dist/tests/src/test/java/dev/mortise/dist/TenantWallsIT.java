package dev.mortise.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.store.DatabaseOptions;
import dev.mortise.kernel.store.SchemaCheck;
import dev.mortise.kernel.store.ServerRoleCheck;
import dev.mortise.kernel.testkit.TestDatabase;
import dev.mortise.kernel.testkit.TestKernel;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Walks every table, view and function of every schema of a server with all delivered plugins, and finds whatever would
 * not keep tenants apart. What is an exception stands here, with the reason.
 */
@Tag("T1")
class TenantWallsIT {
    private static final String SERVER = DatabaseOptions.defaults().serverRole();

    /** Exceptions to the rules. An entry that is no longer needed makes the test fail as well. */
    private static final Map<String, String> ALLOWED = Map.ofEntries(
            Map.entry("api_key.api_key_hash INDEX", "looked up before the tenant is known; 256 bits cannot be probed"),
            Map.entry("api_key.api_key_previous_hash INDEX", "the same, while a key is being rotated"),
            Map.entry("invitation.invitation_token INDEX", "the same for an invitation's token"),
            Map.entry("session.session_token INDEX", "the same for a session's token"),
            Map.entry("session.session_expiry INDEX", "finds what has expired, and is not unique"),
            Map.entry("refresh_token.refresh_token_hash INDEX", "the same for a refresh token"),
            Map.entry("find_api_key(key_hash bytea) DEFINER_FUNCTION", "the same: one key by its whole hash"),
            Map.entry("verify_api_key(key_hash bytea) DEFINER_FUNCTION", "the same: one key by its whole hash"),
            Map.entry("find_session(hash bytea, idle_seconds integer) DEFINER_FUNCTION", "one session by its hash"),
            Map.entry("find_invitation(hash bytea) DEFINER_FUNCTION", "one invitation by its hash"),
            Map.entry("find_refresh_token(token_hash bytea) DEFINER_FUNCTION", "one refresh token by its hash"),
            Map.entry("signing_key SHARED_TABLE", "of the server; sealed by the master key"),
            Map.entry("installation SHARED_TABLE", "names this installation"),
            Map.entry("has_api_key() DEFINER_FUNCTION", "tells the first start from others, and nothing else"),
            Map.entry(
                    "erase_rows_of_tenant(of_table oid, at_most integer) DEFINER_FUNCTION",
                    "the bound tenant's rows, and only when its erasure is due"),
            Map.entry("finish_erasure() DEFINER_FUNCTION", "the bound tenant, and only when its erasure is due"),
            Map.entry("forget_full_buckets() DEFINER_FUNCTION", "deletes what says nothing, and tells a number"),
            Map.entry("audit_tenants_pending() DEFINER_FUNCTION", "whose entries wait, and nothing of them"),
            Map.entry("search_audit(query text) DEFINER_FUNCTION", "the bound tenant's entries, by an index"),
            Map.entry("master_key SHARED_TABLE", "of the server; holds no key, only a check of it"),
            Map.entry("data_key SHARED_TABLE", "keys wrapped by the master key, re-wrapped all at once"),
            Map.entry("audit_key SHARED_TABLE", "keys that seal the chains of all tenants"),
            Map.entry("node SHARED_TABLE", "the servers of this database"),
            Map.entry("lease SHARED_TABLE", "which server leads what"),
            Map.entry("plugin_installation SHARED_TABLE", "what every node is to run, for all tenants"),
            Map.entry("plugin_jar SHARED_TABLE", "the plugins' files"),
            Map.entry("plugin_jar_chunk SHARED_TABLE", "their bytes"),
            Map.entry("plugin_adoption SHARED_TABLE", "whether the first node has told what it had"),
            Map.entry("node_plugin SHARED_TABLE", "what each node made of a plugin"),
            Map.entry(
                    "claim_deliveries(node text, offered text[], at_most integer, lease_time interval) DEFINER_FUNCTION",
                    "which lanes a node delivers, and nothing of an event"),
            Map.entry("count_queued_jobs() DEFINER_FUNCTION", "numbers for the meters"),
            Map.entry(
                    "drop_audit_segment(last_seq bigint, key uuid, signature bytea) DEFINER_FUNCTION",
                    "the bound tenant's, sealed, and not before 30 days"),
            Map.entry("due_repetitions() DEFINER_FUNCTION", "whose repetitions are due, and nothing of them"),
            Map.entry(
                    "fetch_jobs(node text, offered text[], at_most integer) DEFINER_FUNCTION",
                    "which jobs a node runs, each then in its tenant"),
            Map.entry("forget_idempotent_requests() DEFINER_FUNCTION", "deletes what is a day old, and tells a number"),
            Map.entry(
                    "mark_idempotent_effect(tenant uuid, caller text, request_key text, own_attempt uuid) DEFINER_FUNCTION",
                    "marks the request's own row from another schema's transaction"),
            Map.entry("number_events() DEFINER_FUNCTION", "numbers what is committed, in one order"),
            Map.entry("number_live() DEFINER_FUNCTION", "numbers what is committed, in one order"),
            Map.entry(
                    "read_live(after bigint, at_most integer) DEFINER_FUNCTION",
                    "a node shows each message to its tenant's watchers alone"),
            Map.entry("tenants_to_reseal() DEFINER_FUNCTION", "whose secrets have an old key, and nothing of them"),
            Map.entry(
                    "tenants_with_new_settings() DEFINER_FUNCTION", "whose settings to read anew, and nothing of them"),
            Map.entry(
                    "tend_events(held bigint[], names text[], topics jsonb, lease_time interval, keep interval) DEFINER_FUNCTION",
                    "upkeep for all tenants; tells numbers"),
            Map.entry(
                    "tend_jobs(node text, offered text[], lease interval, keep interval, most_lost integer) DEFINER_FUNCTION",
                    "upkeep for all tenants; tells numbers"),
            Map.entry("tend_live(keep interval) DEFINER_FUNCTION", "deletes what is old"),
            Map.entry("event.event_fresh INDEX", "numbers are given over all tenants"),
            Map.entry("event.event_published INDEX", "retention goes by age over all tenants"),
            Map.entry("idempotent_request.idempotent_request_age INDEX", "retention goes by age over all tenants"),
            Map.entry("job.job_ended INDEX", "retention goes by age over all tenants"),
            Map.entry("job_repetition.job_repetition_next INDEX", "what is due is looked for over all tenants"),
            Map.entry("live_message.live_message_fresh INDEX", "numbers are given over all tenants"),
            Map.entry("live_message.live_message_position INDEX", "read in one order over all tenants"),
            Map.entry("live_message.live_message_published INDEX", "retention goes by age over all tenants"),
            Map.entry("secret.secret_key INDEX", "old data keys are looked for over all tenants"),
            Map.entry("tenant_setting.tenant_setting_at INDEX", "changes are looked for over all tenants"),
            Map.entry("event_delivery SHARED_TABLE", "which node delivers which lane"),
            Map.entry("event_position SHARED_TABLE", "one number"),
            Map.entry("event_subscriber SHARED_TABLE", "which plugins subscribe, for all tenants"),
            Map.entry("job_offer SHARED_TABLE", "which node runs which kinds of job"),
            Map.entry("job_queue SHARED_TABLE", "when and where a job runs; what it is about stands in job"),
            Map.entry("live_position SHARED_TABLE", "one number"),
            Map.entry("server_setting SHARED_TABLE", "settings of the whole server, by its operator"),
            Map.entry("schema_level SHARED_TABLE", "which code may work with this schema"));

    /** Tables that all tenants share. Plugins' ones say why in their comment too; a reviewer reads this list. */
    private static final Set<String> SHARED = Set.of(
            "mortise.applied_migrations",
            "mortise.audit_key",
            "mortise.data_key",
            "mortise.event_delivery",
            "mortise.event_position",
            "mortise.event_subscriber",
            "mortise.job_offer",
            "mortise.job_queue",
            "mortise.live_position",
            "mortise.server_setting",
            "mortise.master_key",
            "mortise.installation",
            "mortise.lease",
            "mortise.node",
            "mortise.node_plugin",
            "mortise.plugin_adoption",
            "mortise.plugin_installation",
            "mortise.plugin_jar",
            "mortise.plugin_jar_chunk",
            "mortise.schema_level",
            "mortise.signing_key",
            "mortise.tenant",
            "mortise.tenant_erasure");

    private static TestKernel kernel;

    @BeforeAll
    static void installEverything() {
        kernel = TestKernel.start(DeliveredPlugins.jars().toArray(java.nio.file.Path[]::new));
    }

    @AfterAll
    static void stop() {
        kernel.close();
    }

    @Test
    void everyPluginIsLookedAt() throws SQLException {
        Set<String> schemas = Set.copyOf(schemas());

        assertThat(schemas).contains("mortise", "automatrix", "relaycore", "automotive");
        assertThat(DeliveredPlugins.jars()).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void nothingButTheKnownExceptionsBreaksARule() throws SQLException {
        assertThat(flaws())
                .containsExactlyInAnyOrderElementsOf(ALLOWED.keySet().stream()
                        .map(name -> "mortise: " + name)
                        .toList());
    }

    @Test
    void noTableIsSharedButThoseOnTheList() throws SQLException {
        assertThat(rows("""
                        SELECT n.nspname || '.' || c.relname
                          FROM pg_class c
                          JOIN pg_namespace n ON n.oid = c.relnamespace
                         WHERE c.relkind IN ('r', 'p')
                           AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
                           AND c.relname <> 'flyway_schema_history'
                           AND NOT EXISTS (SELECT FROM pg_attribute a
                                            WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)
                        """)).containsExactlyInAnyOrderElementsOf(SHARED);
    }

    @Test
    void theServersRoleCannotReadTheHistoryOfMigrations() throws SQLException {
        assertThat(rows("SELECT c.oid::regclass::text FROM pg_class c WHERE c.relname = 'flyway_schema_history'"
                        + " AND has_table_privilege('" + SERVER + "', c.oid, 'SELECT, INSERT, UPDATE, DELETE')"))
                .isEmpty();
    }

    @Test
    void theServersRoleHasNothingTooMuch() throws SQLException {
        try (Connection owner = TestDatabase.connect(kernel.database())) {
            assertThat(ServerRoleCheck.excess(owner, SERVER)).isEmpty();
        }
    }

    /** The walk itself: spoils something that is delivered, and must see it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER TABLE automatrix.run NO FORCE ROW LEVEL SECURITY | automatrix: run ROW_SECURITY",
                "ALTER TABLE automatrix.run DISABLE ROW LEVEL SECURITY | automatrix: run ROW_SECURITY",
                "ALTER TABLE mortise.api_key NO FORCE ROW LEVEL SECURITY | mortise: api_key ROW_SECURITY",
                "DROP POLICY mortise_tenant ON relaycore.usage | relaycore: usage POLICY",
                "ALTER POLICY mortise_tenant ON relaycore.usage USING (true) | relaycore: usage POLICY",
                "CREATE POLICY x ON automotive.decision USING (true) | automotive: decision.x SECOND_POLICY",
                "CREATE POLICY x ON mortise.api_key TO mortise_server USING (true) | mortise: api_key.x SECOND_POLICY",
                "ALTER TABLE automatrix.step DROP CONSTRAINT step_pkey | automatrix: step PRIMARY_KEY",
                "CREATE INDEX x ON automatrix.run (state) | automatrix: run.x INDEX",
                "ALTER TABLE automatrix.run DROP CONSTRAINT run_pkey, ALTER tenant_id DROP NOT NULL | automatrix: run TENANT_COLUMN",
                "CREATE TABLE automatrix.plain (id int) | automatrix: plain SHARED_TABLE",
                "CREATE VIEW automatrix.v AS SELECT * FROM automatrix.run | automatrix: v VIEW",
                "CREATE MATERIALIZED VIEW automatrix.m AS SELECT 1 AS x | automatrix: m UNPROTECTABLE",
                "CREATE FUNCTION automatrix.f() RETURNS int LANGUAGE sql RETURN 1 | automatrix: f() PUBLIC_FUNCTION",
                "CREATE FUNCTION mortise.f() RETURNS int LANGUAGE sql RETURN 1 | mortise: f() PUBLIC_FUNCTION",
                "GRANT SELECT ON mortise.tenant TO PUBLIC | mortise: tenant PUBLIC_TABLE",
                "GRANT TRUNCATE ON automatrix.run TO mortise_server | automatrix: run SERVER_TABLE_RIGHTS",
                "CREATE RULE x AS ON DELETE TO automatrix.run DO ALSO SELECT 1 | automatrix: run.x REWRITE_RULE"
            })
    void whatIsSpoiledIsFound(String spoil, String flaw) throws SQLException {
        try (Connection owner = TestDatabase.connect(kernel.database());
                Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            // No row goes through a policy meanwhile; only the catalogue is looked at.
            statement.execute(spoil);
            assertThat(flaws(owner)).contains(flaw);
            owner.rollback();
        }
    }

    private static List<String> flaws() throws SQLException {
        try (Connection owner = TestDatabase.connect(kernel.database())) {
            return flaws(owner);
        }
    }

    private static List<String> flaws(Connection owner) throws SQLException {
        List<String> found = new ArrayList<>();
        for (String schema : schemas()) {
            SchemaCheck.whole(SERVER).flaws(owner, schema).stream()
                    .map(flaw -> schema + ": " + flaw.object() + " " + flaw.rule())
                    .forEach(found::add);
        }
        return found;
    }

    private static List<String> schemas() throws SQLException {
        return rows("SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%'"
                + " AND nspname NOT IN ('information_schema', 'public')");
    }

    private static List<String> rows(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection owner = TestDatabase.connect(kernel.database());
                Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
