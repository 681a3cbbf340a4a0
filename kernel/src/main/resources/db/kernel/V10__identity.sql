-- People, roles, invitations, browser sessions, sign-in back-off, owners of API keys. The time that nodes must agree
-- on is the database's everywhere.

CREATE TABLE mortise.identity_policy (
    tenant_id              uuid    NOT NULL DEFAULT mortise.current_tenant() REFERENCES mortise.tenant,
    second_factor_required boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id)
);
CALL mortise.protect('mortise.identity_policy');

CREATE TABLE mortise.own_role (
    tenant_id   uuid        NOT NULL DEFAULT mortise.current_tenant() REFERENCES mortise.tenant,
    name        text        NOT NULL CHECK (name ~ '^[a-z][a-z0-9-]{0,62}$'
                                            AND name NOT IN ('admin', 'developer', 'viewer')),
    description text        NOT NULL DEFAULT '' CHECK (length(description) <= 500),
    permissions text[]      NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, name)
);
CALL mortise.protect('mortise.own_role');

CREATE TABLE mortise.user_account (
    tenant_id           uuid        NOT NULL DEFAULT mortise.current_tenant() REFERENCES mortise.tenant,
    id                  uuid        NOT NULL DEFAULT uuidv7(),
    email               text        NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    display_name        text        NOT NULL CHECK (length(display_name) BETWEEN 1 AND 200),
    state               text        NOT NULL CHECK (state IN ('INVITED', 'ACTIVE', 'LOCKED', 'DISABLED')),
    roles               text[]      NOT NULL,
    password_hash       text        CHECK (password_hash LIKE '$argon2id$%'),
    preferences         jsonb       NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(preferences) = 'object'),
    created_at          timestamptz NOT NULL DEFAULT now(),
    password_changed_at timestamptz,
    last_sign_in_at     timestamptz,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT user_account_email UNIQUE (tenant_id, email),
    CHECK (state <> 'ACTIVE' OR password_hash IS NOT NULL)
);
CALL mortise.protect('mortise.user_account');
COMMENT ON COLUMN mortise.user_account.password_hash IS 'Argon2id in PHC string form';

CREATE TABLE mortise.service_account (
    tenant_id   uuid        NOT NULL DEFAULT mortise.current_tenant() REFERENCES mortise.tenant,
    id          uuid        NOT NULL DEFAULT uuidv7(),
    name        text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    description text        NOT NULL DEFAULT '' CHECK (length(description) <= 500),
    state       text        NOT NULL DEFAULT 'ACTIVE' CHECK (state IN ('ACTIVE', 'DISABLED')),
    roles       text[]      NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT service_account_name UNIQUE (tenant_id, name)
);
CALL mortise.protect('mortise.service_account');

CREATE TABLE mortise.invitation (
    tenant_id   uuid        NOT NULL DEFAULT mortise.current_tenant() REFERENCES mortise.tenant,
    id          uuid        NOT NULL DEFAULT uuidv7(),
    user_id     uuid        NOT NULL,
    token_hash  bytea       NOT NULL CHECK (length(token_hash) = 32),
    created_by  text        NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz NOT NULL,
    accepted_at timestamptz,
    revoked_at  timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES mortise.user_account
);
CREATE UNIQUE INDEX invitation_token ON mortise.invitation (token_hash);
CREATE INDEX invitation_of_user ON mortise.invitation (tenant_id, user_id);
CALL mortise.protect('mortise.invitation');

CREATE TABLE mortise.session (
    tenant_id     uuid        NOT NULL DEFAULT mortise.current_tenant() REFERENCES mortise.tenant,
    id            uuid        NOT NULL DEFAULT uuidv7(),
    user_id       uuid        NOT NULL,
    token_hash    bytea       NOT NULL CHECK (length(token_hash) = 32),
    second_factor boolean     NOT NULL,
    source        text        NOT NULL,
    client        text        NOT NULL CHECK (length(client) <= 200),
    created_at    timestamptz NOT NULL DEFAULT now(),
    last_seen_at  timestamptz NOT NULL DEFAULT now(),
    expires_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES mortise.user_account
);
CREATE UNIQUE INDEX session_token ON mortise.session (token_hash);
CREATE INDEX session_of_user ON mortise.session (tenant_id, user_id);
CREATE INDEX session_expiry ON mortise.session (expires_at);
CALL mortise.protect('mortise.session');
COMMENT ON COLUMN mortise.session.token_hash IS 'SHA-256 of the cookie''s value; the value itself is kept nowhere';
COMMENT ON COLUMN mortise.session.last_seen_at IS 'Noted once a minute at most';

