-- PostgreSQL lets everybody execute a new function; only the server's role has any business here.
REVOKE ALL ON FUNCTION mortise.current_tenant() FROM PUBLIC;
REVOKE ALL ON PROCEDURE mortise.protect(text) FROM PUBLIC;

COMMENT ON TABLE mortise.tenant IS 'shared by all tenants: it is the list of them';
COMMENT ON TABLE mortise.applied_migrations IS 'shared by all tenants: it is about schemas and holds no row of a tenant';

ALTER TABLE mortise.tenant
    ADD COLUMN display_name text        NOT NULL DEFAULT '' CHECK (length(display_name) <= 200),
    ADD COLUMN settings     jsonb       NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(settings) = 'object'),
    ADD COLUMN changed_at   timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN erase_after  timestamptz,
    DROP CONSTRAINT tenant_state_check,
    ADD CONSTRAINT tenant_state_check CHECK (state IN ('ACTIVE', 'SUSPENDED', 'DELETING')),
    ADD CONSTRAINT tenant_erase_after_check CHECK ((erase_after IS NOT NULL) = (state = 'DELETING'));

COMMENT ON COLUMN mortise.tenant.erase_after IS 'From when on the rows of a tenant that is being deleted are erased';

-- Read by every node every two seconds.
CREATE INDEX tenant_stopped ON mortise.tenant (id) WHERE state <> 'ACTIVE';

-- What became of a deletion. The row stays when the tenant is gone, so its column is no tenant_id.
CREATE TABLE mortise.tenant_erasure (
    tenant       uuid        PRIMARY KEY,
    name         text        NOT NULL,
    requested_by text        NOT NULL,
    requested_at timestamptz NOT NULL DEFAULT now(),
    finished_at  timestamptz,
    counts       jsonb       NOT NULL DEFAULT '{}'
);

COMMENT ON TABLE mortise.tenant_erasure IS 'shared by all tenants: the operator''s record of tenants that were erased';
COMMENT ON COLUMN mortise.tenant_erasure.counts IS 'Erased rows by table';

-- The server's role may delete from few tables of the kernel, and from none when the tenant lives. Both functions act
-- for the bound tenant alone, and only when it is due.
CREATE FUNCTION mortise.require_due_for_erasure() RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT
          FROM mortise.tenant t
         WHERE t.id = mortise.current_tenant() AND t.state = 'DELETING' AND t.erase_after <= now())
    THEN
        RAISE EXCEPTION 'tenant % is not due for erasure', mortise.current_tenant()
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
END $$;

-- Returns how many rows were erased, or -1 when rows of another table still point to them.
CREATE FUNCTION mortise.erase_rows_of_tenant(of_table oid, at_most int) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    erased bigint;
BEGIN
    PERFORM mortise.require_due_for_erasure();
    EXECUTE format(
        'DELETE FROM %1$s WHERE tenant_id = mortise.current_tenant() AND ctid = ANY (ARRAY('
        'SELECT ctid FROM %1$s WHERE tenant_id = mortise.current_tenant() LIMIT $1))', of_table::regclass)
        USING at_most;
    GET DIAGNOSTICS erased = ROW_COUNT;
    RETURN erased;
EXCEPTION
    WHEN foreign_key_violation THEN
        RETURN -1;
END $$;

CREATE FUNCTION mortise.finish_erasure() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM mortise.require_due_for_erasure();
    -- Whatever was sealed for the tenant, in backups too, cannot be opened any more.
    DELETE FROM mortise.data_key WHERE scope = 'tenant/' || mortise.current_tenant();
    UPDATE mortise.tenant_erasure SET finished_at = now() WHERE tenant = mortise.current_tenant();
    DELETE FROM mortise.tenant WHERE id = mortise.current_tenant();
END $$;

REVOKE ALL ON FUNCTION
    mortise.require_due_for_erasure(), mortise.erase_rows_of_tenant(oid, int), mortise.finish_erasure() FROM PUBLIC;
