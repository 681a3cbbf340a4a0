package dev.mortise.kernel.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what schemas are made of from PostgreSQL's catalogue (chapter "System Catalogs" of its documentation), with the
 * server's own functions for definitions. Names come out qualified because the search path is empty meanwhile. What it
 * does not know it refuses: a backup that silently lacks something is worse than none.
 */
final class SchemaReader {
    private static final String NOT_OF_EXTENSION = """
             AND NOT EXISTS (SELECT FROM pg_depend e
                              WHERE e.classid = '%1$s'::regclass AND e.objid = %2$s.oid AND e.deptype = 'e')
            """;

    private static final String UNKNOWN = """
            SELECT format('%I.%I is a foreign table', n.nspname, c.relname)
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ANY (?) AND c.relkind = 'f'
            UNION ALL
            SELECT format('%I.%I inherits without being a partition', n.nspname, c.relname)
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_inherits i ON i.inhrelid = c.oid
             WHERE n.nspname = ANY (?) AND c.relkind = 'r' AND NOT c.relispartition
            UNION ALL
            SELECT format('%I.%I is an aggregate', n.nspname, p.proname)
              FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
             WHERE n.nspname = ANY (?) AND p.prokind = 'a'
            UNION ALL
            SELECT format('%I.%I is a range type', n.nspname, t.typname)
              FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
             WHERE n.nspname = ANY (?) AND t.typtype = 'r'
            UNION ALL
            SELECT format('%I.%I has the rule %I', n.nspname, c.relname, r.rulename)
              FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ANY (?) AND r.rulename <> '_RETURN'
            UNION ALL
            SELECT format('%I.%I is an operator', n.nspname, o.oprname)
              FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace WHERE n.nspname = ANY (?)
            """;

    private static final String SCHEMAS = """
            SELECT format('CREATE SCHEMA %I', nspname) FROM pg_namespace WHERE nspname = ANY (?) ORDER BY oid
            """;

    private static final String EXTENSIONS = """
            SELECT format('CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA %I', e.extname, n.nspname)
              FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
             WHERE e.extname <> 'plpgsql' ORDER BY e.oid
            """;

    private static final String ENUMS = """
            SELECT format('CREATE TYPE %I.%I AS ENUM (%s)', n.nspname, t.typname,
                          string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder))
              FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_enum e ON e.enumtypid = t.oid
             WHERE n.nspname = ANY (?)
             GROUP BY t.oid, n.nspname, t.typname ORDER BY t.oid
            """;

    private static final String DOMAINS = """
            SELECT format('CREATE DOMAIN %I.%I AS %s%s%s%s', n.nspname, t.typname,
                          format_type(t.typbasetype, t.typtypmod),
                          ' DEFAULT ' || t.typdefault,
                          CASE WHEN t.typnotnull THEN ' NOT NULL' END,
                          (SELECT string_agg(format(' CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid)), '')
                             FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'))
              FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
             WHERE n.nspname = ANY (?) AND t.typtype = 'd' ORDER BY t.oid
            """;

    private static final String COMPOSITES = """
            SELECT format('CREATE TYPE %I.%I AS (%s)', n.nspname, c.relname,
                          (SELECT string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', '
                                             ORDER BY a.attnum)
                             FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped))
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ANY (?) AND c.relkind = 'c' ORDER BY c.oid
            """;

    private static final String SEQUENCES = """
            SELECT format('CREATE SEQUENCE %I.%I AS %s START %s INCREMENT %s MINVALUE %s MAXVALUE %s CACHE %s%s',
                          n.nspname, c.relname, format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin,
                          s.seqmax, s.seqcache, CASE WHEN s.seqcycle THEN ' CYCLE' END)
              FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ANY (?)
               AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass
                                  AND d.deptype = 'i')
             ORDER BY c.oid
            """;

