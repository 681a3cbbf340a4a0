-- The tamper-evident record. An entry is first written as pending, in the transaction of what it is about; the linker
-- moves it to the chain of its tenant moments later. The server's role adds to the chain and never changes it.

CREATE TABLE mortise.audit_pending (
    tenant_id  uuid        NOT NULL DEFAULT mortise.current_tenant() REFERENCES mortise.tenant,
    id         uuid        NOT NULL,
    at         timestamptz NOT NULL,
    actor_kind text        NOT NULL,
    actor      text        NOT NULL,
    action     text        NOT NULL,
    target     text        NOT NULL,
    outcome    text        NOT NULL,
    status     int,
    trace_id   text        NOT NULL,
    source     text,
    details    jsonb       NOT NULL,
    mac        bytea       NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

COMMENT ON COLUMN mortise.audit_pending.mac IS 'Shows that the server wrote the row, not somebody with a SQL prompt';

CALL mortise.protect('mortise.audit_pending');

-- Paths and dotted names are searched by their parts; PostgreSQL's parser would take them for one word.
CREATE FUNCTION mortise.audit_words(content text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN to_tsvector('simple'::regconfig, translate(content, '/:.{}=?&"', '         '));

CREATE TABLE mortise.audit_entry (
    tenant_id  uuid        NOT NULL DEFAULT mortise.current_tenant() REFERENCES mortise.tenant,
    seq        bigint      NOT NULL CHECK (seq > 0),
    id         uuid        NOT NULL,
    at         timestamptz NOT NULL,
    actor_kind text        NOT NULL,
    actor      text        NOT NULL,
    action     text        NOT NULL,
    target     text        NOT NULL,
    outcome    text        NOT NULL,
    status     int,
    trace_id   text        NOT NULL,
    source     text,
    details    jsonb       NOT NULL,
    prev_hash  bytea       NOT NULL CHECK (length(prev_hash) = 32),
    hash       bytea       NOT NULL CHECK (length(hash) = 32),
    seal_key   uuid,
    seal       bytea,
    words      tsvector    NOT NULL GENERATED ALWAYS AS (
        mortise.audit_words(actor || ' ' || action || ' ' || target || ' ' || trace_id || ' ' || details)) STORED,
    PRIMARY KEY (tenant_id, seq),
    UNIQUE (tenant_id, id),
    CHECK ((seal IS NULL) = (seal_key IS NULL))
);

COMMENT ON COLUMN mortise.audit_entry.seal IS 'Ed25519 over tenant, seq and hash; the last entry of each batch has one';

CALL mortise.protect('mortise.audit_entry');

CREATE INDEX audit_entry_at ON mortise.audit_entry (tenant_id, at);
CREATE INDEX audit_entry_actor ON mortise.audit_entry (tenant_id, actor, seq);
CREATE INDEX audit_entry_action ON mortise.audit_entry (tenant_id, action COLLATE "C", seq);
CREATE INDEX audit_entry_words ON mortise.audit_entry USING gin (words);

-- How far the chain had come: shows a chain that was cut off at its end.
CREATE TABLE mortise.audit_checkpoint (
    tenant_id uuid        NOT NULL DEFAULT mortise.current_tenant() REFERENCES mortise.tenant,
    seq       bigint      NOT NULL CHECK (seq > 0),
    hash      bytea       NOT NULL CHECK (length(hash) = 32),
    at        timestamptz NOT NULL,
    seal_key  uuid        NOT NULL,
    seal      bytea       NOT NULL,
    PRIMARY KEY (tenant_id, seq)
);

CALL mortise.protect('mortise.audit_checkpoint');

-- The keys that seal. Public ones stay for as long as an entry is sealed with them.
CREATE TABLE mortise.audit_key (
    id             uuid        PRIMARY KEY,
    public_key     bytea       NOT NULL,
    sealed_private bytea       NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    retired_at     timestamptz
);

CREATE UNIQUE INDEX audit_key_active ON mortise.audit_key ((true)) WHERE retired_at IS NULL;

-- The linker looks at all tenants' pending entries, and only whose they are.
CREATE POLICY owner_looks ON mortise.audit_pending FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION mortise.audit_tenants_pending() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT DISTINCT tenant_id FROM mortise.audit_pending
$$;

-- Under row-level security a text match is no index condition, because its operator is not leak-proof; the owner asks
-- the index, for the bound tenant alone.
CREATE POLICY owner_searches ON mortise.audit_entry FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION mortise.search_audit(query text) RETURNS SETOF bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT seq
      FROM mortise.audit_entry
     WHERE tenant_id = mortise.current_tenant()
       AND words @@ websearch_to_tsquery('simple', translate(query, '/:.{}=?&', '        '))
$$;

REVOKE ALL ON FUNCTION mortise.audit_tenants_pending(), mortise.search_audit(text) FROM PUBLIC;
