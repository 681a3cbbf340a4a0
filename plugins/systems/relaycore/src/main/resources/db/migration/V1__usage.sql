-- One row for each call to a model. The ids are UUIDs of version 7, made by the plugin, so that the primary key is in
-- the order of time and a batch that is written again changes nothing.
CREATE TABLE usage (
    tenant_id      uuid        NOT NULL DEFAULT mortise.current_tenant(),
    id             uuid        NOT NULL,
    at             timestamptz NOT NULL,
    provider       text        NOT NULL,
    model          text        NOT NULL,
    kind           text        NOT NULL,
    principal      text        NOT NULL,
    input_tokens   bigint      NOT NULL,
    output_tokens  bigint      NOT NULL,
    latency_micros bigint      NOT NULL,
    outcome        text        NOT NULL,
    trace_id       text        NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

CALL mortise.protect('usage');