    private static final String TABLES = """
            SELECT format('CREATE %sTABLE %I.%I %s%s%s',
                          CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' END, n.nspname, c.relname,
                          CASE WHEN c.relispartition
                               THEN format('PARTITION OF %s %s', i.inhparent::regclass,
                                           pg_get_expr(c.relpartbound, c.oid))
                               ELSE format('(%s)', coalesce(columns.text, '')) END,
                          CASE WHEN c.relkind = 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(c.oid) END,
                          ' WITH (' || array_to_string(c.reloptions, ', ') || ')')
              FROM pg_class c
              JOIN pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_inherits i ON i.inhrelid = c.oid AND c.relispartition
              CROSS JOIN LATERAL (
                   SELECT string_agg(format('%I %s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
                              CASE WHEN a.attcollation <> t.typcollation
                                   THEN ' COLLATE ' || a.attcollation::regcollation END,
                              CASE WHEN a.attidentity = 'a' THEN ' GENERATED ALWAYS AS IDENTITY'
                                   WHEN a.attidentity = 'd' THEN ' GENERATED BY DEFAULT AS IDENTITY'
                                   WHEN a.attgenerated = 's'
                                   THEN format(' GENERATED ALWAYS AS (%s) STORED', pg_get_expr(d.adbin, d.adrelid))
                                   WHEN a.attgenerated = 'v'
                                   THEN format(' GENERATED ALWAYS AS (%s) VIRTUAL', pg_get_expr(d.adbin, d.adrelid))
                                   ELSE ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid) END,
                              CASE WHEN a.attnotnull THEN ' NOT NULL' END), ', ' ORDER BY a.attnum) AS text
                     FROM pg_attribute a
                     JOIN pg_type t ON t.oid = a.atttypid
                     LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) columns
             WHERE n.nspname = ANY (?) AND c.relkind IN ('r', 'p')
            """ + NOT_OF_EXTENSION.formatted("pg_class", "c") + " ORDER BY c.oid";

    private static final String STORAGE = """
            SELECT format('ALTER TABLE %I.%I ALTER COLUMN %I SET STORAGE %s', n.nspname, c.relname, a.attname,
                          CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN'
                                            ELSE 'EXTENDED' END)
              FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid JOIN pg_class c ON c.oid = a.attrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ANY (?) AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
               AND a.attstorage <> t.typstorage
             ORDER BY c.oid, a.attnum
            """;

    private static final String FUNCTIONS = """
            SELECT pg_get_functiondef(p.oid)
              FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
             WHERE n.nspname = ANY (?) AND p.prokind <> 'a'
            """ + NOT_OF_EXTENSION.formatted("pg_proc", "p") + " ORDER BY p.oid";

    private static final String VIEWS = """
            SELECT format('CREATE VIEW %I.%I%s AS %s', n.nspname, c.relname,
                          ' WITH (' || array_to_string(c.reloptions, ', ') || ')',
                          rtrim(pg_get_viewdef(c.oid), ';'))
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ANY (?) AND c.relkind = 'v'
            """ + NOT_OF_EXTENSION.formatted("pg_class", "c") + " ORDER BY c.oid";

    private final Catalog catalog;

    SchemaReader(Connection connection, List<String> schemas) {
        this.catalog = new Catalog(connection, schemas);
    }

    SchemaStatements read(String owner, String serverRole) throws SQLException {
        List<String> unknown = catalog.texts(UNKNOWN);
        if (!unknown.isEmpty()) {
            throw BackupFailure.refused(
                    "The database has what a backup does not know: " + String.join("; ", unknown),
                    "Remove it, or back up with PostgreSQL's own pg_dump");
        }
        List<String> before = new ArrayList<>();
        for (String query : List.of(
                SCHEMAS, EXTENSIONS, ENUMS, DOMAINS, COMPOSITES, SEQUENCES, TABLES, STORAGE, FUNCTIONS, VIEWS)) {
            before.addAll(catalog.texts(query));
        }
        return new SchemaStatements(before, new FinishReader(catalog, owner, serverRole).read());
    }
}
