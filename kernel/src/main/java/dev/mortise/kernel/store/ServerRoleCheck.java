package dev.mortise.kernel.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what the server's role has and must not have: whatever it owns, may create or may pass by is out of reach of
 * row-level security.
 *
 * @since 0.1
 */
public final class ServerRoleCheck {
    private static final String EXCESS = """
            WITH server AS (SELECT * FROM pg_roles WHERE rolname = ?)
            SELECT 'is a superuser' FROM server WHERE rolsuper
            UNION ALL
            SELECT 'bypasses row-level security' FROM server WHERE rolbypassrls
            UNION ALL
            SELECT 'may create roles, databases or replicas' FROM server WHERE rolcreaterole OR rolcreatedb OR rolreplication
            UNION ALL
            SELECT 'is a member of ' || r.rolname
              FROM server s JOIN pg_auth_members m ON m.member = s.oid JOIN pg_roles r ON r.oid = m.roleid
            UNION ALL
            SELECT 'owns ' || pg_describe_object(d.classid, d.objid, d.objsubid)
              FROM server s
              JOIN pg_shdepend d ON d.refclassid = 'pg_authid'::regclass AND d.refobjid = s.oid AND d.deptype = 'o'
             WHERE d.dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
            UNION ALL
            SELECT 'may create in schema ' || n.nspname
              FROM server s, pg_namespace n
             WHERE has_schema_privilege(s.oid, n.oid, 'CREATE')
            UNION ALL
            SELECT 'may create schemas' FROM server s WHERE has_database_privilege(s.oid, current_database(), 'CREATE')
            UNION ALL
            SELECT 'may create temporary tables, which outlive a transaction on a pooled connection and hide real ones'
              FROM server s WHERE has_database_privilege(s.oid, current_database(), 'TEMPORARY')
            """;

    private ServerRoleCheck() {}

    /** Returns what the role has too much, as ends of a sentence that begins with its name. */
    public static List<String> excess(Connection connection, String serverRole) throws SQLException {
        List<String> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(EXCESS)) {
            statement.setString(1, serverRole);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }
}
