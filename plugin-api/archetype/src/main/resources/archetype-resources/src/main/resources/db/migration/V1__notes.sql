-- Runs in the plugin's own schema. A table of tenants begins its keys with tenant_id and is protected.
CREATE TABLE note (
    tenant_id  uuid        NOT NULL DEFAULT mortise.current_tenant(),
    id         uuid        NOT NULL DEFAULT uuidv7(),
    text       text        NOT NULL,
    key        text,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);

CREATE UNIQUE INDEX note_by_key ON note (tenant_id, key);

CALL mortise.protect('note');
