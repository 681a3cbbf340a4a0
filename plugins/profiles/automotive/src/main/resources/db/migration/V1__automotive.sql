-- What became of each message: one row a message, whatever happens to the workflow that decides it.
CREATE TABLE decision (
    tenant_id       uuid             NOT NULL DEFAULT mortise.current_tenant(),
    id              uuid             NOT NULL DEFAULT uuidv7(),
    idempotency_key text             NOT NULL,
    message_id      text             NOT NULL,
    decided_by      text             NOT NULL CHECK (decided_by IN ('profile', 'person')),
    intent          text,
    department      text,
    urgency         text,
    confidence      double precision,
    reason          text,
    facts           jsonb            NOT NULL,
    reply           text,
    reply_by        text,
    summary         text,
    excerpt         text,
    profile_version text             NOT NULL,
    recorded_at     timestamptz      NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);

CREATE UNIQUE INDEX decision_by_key ON decision (tenant_id, idempotency_key);
CREATE UNIQUE INDEX decision_by_message ON decision (tenant_id, message_id);

CALL mortise.protect('decision');

-- The embeddings of the profile's examples, so that a restart does not compute them again.
CREATE TABLE example_vector (
    tenant_id  uuid        NOT NULL DEFAULT mortise.current_tenant(),
    model      text        NOT NULL,
    text_hash  text        NOT NULL,
    vector     bytea       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, model, text_hash)
);

CALL mortise.protect('example_vector');
