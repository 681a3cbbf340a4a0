package dev.mortise.kernel.backup;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what comes after the rows: keys, indexes, triggers, row-level security, rights, comments, sequences' values.
 */
final class FinishReader {
    private static final String CONSTRAINTS = """
            SELECT format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s', n.nspname, c.relname, k.conname,
                          pg_get_constraintdef(k.oid))
              FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ANY (?) AND k.contype IN ('p', 'u', 'x', 'c', 'f') AND k.conparentid = 0
               AND k.conislocal
             ORDER BY k.contype = 'f', k.contype NOT IN ('p', 'u'), k.oid
            """;

    private static final String INDEXES = """
            SELECT regexp_replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ')
              FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_namespace n ON n.oid = x.relnamespace
             WHERE n.nspname = ANY (?)
               AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid
                                  AND k.contype IN ('p', 'u', 'x'))
               AND NOT EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = i.indexrelid)
             ORDER BY i.indexrelid
            """;

    private static final String STATISTICS = """
            SELECT pg_get_statisticsobjdef(s.oid)
              FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
             WHERE n.nspname = ANY (?) ORDER BY s.oid
            """;

    private static final String MATERIALIZED = """
            SELECT format('CREATE MATERIALIZED VIEW %I.%I AS %s', n.nspname, c.relname,
                          rtrim(pg_get_viewdef(c.oid), ';'))
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ANY (?) AND c.relkind = 'm' ORDER BY c.oid
            """;

    private static final String TRIGGERS = """
            SELECT pg_get_triggerdef(t.oid)
              FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ANY (?) AND NOT t.tgisinternal AND t.tgparentid = 0 ORDER BY t.oid
            """;

    private static final String TRIGGER_STATES = """
            SELECT format('ALTER TABLE %I.%I %s TRIGGER %I', n.nspname, c.relname,
                          CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'A' THEN 'ENABLE ALWAYS'
                                           ELSE 'ENABLE REPLICA' END, t.tgname)
              FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ANY (?) AND NOT t.tgisinternal AND t.tgenabled <> 'O' ORDER BY t.oid
            """;

    private static final String ROW_SECURITY = """
            SELECT format('ALTER TABLE %I.%I %s', n.nspname, c.relname, what)
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              CROSS JOIN LATERAL (
                   SELECT 'ENABLE ROW LEVEL SECURITY' AS what WHERE c.relrowsecurity
                   UNION ALL SELECT 'FORCE ROW LEVEL SECURITY' WHERE c.relforcerowsecurity) flags
             WHERE n.nspname = ANY (?) ORDER BY c.oid, what
            """;

    private static final String POLICIES = """
            SELECT format('CREATE POLICY %I ON %I.%I AS %s FOR %s TO ', p.polname, n.nspname, c.relname,
                          CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
                          CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
                                        WHEN 'd' THEN 'DELETE' ELSE 'ALL' END),
                   ARRAY(SELECT CASE WHEN r = 0 THEN '' ELSE pg_get_userbyid(r)::text END FROM unnest(p.polroles) r),
                   concat(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
                          ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')
              FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ANY (?) ORDER BY p.oid
            """;

    private static final String OWNED = """
            SELECT format('ALTER SEQUENCE %I.%I OWNED BY %s.%I', n.nspname, c.relname, d.refobjid::regclass, a.attname)
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_depend d ON d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype = 'a'
              JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
             WHERE n.nspname = ANY (?) AND c.relkind = 'S' ORDER BY c.oid
            """;

    /** A sequence that was never used has no last value; the sequence of an identity column is found by its column. */
    private static final String VALUES = """
            SELECT format('SELECT setval(%s, %s)',
                          coalesce((SELECT format('pg_get_serial_sequence(%L, %L)', d.refobjid::regclass, a.attname)
                                      FROM pg_depend d
                                      JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                                     WHERE d.objid = s.oid AND d.classid = 'pg_class'::regclass AND d.deptype = 'i'),
                                   quote_literal(s.oid::regclass)), v)
              FROM pg_class s JOIN pg_namespace n ON n.oid = s.relnamespace
              CROSS JOIN LATERAL pg_sequence_last_value(s.oid) v
             WHERE n.nspname = ANY (?) AND s.relkind = 'S' AND v IS NOT NULL ORDER BY s.oid
            """;

