-- Published workflows; a version never changes.
CREATE TABLE workflow (
    tenant_id  uuid        NOT NULL DEFAULT mortise.current_tenant(),
    name       text        NOT NULL,
    version    int         NOT NULL,
    title      text        NOT NULL,
    source     text        NOT NULL,
    hash       text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, name, version)
);

CALL mortise.protect('workflow');

-- One row a run, kept narrow: lists and the engine's claims read it. Input and output are in run_payload.
CREATE TABLE run (
    tenant_id       uuid        NOT NULL DEFAULT mortise.current_tenant(),
    id              uuid        NOT NULL DEFAULT uuidv7(),
    workflow        text        NOT NULL,
    version         int         NOT NULL,
    state           text        NOT NULL CHECK (state IN ('QUEUED', 'RUNNING', 'WAITING', 'SUCCEEDED', 'FAILED')),
    error_code      text,
    error_message   text,
    error_step      text,
    idempotency_key text,
    request_hash    text        NOT NULL,
    trace_id        text        NOT NULL,
    owner           uuid,
    epoch           int         NOT NULL DEFAULT 0,
    created_at      timestamptz NOT NULL DEFAULT now(),
    started_at      timestamptz,
    ended_at        timestamptz,
    next_attempt_at timestamptz,
    waiting_for     text,
    PRIMARY KEY (tenant_id, id),
    CHECK ((owner IS NOT NULL) = (state = 'RUNNING'))
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);

COMMENT ON COLUMN run.owner IS 'The engine that executes the run; it holds the lock engine:<owner>';
COMMENT ON COLUMN run.epoch IS 'Counts the owners; a write of an earlier owner finds another number and changes nothing';
COMMENT ON COLUMN run.waiting_for IS 'The node type that no running plugin offers, or null';

CREATE UNIQUE INDEX run_idempotency_key ON run (tenant_id, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX run_of_workflow ON run (tenant_id, workflow, id);
CREATE INDEX run_failed ON run (tenant_id, id) WHERE state = 'FAILED';
CREATE INDEX run_queued ON run (tenant_id, id) WHERE state = 'QUEUED';
CREATE INDEX run_waiting ON run (tenant_id, next_attempt_at) WHERE state = 'WAITING';
CREATE INDEX run_owned ON run (tenant_id, owner) WHERE owner IS NOT NULL;

CALL mortise.protect('run');

-- The type json keeps a document as it was sent: order, repeated numbers and escapes. The engine never looks inside.
CREATE TABLE run_payload (
    tenant_id uuid NOT NULL DEFAULT mortise.current_tenant(),
    run_id    uuid NOT NULL,
    input     json NOT NULL,
    output    json,
    PRIMARY KEY (tenant_id, run_id)
);

CALL mortise.protect('run_payload');

-- The journal: one row for each attempt of a step and for each decision, in the order of seq.
CREATE TABLE step (
    tenant_id       uuid        NOT NULL DEFAULT mortise.current_tenant(),
    run_id          uuid        NOT NULL,
    seq             int         NOT NULL,
    step_id         text        NOT NULL,
    visit           int         NOT NULL,
    node            text        NOT NULL,
    attempt         int         NOT NULL,
    state           text        NOT NULL CHECK (state IN ('STARTED', 'SUCCEEDED', 'FAILED')),
    effect          text,
    input           json,
    output          json,
    error_code      text,
    error_message   text,
    idempotency_key text,
    started_at      timestamptz NOT NULL,
    ended_at        timestamptz,
    PRIMARY KEY (tenant_id, run_id, seq)
) WITH (fillfactor = 90);

COMMENT ON COLUMN step.visit IS 'Counts how often the run came to this step; more than 1 after a backward goto';

CALL mortise.protect('step');
