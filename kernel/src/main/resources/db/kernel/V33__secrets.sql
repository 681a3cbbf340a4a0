-- Secrets of plugins, each sealed by its tenant's data key.
CREATE TABLE mortise.secret (
    tenant_id  uuid        NOT NULL DEFAULT mortise.current_tenant() REFERENCES mortise.tenant,
    plugin     text        NOT NULL CHECK (length(plugin) BETWEEN 1 AND 100),
    name       text        NOT NULL CHECK (name ~ '^[a-z0-9][a-z0-9._-]{0,99}$'),
    sealed     bytea       NOT NULL,
    key_id     uuid        NOT NULL REFERENCES mortise.data_key,
    updated_at timestamptz NOT NULL DEFAULT now(),
    updated_by text        NOT NULL,
    PRIMARY KEY (tenant_id, plugin, name)
);

COMMENT ON COLUMN mortise.secret.key_id IS 'The data key that sealed it, as the sealed bytes say too';

CALL mortise.protect('mortise.secret');

CREATE INDEX secret_key ON mortise.secret (key_id);

-- A new data key re-encrypts in the background, which looks whose secrets still have a retired one.
CREATE POLICY owner_looks ON mortise.secret FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION mortise.tenants_to_reseal() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT DISTINCT s.tenant_id
      FROM mortise.data_key k
      JOIN mortise.secret s ON s.key_id = k.id
     WHERE k.retired_at IS NOT NULL
$$;

REVOKE ALL ON FUNCTION mortise.tenants_to_reseal() FROM PUBLIC;

-- A change of the master key: nodes that have the former one find the next one here, sealed by it.
ALTER TABLE mortise.master_key
    ADD COLUMN follows uuid REFERENCES mortise.master_key,
    ADD COLUMN link    bytea;

COMMENT ON COLUMN mortise.master_key.link IS
    'This key, sealed by the one that it follows; null once the change is finished, so that the former opens nothing';
