package dev.mortise.kernel.store;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.migration.MigrationFinding;
import dev.mortise.kernel.migration.MigrationRules;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Brings one schema to the state that a list of migrations describes, as the owner. All of them run in one transaction,
 * and a failure leaves schema and history as they were; only files that ask to be run outside of a transaction cut the
 * list into several. A set that is known to be applied is not looked at again.
 */
final class Migrations {
    private static final String KERNEL = "mortise";

    private final DataSource owner;
    private final String serverRole;
    private final MigrationPatience patience;

    Migrations(DataSource owner, String serverRole, MigrationPatience patience) {
        this.owner = owner;
        this.serverRole = serverRole;
        this.patience = patience;
    }

    /**
     * Migrates a schema and gives the server's role its rights on it.
     *
     * @return whether there was anything to do
     */
    boolean run(String schema, List<MigrationScript> scripts, String grants) {
        byte[] fingerprint = fingerprint(scripts, grants);
        try (Connection connection = owner.getConnection()) {
            if (isApplied(connection, schema, fingerprint)) {
                return false;
            }
            if (!schema.equals(KERNEL)) {
                refuseUnsafe(schema, scripts);
            }
            // One node migrates a schema at a time; the lock ends with the connection.
            MigrationLock.take(connection, patience);
            if (isApplied(connection, schema, fingerprint)) {
                return false;
            }
            boolean isNew = !schemaExists(connection, schema);
            if (isNew) {
                execute(connection, "CREATE SCHEMA " + quoted(schema));
            }
            try {
                grantBeforehand(connection, schema);
                new FlywayRun(owner, schema, scripts, patience, SchemaCheck.whileMigrating(serverRole, schema))
                        .migrate();
                execute(connection, grants);
                if (!schema.equals(KERNEL)) {
                    SchemaCheck.whole(serverRole).require(connection, schema);
                }
                remember(connection, schema, fingerprint);
            } catch (SQLException | RuntimeException failure) {
                if (isNew) {
                    execute(connection, "DROP SCHEMA " + quoted(schema) + " CASCADE");
                }
                throw failure;
            }
            return true;
        } catch (SQLException e) {
            throw SqlFailure.of(e, "Migration of schema " + schema);
        }
    }

    private static void refuseUnsafe(String schema, List<MigrationScript> scripts) {
        Map<String, String> files = new LinkedHashMap<>();
        scripts.forEach(script -> files.put(script.fileName(), script.content()));
        List<MigrationFinding> findings = MigrationRules.check(files);
        if (!findings.isEmpty()) {
            throw new MortiseException(
                    KernelError.MIGRATION_UNSAFE,
                    "Migrations of schema " + schema + " are not safe while others work: "
                            + findings.stream().map(MigrationFinding::toString).collect(Collectors.joining("; ")),
                    findings.stream().map(MigrationFinding::remedy).distinct().collect(Collectors.joining("; ")));
        }
    }

    /**
     * Gives the server's role its rights on whatever the owner makes in a plugin's schema from now on: a table that a
     * migration replaces must not be out of reach of the version that still runs.
     */
    private void grantBeforehand(Connection connection, String schema) throws SQLException {
        if (schema.equals(KERNEL)) {
            return;
        }
        execute(connection, """
                ALTER DEFAULT PRIVILEGES IN SCHEMA %1$s GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %2$s;
                ALTER DEFAULT PRIVILEGES IN SCHEMA %1$s GRANT USAGE ON SEQUENCES TO %2$s;
                """.formatted(quoted(schema), quoted(serverRole)));
    }

    /** Returns the rights that the server's role has in a plugin's schema; Flyway's own table stays the owner's. */
    String pluginGrants(String schema) {
        return """
                GRANT USAGE ON SCHEMA %1$s TO %2$s;
                GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %1$s TO %2$s;
                GRANT USAGE ON ALL SEQUENCES IN SCHEMA %1$s TO %2$s;
                REVOKE ALL ON ALL ROUTINES IN SCHEMA %1$s FROM PUBLIC;
                GRANT EXECUTE ON ALL ROUTINES IN SCHEMA %1$s TO %2$s;
                REVOKE ALL ON %1$s.flyway_schema_history FROM %2$s;
                """.formatted(quoted(schema), quoted(serverRole));
    }

