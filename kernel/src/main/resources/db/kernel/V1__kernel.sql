-- Runs as the owner in the schema mortise.

-- Fails where no tenant is bound: never set is an unknown parameter, set in an earlier transaction is '' and no uuid.
CREATE FUNCTION mortise.current_tenant() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN current_setting('mortise.tenant')::uuid;

COMMENT ON FUNCTION mortise.current_tenant() IS
    'The tenant of this transaction; an error when none is bound';

-- A plugin's migration calls it for each table with a tenant_id, after CREATE TABLE. Calling it again does no harm.
CREATE PROCEDURE mortise.protect(table_name text)
    LANGUAGE plpgsql AS $$
DECLARE
    target regclass := table_name::regclass;
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('DROP POLICY IF EXISTS mortise_tenant ON %s', target);
    EXECUTE format(
        'CREATE POLICY mortise_tenant ON %s USING (tenant_id = mortise.current_tenant()) '
        'WITH CHECK (tenant_id = mortise.current_tenant())', target);
END $$;

COMMENT ON PROCEDURE mortise.protect(text) IS
    'Limits every statement on the table to the rows of the bound tenant, for its owner too';

CREATE TABLE mortise.tenant (
    id         uuid        PRIMARY KEY DEFAULT uuidv7(),
    name       text        NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 200),
    state      text        NOT NULL DEFAULT 'ACTIVE' CHECK (state IN ('ACTIVE', 'SUSPENDED')),
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE mortise.api_key (
    tenant_id    uuid        NOT NULL DEFAULT mortise.current_tenant() REFERENCES mortise.tenant,
    id           uuid        NOT NULL DEFAULT uuidv7(),
    name         text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    prefix       text        NOT NULL,
    hash         bytea       NOT NULL CHECK (length(hash) = 32),
    permissions  text[]      NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz,
    revoked_at   timestamptz,
    last_used_at timestamptz,
    PRIMARY KEY (tenant_id, id)
);

COMMENT ON COLUMN mortise.api_key.hash IS 'SHA-256 of the whole key text; the text itself is kept nowhere';

CREATE UNIQUE INDEX api_key_hash ON mortise.api_key (hash);

CALL mortise.protect('mortise.api_key');

-- A presented key is looked up before any tenant is known. The two functions below do that, as the owner; the
-- server's own role sees the keys of the bound tenant only.
CREATE POLICY owner_looks_up ON mortise.api_key TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE FUNCTION mortise.find_api_key(key_hash bytea) RETURNS SETOF mortise.api_key
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- Once a minute at most: the column answers "is this key still in use", not "when exactly".
    UPDATE mortise.api_key
       SET last_used_at = now()
     WHERE hash = key_hash
       AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute');
    RETURN QUERY
        SELECT k.*
          FROM mortise.api_key k
          JOIN mortise.tenant t ON t.id = k.tenant_id
         WHERE k.hash = key_hash
           AND k.revoked_at IS NULL
           AND t.state = 'ACTIVE';
END $$;

CREATE FUNCTION mortise.has_api_key() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM mortise.api_key WHERE revoked_at IS NULL)
$$;

REVOKE ALL ON FUNCTION mortise.find_api_key(bytea), mortise.has_api_key() FROM PUBLIC;

-- Which sets of migrations are known to be applied, so that a start with nothing to do does not begin to look.
CREATE TABLE mortise.applied_migrations (
    schema_name text  NOT NULL,
    fingerprint bytea NOT NULL,
    PRIMARY KEY (schema_name, fingerprint)
);
