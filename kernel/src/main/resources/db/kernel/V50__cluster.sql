-- Several nodes on one database: who is there, who leads what, and which plugins all of them run.

-- One row for each run of a server; who has not been heard of for some time is gone. Times are the database's.
CREATE TABLE mortise.node (
    id              uuid        PRIMARY KEY,
    name            text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    version         text        NOT NULL,
    url             text        NOT NULL DEFAULT '',
    state           text        NOT NULL CHECK (state IN ('STARTING', 'READY', 'DRAINING', 'GONE')),
    started_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    heard_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    drain_requested boolean     NOT NULL DEFAULT false
);

-- The token rises with each new holder. The unique constraint over it makes PostgreSQL take the stronger row lock
-- when it changes, so that a take-over waits for transactions that lean on the old token, and a renewal does not.
CREATE TABLE mortise.lease (
    name   text        PRIMARY KEY,
    holder uuid,
    token  bigint      NOT NULL,
    until  timestamptz NOT NULL,
    UNIQUE (name, token)
);

-- The bytes of plugins, in chunks: what a node needs that was away, or whose disk was damaged.
CREATE TABLE mortise.plugin_jar (
    plugin_id  text        NOT NULL,
    version    text        NOT NULL,
    sha512     text        NOT NULL,
    size_bytes bigint      NOT NULL,
    stored_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (plugin_id, version)
);

CREATE TABLE mortise.plugin_jar_chunk (
    plugin_id text    NOT NULL,
    version   text    NOT NULL,
    number    integer NOT NULL,
    content   bytea   NOT NULL,
    PRIMARY KEY (plugin_id, version, number),
    FOREIGN KEY (plugin_id, version) REFERENCES mortise.plugin_jar ON DELETE CASCADE
);

-- Jars are compressed already.
ALTER TABLE mortise.plugin_jar_chunk ALTER COLUMN content SET STORAGE EXTERNAL;

-- What every node is to run. A row that is not there is a plugin that is not installed.
CREATE TABLE mortise.plugin_installation (
    id              text        PRIMARY KEY,
    version         text        NOT NULL,
    previous        text        NOT NULL DEFAULT '',
    before_previous text        NOT NULL DEFAULT '',
    stopped         boolean     NOT NULL,
    sha512          text        NOT NULL,
    generation      bigint      NOT NULL,
    held            text[]      NOT NULL DEFAULT '{}',
    changed_at      timestamptz NOT NULL DEFAULT now()
);

COMMENT ON COLUMN mortise.plugin_installation.held IS
    'Nodes whose turn has not come yet while an update rolls; the update is settled when it is empty';
COMMENT ON COLUMN mortise.plugin_installation.before_previous IS
    'What previous was before the last change of versions, for an update that is taken back';

CREATE SEQUENCE mortise.plugin_generation;

-- One row at most: written when the first node has told the database what it had installed.
CREATE TABLE mortise.plugin_adoption (
    one        boolean     PRIMARY KEY DEFAULT true CHECK (one),
    adopted_at timestamptz NOT NULL DEFAULT now()
);

-- What each node made of it.
CREATE TABLE mortise.node_plugin (
    node_id    uuid        NOT NULL REFERENCES mortise.node ON DELETE CASCADE,
    plugin_id  text        NOT NULL,
    version    text        NOT NULL,
    generation bigint      NOT NULL,
    state      text        NOT NULL,
    problem    text        NOT NULL DEFAULT '',
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (node_id, plugin_id)
);

-- The oldest kernel migration that code must know to work with this schema. A later migration raises it when older
-- code can no longer run beside it.
CREATE TABLE mortise.schema_level (
    one           boolean PRIMARY KEY DEFAULT true CHECK (one),
    readable_from integer NOT NULL
);

INSERT INTO mortise.schema_level (readable_from) VALUES (1);
