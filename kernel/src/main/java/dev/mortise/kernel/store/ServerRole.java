package dev.mortise.kernel.store;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * The login role that the server works as. Row-level security binds it because it owns nothing, is no superuser and may
 * not bypass it.
 *
 * @param name the role
 * @param password derived from the owner's, so that all nodes agree
 */
record ServerRole(String name, String password) {
    /** Limits that belong to the role, so that each connection has them without being told. */
    private static final Map<String, String> LIMITS = Map.of(
            "statement_timeout", "60s",
            "lock_timeout", "15s",
            "idle_in_transaction_session_timeout", "60s",
            // A node that vanished without closing its sockets gives its advisory locks back in about a minute.
            "tcp_keepalives_idle", "30",
            "tcp_keepalives_interval", "10",
            "tcp_keepalives_count", "3");

    /** Makes the role where it is missing, with the derived password, and refuses one with too many rights. */
    void ensure(Connection owner) throws SQLException {
        try (PreparedStatement statement = owner.prepareStatement(
                "SELECT rolsuper OR rolbypassrls, pg_has_role(rolname, current_user, 'MEMBER') FROM pg_roles WHERE rolname = ?")) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    create(owner);
                } else if (rows.getBoolean(1) || rows.getBoolean(2)) {
                    throw new MortiseException(
                            KernelError.DATABASE_ROLE_REFUSED,
                            "The role " + name + " is a superuser, bypasses row-level security or is the owner's"
                                    + " member; tenants would not be kept apart",
                            "Name another role for the server, or take these rights from it");
                }
            }
        }
        withoutTemporaryTables(owner);
    }

    /**
     * Takes temporary tables away: one that is left on a pooled connection would hide the real table of its name from
     * the next tenant, unprotected. Rights on a database are not copied with it, so this is looked at on each start.
     */
    private void withoutTemporaryTables(Connection owner) throws SQLException {
        try (PreparedStatement may =
                        owner.prepareStatement("SELECT has_database_privilege(?, current_database(), 'TEMPORARY')");
                Statement statement = owner.createStatement()) {
            may.setString(1, name);
            try (ResultSet rows = may.executeQuery()) {
                rows.next();
                if (rows.getBoolean(1)) {
                    // Under a lock: two nodes that change the rights of one database at once fail.
                    statement.execute("SELECT pg_advisory_lock(hashtextextended('mortise migration', 0));"
                            + " REVOKE TEMPORARY ON DATABASE " + Migrations.quoted(owner.getCatalog())
                            + " FROM PUBLIC; SELECT pg_advisory_unlock(hashtextextended('mortise migration', 0))");
                }
            }
        }
    }

    private void create(Connection owner) throws SQLException {
        String role = Migrations.quoted(name);
        try (Statement statement = owner.createStatement()) {
            statement.execute("CREATE ROLE " + role
                    + " LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD '" + password
                    + "'");
            for (Map.Entry<String, String> limit : LIMITS.entrySet()) {
                statement.execute("ALTER ROLE " + role + " SET " + limit.getKey() + " = '" + limit.getValue() + "'");
            }
            statement.execute("GRANT CONNECT ON DATABASE " + Migrations.quoted(owner.getCatalog()) + " TO " + role);
        } catch (SQLException e) {
            throw new MortiseException(
                    KernelError.DATABASE_ROLE_REFUSED,
                    "The role " + name + " cannot be made: " + e.getMessage(),
                    "Give the owner in the database URL the right to: ALTER ROLE <owner> CREATEROLE",
                    e);
        }
    }
}