    /** Returns the rights that the server's role has on the kernel's tables. */
    String kernelGrants() {
        return """
                GRANT USAGE ON SCHEMA mortise TO %1$s;
                REVOKE ALL ON ALL ROUTINES IN SCHEMA mortise FROM PUBLIC;
                GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA mortise TO %1$s;
                GRANT SELECT, INSERT, UPDATE ON mortise.tenant, mortise.api_key TO %1$s;
                GRANT EXECUTE ON FUNCTION mortise.find_api_key(bytea), mortise.has_api_key() TO %1$s;
                GRANT SELECT, INSERT, UPDATE, DELETE ON mortise.job, mortise.job_repetition, mortise.job_queue TO %1$s;
                GRANT SELECT ON mortise.job_offer TO %1$s;
                GRANT EXECUTE ON FUNCTION mortise.fetch_jobs(text, text[], integer),
                    mortise.tend_jobs(text, text[], interval, interval, integer), mortise.due_repetitions(),
                    mortise.count_queued_jobs() TO %1$s;
                GRANT SELECT, INSERT, UPDATE, DELETE ON mortise.event, mortise.event_cursor, mortise.event_parked,
                    mortise.event_delivery TO %1$s;
                GRANT SELECT ON mortise.event_position, mortise.event_subscriber TO %1$s;
                GRANT EXECUTE ON FUNCTION mortise.number_events(),
                    mortise.claim_deliveries(text, text[], integer, interval),
                    mortise.tend_events(bigint[], text[], jsonb, interval, interval) TO %1$s;
                GRANT SELECT, INSERT ON mortise.live_message TO %1$s;
                GRANT SELECT ON mortise.live_topic TO %1$s;
                GRANT EXECUTE ON FUNCTION mortise.number_live(), mortise.read_live(bigint, integer),
                    mortise.tend_live(interval) TO %1$s;
                GRANT SELECT, INSERT, UPDATE, DELETE ON mortise.tenant_erasure TO %1$s;
                GRANT SELECT, INSERT, UPDATE ON mortise.limit_bucket TO %1$s;
                GRANT SELECT, INSERT, DELETE ON mortise.limit_override TO %1$s;
                GRANT SELECT, INSERT, UPDATE, DELETE ON mortise.identity_policy, mortise.own_role, mortise.user_account,
                    mortise.service_account, mortise.invitation, mortise.session, mortise.sign_in_attempt,
                    mortise.token_family, mortise.refresh_token, mortise.second_factor, mortise.recovery_code TO %1$s;
                GRANT SELECT, INSERT ON mortise.signing_key TO %1$s;
                GRANT SELECT ON mortise.installation TO %1$s;
                GRANT EXECUTE ON FUNCTION mortise.permissions_of_own_roles(uuid, text[]),
                    mortise.verify_api_key(bytea), mortise.find_session(bytea, integer),
                    mortise.find_invitation(bytea), mortise.find_refresh_token(bytea) TO %1$s;
                GRANT SELECT, INSERT, UPDATE, DELETE ON mortise.node, mortise.lease, mortise.plugin_jar,
                      mortise.plugin_jar_chunk, mortise.plugin_installation, mortise.node_plugin TO %1$s;
                GRANT SELECT, INSERT ON mortise.plugin_adoption TO %1$s;
                GRANT USAGE ON SEQUENCE mortise.plugin_generation TO %1$s;
                GRANT SELECT, INSERT, UPDATE ON mortise.master_key, mortise.data_key TO %1$s;
                GRANT SELECT, INSERT, DELETE ON mortise.audit_pending TO %1$s;
                REVOKE ALL ON mortise.audit_entry, mortise.audit_checkpoint FROM %1$s;
                GRANT SELECT, INSERT ON mortise.audit_entry, mortise.audit_checkpoint, mortise.audit_key TO %1$s;
                GRANT EXECUTE ON FUNCTION mortise.audit_tenants_pending(), mortise.search_audit(text) TO %1$s;
                REVOKE ALL ON mortise.audit_segment FROM %1$s;
                GRANT SELECT ON mortise.audit_segment TO %1$s;
                GRANT SELECT, INSERT, UPDATE, DELETE ON mortise.secret TO %1$s;
                GRANT EXECUTE ON FUNCTION mortise.tenants_to_reseal() TO %1$s;
                GRANT EXECUTE ON FUNCTION mortise.drop_audit_segment(bigint, uuid, bytea) TO %1$s;
                GRANT SELECT, INSERT, DELETE ON mortise.server_setting, mortise.tenant_setting TO %1$s;
                GRANT EXECUTE ON FUNCTION mortise.tenants_with_new_settings() TO %1$s;
                GRANT SELECT, INSERT, UPDATE, DELETE ON mortise.idempotent_request TO %1$s;
                GRANT EXECUTE ON FUNCTION mortise.mark_idempotent_effect(uuid, text, text, uuid),
                      mortise.forget_idempotent_requests() TO %1$s;
                """.formatted(quoted(serverRole));
    }

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    private static boolean isApplied(Connection connection, String schema, byte[] fingerprint) throws SQLException {
        if (!isBegun(connection) || !schemaExists(connection, schema)) {
            return false;
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT FROM mortise.applied_migrations WHERE schema_name = ? AND fingerprint = ?")) {
            statement.setString(1, schema);
            statement.setBytes(2, fingerprint);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** The kernel's schema is there before its tables are, for whoever looks while another node makes them. */
    private static boolean isBegun(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT to_regclass('mortise.applied_migrations') IS NOT NULL")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static boolean schemaExists(Connection connection, String schema) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT FROM pg_namespace WHERE nspname = ?")) {
            statement.setString(1, schema);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void remember(Connection connection, String schema, byte[] fingerprint) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO mortise.applied_migrations VALUES (?, ?) ON CONFLICT DO NOTHING")) {
            statement.setString(1, schema);
            statement.setBytes(2, fingerprint);
            statement.executeUpdate();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static byte[] fingerprint(List<MigrationScript> scripts, String grants) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (MigrationScript script : scripts) {
                digest.update((script.fileName() + "\0" + script.content() + "\0").getBytes(StandardCharsets.UTF_8));
            }
            // A rule that is new looks at schemas that are there already.
            for (SchemaRule rule : SchemaRule.values()) {
                digest.update(rule.query().getBytes(StandardCharsets.UTF_8));
            }
            return digest.digest(grants.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }
}
