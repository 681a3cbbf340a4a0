package dev.mortise.kernel.store;

/**
 * What a schema must be like so that tenants are kept apart, each rule as a query for what breaks it.
 *
 * <p>Inverted and block-range indexes (GIN, GiST, BRIN) need not begin with the tenant: the order of their columns
 * means nothing, and they carry no uniqueness by which another tenant's rows could be probed.
 *
 * @since 0.1
 */
public enum SchemaRule {
    /** A tenant's rows are marked by a column of one type that is never empty. */
    TENANT_COLUMN(
            "has a tenant_id that is not of type uuid or may be null",
            "Declare it as: tenant_id uuid NOT NULL DEFAULT mortise.current_tenant()",
            "SELECT relname::text FROM tenant_table WHERE atttypid <> 'uuid'::regtype OR NOT attnotnull"),
    /** Row-level security binds everybody, the table's owner too. */
    ROW_SECURITY(
            "has a tenant_id and no protection",
            "Call mortise.protect('<table>') in the migration, after CREATE TABLE",
            "SELECT relname::text FROM tenant_table WHERE NOT (relrowsecurity AND relforcerowsecurity)"),
    /** The policy is the one that {@code mortise.protect} makes, for reading and for writing. */
    POLICY("lacks the policy mortise_tenant, or has another one under its name", ROW_SECURITY.remedy, """
            SELECT t.relname::text
              FROM tenant_table t
             WHERE NOT EXISTS (
                   SELECT
                     FROM pg_policy p
                    WHERE p.polrelid = t.oid
                      AND p.polname = 'mortise_tenant'
                      AND p.polpermissive
                      AND p.polcmd = '*'
                      AND p.polroles = '{0}'
                      AND pg_get_expr(p.polqual, p.polrelid) = (SELECT expected FROM target)
                      AND pg_get_expr(p.polwithcheck, p.polrelid) = (SELECT expected FROM target))
            """),
    /** Permissive policies widen one another, so there is no second one; the kernel's own may let its owner look up. */
    SECOND_POLICY(
            "has a further policy, which would show rows of other tenants", "Drop it, or make it AS RESTRICTIVE", """
            SELECT t.relname || '.' || p.polname
              FROM tenant_table t
              JOIN pg_policy p ON p.polrelid = t.oid
             WHERE p.polname <> 'mortise_tenant'
               AND p.polpermissive
               AND NOT ((SELECT is_kernel FROM target) AND p.polroles = ARRAY[t.relowner])
            """),
    /** The tenant comes first in the primary key. */
    PRIMARY_KEY("has a tenant_id and no primary key that begins with it", "Declare PRIMARY KEY (tenant_id, ...)", """
            SELECT t.relname::text
              FROM tenant_table t
             WHERE NOT EXISTS (
                   SELECT FROM pg_index i WHERE i.indrelid = t.oid AND i.indisprimary AND i.indkey[0] = t.attnum)
            """),
    /** The tenant comes first in every other index whose order or uniqueness means something. */
    INDEX(
            "is an index of a table with tenants and does not begin with tenant_id",
            "Put tenant_id first: a unique index without it tells one tenant what another has",
            """
            SELECT t.relname || '.' || x.relname
              FROM tenant_table t
              JOIN pg_index i ON i.indrelid = t.oid AND NOT i.indisprimary
              JOIN pg_class x ON x.oid = i.indexrelid
              JOIN pg_am m ON m.oid = x.relam
             WHERE i.indkey[0] <> t.attnum
               AND (i.indisunique OR i.indisexclusion OR m.amname IN ('btree', 'hash'))
            """),
    /** A foreign key between tenants' tables carries the tenant: its check sees the rows of all of them. */
    FOREIGN_KEY(
            "is a foreign key between tables with tenants that leaves tenant_id out",
            "Write FOREIGN KEY (tenant_id, ...) REFERENCES <table> (tenant_id, ...)",
            """
            SELECT t.relname || '.' || k.conname
              FROM tenant_table t
              JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'f'
              JOIN pg_attribute r ON r.attrelid = k.confrelid AND r.attname = 'tenant_id' AND NOT r.attisdropped
             WHERE NOT EXISTS (
                   SELECT
                     FROM unnest(k.conkey, k.confkey) AS pair (own, other)
                    WHERE pair.own = t.attnum AND pair.other = r.attnum)
            """),
    /** A table without tenants says why all of them share it. */
    SHARED_TABLE(
            "has no tenant_id, so all tenants would share it",
            "Add tenant_id first in the primary key and call mortise.protect('<table>'); for a table that all may see:"
                    + " COMMENT ON TABLE <table> IS 'shared by all tenants: <reason>'",
            """
            SELECT c.relname::text
              FROM pg_class c
              JOIN target ON c.relnamespace = target.oid
             WHERE c.relkind IN ('r', 'p')
               AND c.relname <> 'flyway_schema_history'
               AND NOT EXISTS (SELECT FROM tenant_table t WHERE t.oid = c.oid)
               AND coalesce(obj_description(c.oid, 'pg_class'), '') NOT LIKE 'shared by all tenants: _%'
            """),
    /** A view has the rights of whoever reads it. */
    VIEW("is a view with the rights of its owner", "Create it WITH (security_invoker = true)", """
            SELECT c.relname::text
              FROM pg_class c
              JOIN target ON c.relnamespace = target.oid
             WHERE c.relkind = 'v'
               AND NOT coalesce((SELECT option_value::boolean
                                   FROM pg_options_to_table(c.reloptions)
                                  WHERE option_name = 'security_invoker'), false)
            """),
    /** Row-level security does not reach materialised views and foreign tables. */
    UNPROTECTABLE(
            "is a materialised view or a foreign table, which row-level security cannot protect",
            "Keep such rows in a table with tenant_id and mortise.protect",
            """
            SELECT c.relname::text
              FROM pg_class c
              JOIN target ON c.relnamespace = target.oid
             WHERE c.relkind IN ('m', 'f')
            """),
    /** A rewrite rule acts with the rights of the table's owner. */
    REWRITE_RULE(
            "is a rewrite rule, which acts with the rights of the table's owner",
            "Use a trigger, or do it in the plugin",
            """
            SELECT c.relname || '.' || r.rulename
              FROM pg_class c
              JOIN target ON c.relnamespace = target.oid
              JOIN pg_rewrite r ON r.ev_class = c.oid AND r.rulename <> '_RETURN'
            """),
    /** A function with its owner's rights is not for plugins; the kernel's are few and known. */
    DEFINER_FUNCTION("is a function with the rights of its owner", "Leave out SECURITY DEFINER", """
            SELECT format('%s(%s)', p.proname, pg_get_function_identity_arguments(p.oid))
              FROM own_function p
             WHERE p.prosecdef
            """),
    /** A function is for the server's role alone. */
    PUBLIC_FUNCTION(
            "is a function that every role of the database may execute",
            "REVOKE EXECUTE ON FUNCTION ... FROM PUBLIC",
            """
            SELECT format('%s(%s)', p.proname, pg_get_function_identity_arguments(p.oid))
              FROM own_function p
             WHERE EXISTS (
                   SELECT
                     FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) right_
                    WHERE right_.grantee = 0)
            """),
    /** A table is for the server's role alone. */
    PUBLIC_TABLE("grants rights to every role of the database", "REVOKE ALL ON ... FROM PUBLIC", """
            SELECT c.relname::text
              FROM pg_class c
              JOIN target ON c.relnamespace = target.oid
             WHERE EXISTS (SELECT FROM aclexplode(c.relacl) right_ WHERE right_.grantee = 0)
            """),
    /** What row-level security does not bind is not the server's to do. */
    SERVER_TABLE_RIGHTS(
            "gives the server's role a right that row-level security does not bind",
            "REVOKE TRUNCATE, REFERENCES, TRIGGER, MAINTAIN ON <table> FROM the server's role",
            """
            SELECT t.relname::text
              FROM tenant_table t, target
             WHERE has_table_privilege(target.server_role, t.oid, 'TRUNCATE, REFERENCES, TRIGGER, MAINTAIN')
            """);

    private final String flaw;
    private final String remedy;
    private final String query;

    SchemaRule(String flaw, String remedy, String query) {
        this.flaw = flaw;
        this.remedy = remedy;
        this.query = query;
    }

    /** Returns what is wrong with an object that breaks the rule, to follow its name. */
    public String flaw() {
        return flaw;
    }

    /** Returns what the author of the schema can do. */
    public String remedy() {
        return remedy;
    }

    /** Returns a query for the names of what breaks the rule; it stands on the views of {@link SchemaCheck}. */
    String query() {
        return query;
    }
}
