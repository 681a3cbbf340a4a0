-- Access tokens for machines: the keys that sign them, the families of refresh tokens, second factors.

-- The server's, not a tenant's: the public halves are told to everybody, the private ones are sealed.
CREATE TABLE mortise.signing_key (
    id             text        PRIMARY KEY,
    public_key     text        NOT NULL,
    sealed_private bytea       NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now()
);

-- One row: which server this is, told in every token.
CREATE TABLE mortise.installation (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    id       uuid    NOT NULL DEFAULT uuidv7()
);
INSERT INTO mortise.installation DEFAULT VALUES;

CREATE TABLE mortise.token_family (
    tenant_id       uuid        NOT NULL DEFAULT mortise.current_tenant() REFERENCES mortise.tenant,
    id              uuid        NOT NULL DEFAULT uuidv7(),
    user_id         uuid,
    key_id          uuid,
    second_factor   boolean     NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    expires_at      timestamptz NOT NULL,
    revoked_at      timestamptz,
    revoked_because text,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES mortise.user_account,
    FOREIGN KEY (tenant_id, key_id) REFERENCES mortise.api_key,
    CHECK (num_nonnulls(user_id, key_id) = 1)
);
CREATE INDEX token_family_of_user ON mortise.token_family (tenant_id, user_id);
CREATE INDEX token_family_of_key ON mortise.token_family (tenant_id, key_id);
CREATE INDEX token_family_expiry ON mortise.token_family (tenant_id, expires_at);
CALL mortise.protect('mortise.token_family');

CREATE TABLE mortise.refresh_token (
    tenant_id uuid        NOT NULL DEFAULT mortise.current_tenant() REFERENCES mortise.tenant,
    hash      bytea       NOT NULL CHECK (length(hash) = 32),
    family_id uuid        NOT NULL,
    used_at   timestamptz,
    PRIMARY KEY (tenant_id, hash),
    FOREIGN KEY (tenant_id, family_id) REFERENCES mortise.token_family ON DELETE CASCADE
);
CREATE INDEX refresh_token_hash ON mortise.refresh_token (hash);
CREATE INDEX refresh_token_of_family ON mortise.refresh_token (tenant_id, family_id);
CALL mortise.protect('mortise.refresh_token');

CREATE TABLE mortise.second_factor (
    tenant_id    uuid        NOT NULL DEFAULT mortise.current_tenant() REFERENCES mortise.tenant,
    user_id      uuid        NOT NULL,
    sealed_seed  bytea       NOT NULL,
    last_step    bigint      NOT NULL DEFAULT 0,
    created_at   timestamptz NOT NULL DEFAULT now(),
    confirmed_at timestamptz,
    PRIMARY KEY (tenant_id, user_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES mortise.user_account
);
CALL mortise.protect('mortise.second_factor');
COMMENT ON COLUMN mortise.second_factor.last_step IS 'The time step of the last code that was taken; no older one is';

CREATE TABLE mortise.recovery_code (
    tenant_id uuid  NOT NULL DEFAULT mortise.current_tenant() REFERENCES mortise.tenant,
    user_id   uuid  NOT NULL,
    hash      bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (tenant_id, user_id, hash),
    FOREIGN KEY (tenant_id, user_id) REFERENCES mortise.second_factor ON DELETE CASCADE
);
CALL mortise.protect('mortise.recovery_code');

CREATE POLICY owner_looks_up ON mortise.refresh_token TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE FUNCTION mortise.find_refresh_token(token_hash bytea) RETURNS TABLE (tenant_id uuid, family_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.tenant_id, r.family_id
      FROM mortise.refresh_token r
      JOIN mortise.tenant t ON t.id = r.tenant_id
     WHERE r.hash = token_hash
       AND t.state = 'ACTIVE'
$$;

REVOKE ALL ON FUNCTION mortise.find_refresh_token(bytea) FROM PUBLIC;
