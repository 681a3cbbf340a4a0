package dev.mortise.kernel.store;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;

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

    /** Duplicate object, and unique violation where the other transaction was still open. */
    private static final Set<String> MADE_MEANWHILE = Set.of("42710", "23505");

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
        rightsOnDatabase(owner);
    }

    /**
     * Lets the role connect, and takes temporary tables away: one that is left on a pooled connection would hide the
     * real table of its name from the next tenant, unprotected. Rights on a database are not copied with it, so this is
     * looked at on each start.
     */
    private void rightsOnDatabase(Connection owner) throws SQLException {
        try (PreparedStatement may =
                        owner.prepareStatement("SELECT has_database_privilege(?, current_database(), 'TEMPORARY')"
                                + " OR NOT has_database_privilege(?, current_database(), 'CONNECT')");
                Statement statement = owner.createStatement()) {
            may.setString(1, name);
            may.setString(2, name);
            try (ResultSet rows = may.executeQuery()) {
                rows.next();
                if (rows.getBoolean(1)) {
                    String database = Migrations.quoted(owner.getCatalog());
                    // Under a lock until the commit of all three: two nodes that change the rights of one database at
                    // once fail.
                    statement.execute("SELECT pg_advisory_xact_lock(hashtextextended('mortise migration', 0));"
                            + " REVOKE TEMPORARY ON DATABASE " + database + " FROM PUBLIC;"
                            + " GRANT CONNECT ON DATABASE " + database + " TO " + Migrations.quoted(name));
                }
            }
        }
    }

    /** Makes the role as a whole or not at all; where another node makes it at the same moment, by that one. */
    private void create(Connection owner) throws SQLException {
        String role = Migrations.quoted(name);
        owner.setAutoCommit(false);
        try (Statement statement = owner.createStatement()) {
            statement.execute("CREATE ROLE " + role
                    + " LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD '" + password
                    + "'");
            for (Map.Entry<String, String> limit : LIMITS.entrySet()) {
                statement.execute("ALTER ROLE " + role + " SET " + limit.getKey() + " = '" + limit.getValue() + "'");
            }
            owner.commit();
        } catch (SQLException e) {
            owner.rollback();
            if (!MADE_MEANWHILE.contains(String.valueOf(e.getSQLState()))) {
                throw new MortiseException(
                        KernelError.DATABASE_ROLE_REFUSED,
                        "The role " + name + " cannot be made: " + e.getMessage(),
                        "Give the owner in the database URL the right to: ALTER ROLE <owner> CREATEROLE",
                        e);
            }
        } finally {
            owner.setAutoCommit(true);
        }
    }
}
