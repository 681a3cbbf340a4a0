package dev.mortise.kernel.store;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Walks a schema in PostgreSQL's catalogue and finds what would not keep tenants apart.
 *
 * @param serverRole the role that the server works as
 * @param rules what is checked
 * @since 0.1
 */
public record SchemaCheck(String serverRole, Set<SchemaRule> rules) {
    /** The kernel's schema; its tables are checked by the kernel's own tests before a release. */
    private static final String KERNEL = "mortise";

    private static final String CATALOGUE = """
            WITH target AS (
                SELECT n.oid, n.nspname = 'mortise' AS is_kernel, ?::name AS server_role,
                       CASE WHEN 'mortise' = ANY (current_schemas(false))
                            THEN '(tenant_id = current_tenant())'
                            ELSE '(tenant_id = mortise.current_tenant())' END AS expected
                  FROM pg_namespace n
                 WHERE n.nspname = ?),
            tenant_table AS (
                SELECT c.oid, c.relname, c.relowner, c.relrowsecurity, c.relforcerowsecurity,
                       a.attnum, a.atttypid, a.attnotnull
                  FROM pg_class c
                  JOIN target ON c.relnamespace = target.oid
                  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
                 WHERE c.relkind IN ('r', 'p')),
            own_function AS (
                SELECT p.*
                  FROM pg_proc p
                  JOIN target ON p.pronamespace = target.oid
                 WHERE NOT EXISTS (SELECT FROM pg_depend d
                                    WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'))
            """;

    /** Takes an immutable copy. */
    public SchemaCheck {
        rules = Set.copyOf(rules);
    }

    /**
     * Something that breaks a rule.
     *
     * @param object its name within the schema
     */
    public record Flaw(SchemaRule rule, String object) {
        @Override
        public String toString() {
            return object + " " + rule.flaw();
        }
    }

    /** Returns the check with all rules. */
    public static SchemaCheck whole(String serverRole) {
        return new SchemaCheck(serverRole, EnumSet.allOf(SchemaRule.class));
    }

    /**
     * Returns the check for the middle of a migration, before the kernel has taken from the public what PostgreSQL
     * gives it by itself.
     */
    static SchemaCheck whileMigrating(String serverRole, String schema) {
        return new SchemaCheck(
                serverRole,
                schema.equals(KERNEL)
                        ? EnumSet.of(SchemaRule.TENANT_COLUMN, SchemaRule.ROW_SECURITY, SchemaRule.POLICY)
                        : EnumSet.complementOf(EnumSet.of(SchemaRule.PUBLIC_FUNCTION)));
    }

    /** Returns the flaws of a schema, by rule and name; none of a schema that is not there. */
    public List<Flaw> flaws(Connection connection, String schema) throws SQLException {
        String all = Arrays.stream(SchemaRule.values())
                .filter(rules::contains)
                .map(rule -> "SELECT '" + rule.name() + "', found.* FROM (" + rule.query() + ") found")
                .collect(Collectors.joining(" UNION ALL "));
        List<Flaw> flaws = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(CATALOGUE + all + " ORDER BY 1, 2")) {
            statement.setString(1, serverRole);
            statement.setString(2, schema);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    flaws.add(new Flaw(SchemaRule.valueOf(rows.getString(1)), rows.getString(2)));
                }
            }
        }
        return flaws;
    }

    /**
     * Refuses a schema that has flaws.
     *
     * @throws MortiseException with {@code kernel.plugin-schema}, naming what and the remedy
     */
    void require(Connection connection, String schema) throws SQLException {
        List<Flaw> flaws = flaws(connection, schema);
        if (!flaws.isEmpty()) {
            throw new MortiseException(
                    KernelError.PLUGIN_SCHEMA,
                    "The schema " + schema + " would not keep tenants apart: "
                            + flaws.stream().map(Flaw::toString).collect(Collectors.joining("; ")),
                    flaws.stream().map(flaw -> flaw.rule().remedy()).distinct().collect(Collectors.joining(". ")));
        }
    }
}
