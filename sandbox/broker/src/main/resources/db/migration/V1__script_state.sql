-- What scripts remember from one call to the next.
CREATE TABLE script_state (
    tenant_id  uuid        NOT NULL DEFAULT mortise.current_tenant(),
    name       text        NOT NULL,
    key        text        NOT NULL,
    value      jsonb       NOT NULL,
    written_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, name, key)
);
CALL mortise.protect('script_state');
