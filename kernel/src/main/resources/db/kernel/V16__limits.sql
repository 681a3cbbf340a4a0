-- What is left of each limit. Not logged: after a crash of PostgreSQL everybody has a full bucket, and no lease costs a
-- write to the log.
CREATE UNLOGGED TABLE mortise.limit_bucket (
    tenant_id   uuid             NOT NULL DEFAULT mortise.current_tenant(),
    bucket      text             NOT NULL,
    tokens      double precision NOT NULL,
    refilled_at timestamptz      NOT NULL,
    full_at     timestamptz      NOT NULL,
    PRIMARY KEY (tenant_id, bucket)
) WITH (fillfactor = 50);

COMMENT ON COLUMN mortise.limit_bucket.full_at IS 'When it will be full again if nobody takes from it; then it need not be kept';

CALL mortise.protect('mortise.limit_bucket');
CREATE POLICY owner_forgets ON mortise.limit_bucket TO CURRENT_USER USING (true);

-- What the operator set for a tenant in place of the configuration's.
CREATE TABLE mortise.limit_override (
    tenant_id  uuid        NOT NULL DEFAULT mortise.current_tenant(),
    name       text        NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
    permits    bigint      NOT NULL CHECK (permits > 0),
    seconds    bigint      NOT NULL CHECK (seconds > 0),
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, name)
);

CALL mortise.protect('mortise.limit_override');

-- A token bucket (Turner, 1986): it holds at most permits tokens, which come back evenly in the given seconds. All by
-- the database's clock, so that the clocks of the nodes do not matter. Gives as many tokens as wanted, or fewer, but
-- none when there are fewer than at_least. The row lock makes leases of one bucket follow one another.
CREATE FUNCTION mortise.lease_tokens(
        of_bucket text, permits bigint, seconds double precision, wanted bigint, at_least bigint, give_back bigint,
        OUT granted bigint, OUT remaining double precision)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    at timestamptz := clock_timestamp();
    have double precision;
BEGIN
    INSERT INTO mortise.limit_bucket (bucket, tokens, refilled_at, full_at)
    VALUES (of_bucket, permits, at, at)
    ON CONFLICT DO NOTHING;
    SELECT least(permits,
                 b.tokens + give_back + permits * greatest(0, extract(epoch FROM at - b.refilled_at)) / seconds)
      INTO have
      FROM mortise.limit_bucket b
     WHERE b.bucket = of_bucket
       FOR UPDATE;
    granted := CASE WHEN have >= at_least THEN least(wanted, floor(have)::bigint) ELSE 0 END;
    remaining := have - granted;
    UPDATE mortise.limit_bucket b
       SET tokens = remaining,
           refilled_at = greatest(b.refilled_at, at),
           full_at = at + make_interval(secs => (permits - remaining) * seconds / permits)
     WHERE b.bucket = of_bucket;
END $$;

-- Full buckets are as good as none.
CREATE FUNCTION mortise.forget_full_buckets() RETURNS bigint
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH gone AS (DELETE FROM mortise.limit_bucket WHERE full_at < now() - interval '1 hour' RETURNING 1)
    SELECT count(*) FROM gone
$$;

REVOKE ALL ON FUNCTION
    mortise.lease_tokens(text, bigint, double precision, bigint, bigint, bigint), mortise.forget_full_buckets()
    FROM PUBLIC;