-- What is presented at the door is looked up before any tenant is known, by the functions at the end, as the owner. The
-- server's own role sees the rows of the bound tenant only.
CREATE POLICY owner_looks_up ON mortise.identity_policy TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY owner_looks_up ON mortise.own_role TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY owner_looks_up ON mortise.user_account TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY owner_looks_up ON mortise.service_account TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY owner_looks_up ON mortise.invitation TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY owner_looks_up ON mortise.session TO CURRENT_USER USING (true) WITH CHECK (true);

ALTER TABLE mortise.api_key
    ADD COLUMN owner_user     uuid,
    ADD COLUMN owner_service  uuid,
    ADD COLUMN created_by     text,
    ADD COLUMN rotated_at     timestamptz,
    ADD COLUMN previous_hash  bytea CHECK (length(previous_hash) = 32),
    ADD COLUMN previous_until timestamptz,
    ADD FOREIGN KEY (tenant_id, owner_user) REFERENCES mortise.user_account,
    ADD FOREIGN KEY (tenant_id, owner_service) REFERENCES mortise.service_account,
    ADD CHECK (owner_user IS NULL OR owner_service IS NULL);
CREATE UNIQUE INDEX api_key_previous_hash ON mortise.api_key (previous_hash) WHERE previous_hash IS NOT NULL;
COMMENT ON COLUMN mortise.api_key.permissions IS 'With an owner: what of the owner''s permissions the key may use';
COMMENT ON COLUMN mortise.api_key.previous_hash IS 'The key before the last rotation, good until previous_until';

CREATE FUNCTION mortise.permissions_of_own_roles(tenant uuid, names text[]) RETURNS text[]
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT p), '{}')
      FROM mortise.own_role r
     CROSS JOIN unnest(r.permissions) p
     WHERE r.tenant_id = tenant AND r.name = ANY (names)
$$;

