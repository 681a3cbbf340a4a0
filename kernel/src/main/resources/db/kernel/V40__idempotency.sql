-- Requests that carried an Idempotency-Key: what was asked, by whom, and what was answered.
CREATE TABLE mortise.idempotent_request (
    tenant_id    uuid        NOT NULL DEFAULT mortise.current_tenant() REFERENCES mortise.tenant,
    principal    text        NOT NULL,
    key          text        NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    fingerprint  bytea       NOT NULL CHECK (length(fingerprint) = 32),
    attempt      uuid        NOT NULL,
    state        text        NOT NULL DEFAULT 'RUNNING' CHECK (state IN ('RUNNING', 'DONE', 'DONE_UNKEPT')),
    leased_until timestamptz NOT NULL,
    effect_at    timestamptz,
    status       int,
    headers      text,
    body         bytea,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, principal, key)
);

COMMENT ON COLUMN mortise.idempotent_request.fingerprint IS 'SHA-256 of method, path, query, content type and body';
COMMENT ON COLUMN mortise.idempotent_request.attempt IS 'Changes when the key is taken over; fences the former attempt';
COMMENT ON COLUMN mortise.idempotent_request.effect_at IS
    'Set in the same transaction as the first change that the request made; NULL: it changed nothing yet';

CREATE INDEX idempotent_request_age ON mortise.idempotent_request (created_at);

CALL mortise.protect('mortise.idempotent_request');

-- The two functions below work as the owner, across tenants.
CREATE POLICY owner_marks ON mortise.idempotent_request TO CURRENT_USER USING (true) WITH CHECK (true);

-- Called inside of the transactions that the request makes, whatever tenant they are bound to. False: the key was
-- taken over, and the transaction must not be committed.
CREATE FUNCTION mortise.mark_idempotent_effect(tenant uuid, caller text, request_key text, own_attempt uuid)
    RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE mortise.idempotent_request
       SET effect_at = coalesce(effect_at, now())
     WHERE tenant_id = tenant
       AND principal = caller
       AND key = request_key
       AND attempt = own_attempt;
    RETURN FOUND;
END $$;

CREATE FUNCTION mortise.forget_idempotent_requests() RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    forgotten bigint;
BEGIN
    DELETE FROM mortise.idempotent_request r
     USING (SELECT tenant_id, principal, key
              FROM mortise.idempotent_request
             WHERE created_at < now() - interval '24 hours'
             ORDER BY created_at
             LIMIT 1000
               FOR UPDATE SKIP LOCKED) old
     WHERE r.tenant_id = old.tenant_id
       AND r.principal = old.principal
       AND r.key = old.key;
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    RETURN forgotten;
END $$;

REVOKE ALL ON FUNCTION mortise.mark_idempotent_effect(uuid, text, text, uuid), mortise.forget_idempotent_requests()
    FROM PUBLIC;
