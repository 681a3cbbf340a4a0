-- Keys at rest. No table here has a tenant: the rows are useless without the master key, and its change re-wraps all.

-- Which master key this database was set up with; the key itself is never here.
CREATE TABLE mortise.master_key (
    id          uuid        PRIMARY KEY DEFAULT uuidv7(),
    check_value bytea       NOT NULL CHECK (length(check_value) = 32),
    created_at  timestamptz NOT NULL DEFAULT now(),
    retired_at  timestamptz
);

COMMENT ON COLUMN mortise.master_key.check_value IS
    'HMAC-SHA-256 of a constant under a key derived from the master key: tells whether a node has the right one';

CREATE UNIQUE INDEX master_key_active ON mortise.master_key ((true)) WHERE retired_at IS NULL;

CREATE TABLE mortise.data_key (
    id         uuid        PRIMARY KEY,
    scope      text        NOT NULL CHECK (length(scope) BETWEEN 1 AND 100),
    master_id  uuid        NOT NULL REFERENCES mortise.master_key,
    wrapped    bytea       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    retired_at timestamptz
);

COMMENT ON COLUMN mortise.data_key.wrapped IS 'The key, sealed by the master key with AES-256-GCM';

CREATE UNIQUE INDEX data_key_active ON mortise.data_key (scope) WHERE retired_at IS NULL;

-- Wakes whoever waits on any node; sent when the transaction commits.
CREATE FUNCTION mortise.announce(topic text, payload text) RETURNS void
    LANGUAGE sql VOLATILE
    RETURN pg_notify('mortise', topic || ' ' || payload);