CREATE FUNCTION mortise.verify_api_key(key_hash bytea) RETURNS TABLE (
        tenant_id uuid, id uuid, prefix text, hash text, permissions text[], seconds_left double precision,
        owner_user uuid, owner_service uuid, owner_roles text[], owner_permissions text[])
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
    -- Once a minute at most: the column answers "is this key still in use", not "when exactly".
    UPDATE mortise.api_key k
       SET last_used_at = now()
     WHERE (k.hash = key_hash OR k.previous_hash = key_hash)
       AND (k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 minute');
    RETURN QUERY
        SELECT k.tenant_id, k.id, k.prefix, encode(CASE WHEN k.hash = key_hash THEN k.hash ELSE k.previous_hash END, 'hex'),
               k.permissions,
               extract(epoch FROM
                   CASE WHEN k.hash = key_hash THEN k.expires_at ELSE least(k.expires_at, k.previous_until) END
                   - now())::double precision,
               k.owner_user, k.owner_service,
               coalesce(u.roles, s.roles, '{}'),
               mortise.permissions_of_own_roles(k.tenant_id, coalesce(u.roles, s.roles, '{}'))
          FROM mortise.api_key k
          JOIN mortise.tenant t ON t.id = k.tenant_id
          LEFT JOIN mortise.user_account u ON u.tenant_id = k.tenant_id AND u.id = k.owner_user
          LEFT JOIN mortise.service_account s ON s.tenant_id = k.tenant_id AND s.id = k.owner_service
         WHERE (k.hash = key_hash OR (k.previous_hash = key_hash AND k.previous_until > now()))
           AND k.revoked_at IS NULL
           AND (k.expires_at IS NULL OR k.expires_at > now())
           AND t.state = 'ACTIVE'
           AND (k.owner_user IS NULL OR u.state = 'ACTIVE')
           AND (k.owner_service IS NULL OR s.state = 'ACTIVE');
END $$;

CREATE FUNCTION mortise.find_session(hash bytea, idle_seconds integer) RETURNS TABLE (
        tenant_id uuid, session_id uuid, user_id uuid, seconds_left double precision, roles text[],
        own_permissions text[], restricted boolean)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    idle_since timestamptz := now() - make_interval(secs => idle_seconds);
BEGIN
    UPDATE mortise.session s
       SET last_seen_at = now()
     WHERE s.token_hash = hash
       AND s.last_seen_at < now() - interval '1 minute'
       AND s.last_seen_at > idle_since
       AND s.expires_at > now();
    RETURN QUERY
        SELECT s.tenant_id, s.id, s.user_id,
               extract(epoch FROM least(s.expires_at, s.last_seen_at + make_interval(secs => idle_seconds)) - now())
                   ::double precision,
               u.roles,
               mortise.permissions_of_own_roles(s.tenant_id, u.roles),
               coalesce(p.second_factor_required, false) AND NOT s.second_factor
          FROM mortise.session s
          JOIN mortise.tenant t ON t.id = s.tenant_id
          JOIN mortise.user_account u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
          LEFT JOIN mortise.identity_policy p ON p.tenant_id = s.tenant_id
         WHERE s.token_hash = hash
           AND s.expires_at > now()
           AND s.last_seen_at > idle_since
           AND u.state = 'ACTIVE'
           AND t.state = 'ACTIVE';
END $$;

CREATE FUNCTION mortise.find_invitation(hash bytea) RETURNS TABLE (tenant_id uuid, id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT i.tenant_id, i.id
      FROM mortise.invitation i
      JOIN mortise.tenant t ON t.id = i.tenant_id
     WHERE i.token_hash = hash
       AND i.accepted_at IS NULL
       AND i.revoked_at IS NULL
       AND i.expires_at > now()
       AND t.state = 'ACTIVE'
$$;

-- Attempts to sign in, by account, by source address, and by both. Subjects are hashes: what strangers type as an
-- e-mail is not kept. A row of an unknown account looks like every other one. No reference to the tenant: attempts at
-- unknown tenants are counted under the nil id.
CREATE TABLE mortise.sign_in_attempt (
    tenant_id       uuid        NOT NULL DEFAULT mortise.current_tenant(),
    scope           text        NOT NULL CHECK (scope IN ('ACCOUNT', 'PAIR', 'SOURCE')),
    subject         bytea       NOT NULL CHECK (length(subject) = 32),
    failures        integer     NOT NULL,
    last_failure_at timestamptz NOT NULL DEFAULT now(),
    blocked_until   timestamptz NOT NULL DEFAULT '-infinity',
    succeeded_at    timestamptz,
    PRIMARY KEY (tenant_id, scope, subject)
);
CREATE INDEX sign_in_attempt_age ON mortise.sign_in_attempt (tenant_id, last_failure_at);
CALL mortise.protect('mortise.sign_in_attempt');

-- Counts an attempt before its password is looked at, so that many at once do not slip through, and returns how many
-- seconds to wait, 0 to go on. Refused attempts are not counted: the wait always ends. Rows are locked in the order of
-- the scopes' names, hence no deadlock.
CREATE FUNCTION mortise.begin_sign_in(
        account bytea, pair bytea, source bytea, known_for interval, free_of_pair integer, free_of_others integer,
        longest integer, longest_of_account integer)
    RETURNS integer LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    moment timestamptz := clock_timestamp();
    waits  integer     := 0;
    known  boolean;
    entry  record;
BEGIN
    INSERT INTO mortise.sign_in_attempt (scope, subject, failures)
    VALUES ('ACCOUNT', account, 0), ('PAIR', pair, 0), ('SOURCE', source, 0)
    ON CONFLICT DO NOTHING;
    known := EXISTS (
        SELECT FROM mortise.sign_in_attempt a
         WHERE a.tenant_id = mortise.current_tenant() AND a.scope = 'PAIR' AND a.subject = pair
           AND a.succeeded_at > moment - known_for);
    FOR entry IN
        SELECT a.*
          FROM mortise.sign_in_attempt a
         WHERE a.tenant_id = mortise.current_tenant()
           AND (a.scope, a.subject) IN (('ACCOUNT', account), ('PAIR', pair), ('SOURCE', source))
         ORDER BY a.scope
           FOR UPDATE
    LOOP
        -- Whoever signed in from here before is not held up by strangers who try the account from elsewhere.
        IF entry.blocked_until > moment AND NOT (known AND entry.scope = 'ACCOUNT') THEN
            waits := greatest(waits, ceil(extract(epoch FROM entry.blocked_until - moment))::integer);
        END IF;
    END LOOP;
    IF waits > 0 THEN
        RETURN waits;
    END IF;
    UPDATE mortise.sign_in_attempt a
       SET failures = n.failures,
           last_failure_at = moment,
           blocked_until = CASE
               WHEN n.failures < n.free THEN '-infinity'
               ELSE moment + make_interval(secs => least(n.longest, power(2, least(n.failures - n.free, 20))))
           END
      FROM (SELECT b.scope, b.subject,
                   1 + CASE WHEN b.last_failure_at < moment - interval '1 hour' THEN 0 ELSE b.failures END AS failures,
                   CASE b.scope WHEN 'PAIR' THEN free_of_pair ELSE free_of_others END AS free,
                   CASE b.scope WHEN 'ACCOUNT' THEN longest_of_account ELSE begin_sign_in.longest END AS longest
              FROM mortise.sign_in_attempt b
             WHERE b.tenant_id = mortise.current_tenant()
               AND (b.scope, b.subject) IN (('ACCOUNT', account), ('PAIR', pair), ('SOURCE', source))) n
     WHERE a.tenant_id = mortise.current_tenant()
       AND a.scope = n.scope
       AND a.subject = n.subject;
    RETURN 0;
END $$;

REVOKE ALL ON FUNCTION mortise.permissions_of_own_roles(uuid, text[]), mortise.verify_api_key(bytea),
    mortise.find_session(bytea, integer), mortise.find_invitation(bytea) FROM PUBLIC;