    private static final String COMMENTS = """
            SELECT format('COMMENT ON %s %s IS %L',
                          CASE o.type WHEN 'table column' THEN 'COLUMN' ELSE upper(o.type) END, o.identity,
                          d.description)
              FROM pg_description d
              CROSS JOIN LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) o
             WHERE coalesce(o.schema, o.name) = ANY (?)
               AND o.type IN ('table', 'table column', 'function', 'procedure', 'schema', 'view', 'sequence', 'index',
                              'type')
             ORDER BY o.type, o.identity
            """;

    private static final String FUNCTION_RIGHTS_TAKEN = """
            SELECT format('REVOKE ALL ON ROUTINE %s FROM PUBLIC', p.oid::regprocedure)
              FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
             WHERE n.nspname = ANY (?) AND p.proacl IS NOT NULL
               AND NOT EXISTS (SELECT FROM aclexplode(p.proacl) x WHERE x.grantee = 0)
             ORDER BY p.oid
            """;

    private static final String RIGHTS = """
            SELECT format('GRANT %s ON SCHEMA %I TO ', x.privilege_type, n.nspname), x.grantee,
                   pg_get_userbyid(x.grantee)
              FROM pg_namespace n CROSS JOIN LATERAL aclexplode(n.nspacl) x WHERE n.nspname = ANY (?)
            UNION ALL
            SELECT format('GRANT %s ON %s %I.%I TO ', x.privilege_type,
                          CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, n.nspname, c.relname),
                   x.grantee, pg_get_userbyid(x.grantee)
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              CROSS JOIN LATERAL aclexplode(c.relacl) x WHERE n.nspname = ANY (?) AND x.privilege_type <> 'MAINTAIN'
            UNION ALL
            SELECT format('GRANT %s (%I) ON TABLE %I.%I TO ', x.privilege_type, a.attname, n.nspname, c.relname),
                   x.grantee, pg_get_userbyid(x.grantee)
              FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
              CROSS JOIN LATERAL aclexplode(a.attacl) x WHERE n.nspname = ANY (?)
            UNION ALL
            SELECT format('GRANT EXECUTE ON ROUTINE %s TO ', p.oid::regprocedure), x.grantee,
                   pg_get_userbyid(x.grantee)
              FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
              CROSS JOIN LATERAL aclexplode(p.proacl) x WHERE n.nspname = ANY (?)
            UNION ALL
            SELECT format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT %s ON %s TO ', n.nspname, x.privilege_type,
                          CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES'
                                               WHEN 'f' THEN 'FUNCTIONS' ELSE 'TYPES' END),
                   x.grantee, pg_get_userbyid(x.grantee)
              FROM pg_default_acl d JOIN pg_namespace n ON n.oid = d.defaclnamespace
              CROSS JOIN LATERAL aclexplode(d.defaclacl) x
             WHERE n.nspname = ANY (?) AND x.privilege_type <> 'MAINTAIN'
            """;

    private final Catalog catalog;
    private final String owner;
    private final String serverRole;

    FinishReader(Catalog catalog, String owner, String serverRole) {
        this.catalog = catalog;
        this.owner = owner;
        this.serverRole = serverRole;
    }

    List<String> read() throws SQLException {
        List<String> all = new ArrayList<>();
        for (String query : List.of(CONSTRAINTS, INDEXES, STATISTICS, MATERIALIZED, TRIGGERS, TRIGGER_STATES, OWNED)) {
            all.addAll(catalog.texts(query));
        }
        all.addAll(catalog.query(POLICIES, row -> {
            List<String> roles = new ArrayList<>();
            for (String role : (String[]) row.getArray(2).getArray()) {
                roles.add(role(role));
            }
            return row.getString(1) + String.join(", ", roles) + row.getString(3);
        }));
        all.addAll(catalog.texts(FUNCTION_RIGHTS_TAKEN));
        List<String> rights = catalog.query(RIGHTS, row -> {
            boolean everybody = row.getLong(2) == 0;
            boolean own = row.getString(3).equals(owner);
            return own && !everybody ? "" : row.getString(1) + (everybody ? "PUBLIC" : role(row.getString(3)));
        });
        rights.stream().filter(each -> !each.isEmpty()).forEach(all::add);
        for (String query : List.of(VALUES, COMMENTS, ROW_SECURITY)) {
            all.addAll(catalog.texts(query));
        }
        return all;
    }

    private String role(String name) {
        if (name.isEmpty()) {
            return "PUBLIC";
        }
        if (name.equals(owner)) {
            return "CURRENT_USER";
        }
        if (name.equals(serverRole)) {
            return SchemaStatements.SERVER_ROLE;
        }
        throw BackupFailure.refused(
                "The role " + name + " has rights in the database that a restore could not give",
                "Take its rights away, or back up with PostgreSQL's own pg_dump");
    }
}
