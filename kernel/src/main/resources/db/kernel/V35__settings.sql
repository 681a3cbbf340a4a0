-- What was set while the server runs, one row a change: the newest version of a plugin is what holds, the others are
-- its history. A row is never updated.

CREATE TABLE mortise.server_setting (
    plugin     text        NOT NULL CHECK (length(plugin) BETWEEN 1 AND 100),
    version    bigint      NOT NULL CHECK (version > 0),
    content    jsonb       NOT NULL CHECK (jsonb_typeof(content) = 'object'),
    at         timestamptz NOT NULL DEFAULT now(),
    actor_kind text        NOT NULL,
    actor      text        NOT NULL,
    restored   bigint,
    PRIMARY KEY (plugin, version)
);

COMMENT ON TABLE mortise.server_setting IS 'Settings for the whole server; of no tenant, so without tenant_id';
COMMENT ON COLUMN mortise.server_setting.restored IS 'The version whose content this one brought back';

CREATE TABLE mortise.tenant_setting (
    tenant_id  uuid        NOT NULL DEFAULT mortise.current_tenant() REFERENCES mortise.tenant,
    plugin     text        NOT NULL CHECK (length(plugin) BETWEEN 1 AND 100),
    version    bigint      NOT NULL CHECK (version > 0),
    content    jsonb       NOT NULL CHECK (jsonb_typeof(content) = 'object'),
    at         timestamptz NOT NULL DEFAULT now(),
    actor_kind text        NOT NULL,
    actor      text        NOT NULL,
    restored   bigint,
    PRIMARY KEY (tenant_id, plugin, version)
);

CALL mortise.protect('mortise.tenant_setting');

CREATE INDEX tenant_setting_at ON mortise.tenant_setting (at);

-- Nodes look for changes whose announcement they have missed: only whose they are. The span is longer than any
-- transaction may last, so that one which was late to commit is seen too.
CREATE POLICY owner_looks ON mortise.tenant_setting FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION mortise.tenants_with_new_settings() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT DISTINCT tenant_id FROM mortise.tenant_setting WHERE at > now() - interval '5 minutes'
$$;

REVOKE ALL ON FUNCTION mortise.tenants_with_new_settings() FROM PUBLIC;
