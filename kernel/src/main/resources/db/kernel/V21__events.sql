-- Events: an outbox that publishers insert into, numbered afterwards in the order in which it became visible.
--
-- Why numbered afterwards: a number taken at the insert says nothing about the commit, so a reader that remembers the
-- highest number it saw would miss whatever commits late. Waiting for the oldest open transaction instead
-- (pg_snapshot_xmin) would let one slow transaction anywhere in the database hold up every event. Here position is given
-- under a lock to rows that are committed: what commits late gets a later position, and a position once seen is never
-- followed by a lower one. Of two events of a key, one of which could see the other, the earlier gets the lower.

CREATE TABLE mortise.event (
    tenant_id    uuid        NOT NULL DEFAULT mortise.current_tenant(),
    id           uuid        NOT NULL DEFAULT uuidv7(),
    serial       bigint      GENERATED ALWAYS AS IDENTITY,
    position     bigint,
    lane         smallint    NOT NULL,
    name         text        NOT NULL,
    event_key    text,
    payload      jsonb       NOT NULL,
    published_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    trace_id     text        NOT NULL,
    PRIMARY KEY (tenant_id, id)
) WITH (fillfactor = 85);

COMMENT ON COLUMN mortise.event.lane IS 'Events of one lane are delivered one after the other; a key is always in the same';

CREATE INDEX event_fresh ON mortise.event (serial) WHERE position IS NULL;
CREATE INDEX event_in_lane ON mortise.event (tenant_id, lane, position);
CREATE INDEX event_published ON mortise.event (published_at);

CALL mortise.protect('mortise.event');
CREATE POLICY owner_works ON mortise.event TO CURRENT_USER USING (true) WITH CHECK (true);

-- One row: the highest position given.
CREATE TABLE mortise.event_position (only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one), last bigint NOT NULL);
INSERT INTO mortise.event_position (last) VALUES (0);

CREATE TABLE mortise.event_subscriber (
    name    text        PRIMARY KEY,
    topics  text[]      NOT NULL,
    since   bigint      NOT NULL,
    seen_at timestamptz NOT NULL
);

COMMENT ON COLUMN mortise.event_subscriber.since IS 'The last position before it subscribed; older events are not for it';

-- How far a subscriber is. Written by whoever holds the lease, in the transaction of the subscriber's own work.
CREATE TABLE mortise.event_cursor (
    tenant_id     uuid        NOT NULL DEFAULT mortise.current_tenant(),
    subscriber    text        NOT NULL,
    lane          smallint    NOT NULL,
    position      bigint      NOT NULL,
    attempt       integer     NOT NULL DEFAULT 0,
    lost_leases   integer     NOT NULL DEFAULT 0,
    error_code    text,
    error_message text,
    changed_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, subscriber, lane)
) WITH (fillfactor = 50);

CALL mortise.protect('mortise.event_cursor');
CREATE POLICY owner_works ON mortise.event_cursor TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE TABLE mortise.event_parked (
    tenant_id     uuid        NOT NULL DEFAULT mortise.current_tenant(),
    id            uuid        NOT NULL DEFAULT uuidv7(),
    subscriber    text        NOT NULL,
    event_id      uuid        NOT NULL,
    event_name    text        NOT NULL,
    event_key     text,
    position      bigint      NOT NULL,
    payload       jsonb       NOT NULL,
    published_at  timestamptz NOT NULL,
    trace_id      text        NOT NULL,
    attempts      integer     NOT NULL,
    error_code    text        NOT NULL,
    error_message text        NOT NULL,
    parked_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, id)
);

CALL mortise.protect('mortise.event_parked');
CREATE POLICY owner_works ON mortise.event_parked TO CURRENT_USER USING (true) WITH CHECK (true);

-- Who delivers what: a row for each subscriber, tenant and lane with events ahead. No tenant table, and nothing in it
-- but ids; the row goes when the subscriber has caught up.
CREATE TABLE mortise.event_delivery (
    owner        uuid        NOT NULL,
    subscriber   text        NOT NULL,
    lane         smallint    NOT NULL,
    head         bigint      NOT NULL,
    stopped      boolean     NOT NULL DEFAULT false,
    retry_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    lease        bigint,
    leased_by    text,
    leased_until timestamptz,
    PRIMARY KEY (owner, subscriber, lane)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);

-- Numbers leases over the life of the server: a row may go and come back, its lease never does.
CREATE SEQUENCE mortise.lease_number;

CREATE FUNCTION mortise.event_matches(name text, topics text[]) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN name = ANY (topics)
        OR EXISTS (SELECT FROM unnest(topics) topic WHERE topic LIKE '%.*' AND starts_with(name, left(topic, -1)));

-- Gives positions to what was committed since the last time, and tells the subscribers' rows. Returns how many.
CREATE FUNCTION mortise.number_events() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    base  bigint;
    moved integer;
BEGIN
    IF NOT EXISTS (SELECT FROM mortise.event WHERE position IS NULL) THEN
        RETURN 0;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('mortise events', 0));
    SELECT last INTO base FROM mortise.event_position;
    WITH fresh AS (
        SELECT e.tenant_id, e.id, row_number() OVER (ORDER BY e.serial) AS place
          FROM (SELECT tenant_id, id, serial FROM mortise.event
                 WHERE position IS NULL ORDER BY serial LIMIT 5000) e
    ), numbered AS (
        UPDATE mortise.event e
           SET position = base + fresh.place
          FROM fresh
         WHERE e.tenant_id = fresh.tenant_id AND e.id = fresh.id
        RETURNING e.tenant_id, e.lane, e.name, e.position
    ), ahead AS (
        INSERT INTO mortise.event_delivery AS d (owner, subscriber, lane, head)
        SELECT n.tenant_id, s.name, n.lane, max(n.position)
          FROM numbered n
          JOIN mortise.event_subscriber s ON mortise.event_matches(n.name, s.topics)
         GROUP BY n.tenant_id, s.name, n.lane
        ON CONFLICT (owner, subscriber, lane) DO UPDATE SET head = excluded.head
    )
    SELECT count(*) INTO moved FROM numbered;
    UPDATE mortise.event_position SET last = base + moved;
    RETURN moved;
END $$;

-- Leases lanes with events ahead to a node, those that have waited longest first. "lost": the former holder went away.
CREATE FUNCTION mortise.claim_deliveries(node text, offered text[], at_most integer, lease_time interval)
    RETURNS TABLE (owner uuid, subscriber text, lane smallint, head bigint, lease bigint, lost boolean)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    moment timestamptz := clock_timestamp();
BEGIN
    RETURN QUERY
        WITH free AS (
            SELECT d.owner, d.subscriber, d.lane, d.leased_by IS NOT NULL AS was_leased
              FROM mortise.event_delivery d
             WHERE d.subscriber = ANY (offered)
               AND NOT d.stopped
               AND d.retry_at <= moment
               AND (d.leased_by IS NULL OR d.leased_until < moment)
               AND EXISTS (SELECT FROM mortise.tenant t WHERE t.id = d.owner AND t.state = 'ACTIVE')
             ORDER BY d.retry_at
             LIMIT at_most
               FOR UPDATE OF d SKIP LOCKED
        )
        UPDATE mortise.event_delivery d
           SET lease = nextval('mortise.lease_number'), leased_by = node, leased_until = moment + lease_time
          FROM free
         WHERE d.owner = free.owner AND d.subscriber = free.subscriber AND d.lane = free.lane
        RETURNING d.owner, d.subscriber, d.lane, d.head, d.lease, free.was_leased;
END $$;

-- Holds a lease until the end of the transaction, or fails; as mortise.hold_job.
CREATE FUNCTION mortise.hold_delivery(held_owner uuid, held_subscriber text, held_lane smallint, held_lease bigint)
    RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM mortise.event_delivery
      WHERE owner = held_owner AND subscriber = held_subscriber AND lane = held_lane AND lease = held_lease
        FOR KEY SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'The deliveries of % to % belong to another node by now', held_owner, held_subscriber
            USING ERRCODE = 'ML002';
    END IF;
END $$;

-- Gives a lane back: for good when nothing is ahead of what was reached, else after the wait.
CREATE FUNCTION mortise.release_delivery(
    held_owner uuid, held_subscriber text, held_lane smallint, held_lease bigint, reached bigint, wait interval,
    stop boolean)
    RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM mortise.event_delivery
     WHERE owner = held_owner AND subscriber = held_subscriber AND lane = held_lane AND lease = held_lease
       AND head <= reached;
    IF NOT FOUND THEN
        UPDATE mortise.event_delivery
           SET lease = NULL, leased_by = NULL, leased_until = NULL, retry_at = clock_timestamp() + wait, stopped = stop
         WHERE owner = held_owner AND subscriber = held_subscriber AND lane = held_lane AND lease = held_lease;
    END IF;
END $$;

-- Keeps a node's leases, says which subscribers it offers, and clears away what is old.
CREATE FUNCTION mortise.tend_events(held bigint[], names text[], topics jsonb, lease_time interval, keep interval)
    RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    moment timestamptz := clock_timestamp();
    kept   integer;
BEGIN
    UPDATE mortise.event_delivery d
       SET leased_until = moment + lease_time
     WHERE (d.owner, d.subscriber, d.lane) IN (
         SELECT m.owner, m.subscriber, m.lane FROM mortise.event_delivery m
          WHERE m.lease = ANY (held) FOR NO KEY UPDATE SKIP LOCKED);
    GET DIAGNOSTICS kept = ROW_COUNT;
    IF EXISTS (SELECT FROM unnest(names) n WHERE NOT EXISTS (SELECT FROM mortise.event_subscriber k WHERE k.name = n)) THEN
        -- Who subscribes while events are numbered must either be told of them or start behind them.
        PERFORM pg_advisory_xact_lock(hashtextextended('mortise events', 0));
    END IF;
    INSERT INTO mortise.event_subscriber AS s (name, topics, since, seen_at)
    SELECT offered.name, ARRAY(SELECT jsonb_array_elements_text(topics -> offered.name)),
           (SELECT last FROM mortise.event_position), moment
      FROM unnest(names) offered(name)
    ON CONFLICT (name) DO UPDATE SET topics = excluded.topics, seen_at = excluded.seen_at
     WHERE s.topics <> excluded.topics OR s.seen_at < moment - interval '1 minute';
    IF pg_try_advisory_xact_lock(hashtextextended('mortise event tending', 0)) THEN
        DELETE FROM mortise.event
         WHERE (tenant_id, id) IN (
             SELECT tenant_id, id FROM mortise.event
              WHERE published_at < moment - keep ORDER BY published_at LIMIT 2000 FOR UPDATE SKIP LOCKED);
        DELETE FROM mortise.event_subscriber WHERE seen_at < moment - greatest(keep, interval '1 day');
        DELETE FROM mortise.event_delivery d
         WHERE NOT EXISTS (SELECT FROM mortise.event_subscriber s WHERE s.name = d.subscriber)
           AND (d.leased_by IS NULL OR d.leased_until < moment);
    END IF;
    RETURN kept;
END $$;

-- Sets a tenant's subscription back, so that what comes after the position is delivered again.
CREATE FUNCTION mortise.rewind_subscription(rewound text, target bigint) RETURNS integer
    LANGUAGE plpgsql AS $$
DECLARE
    lanes integer;
BEGIN
    -- A delivery that is under way loses its lease with the row, and with it the right to move the cursor.
    DELETE FROM mortise.event_delivery WHERE owner = mortise.current_tenant() AND subscriber = rewound;
    DELETE FROM mortise.event_cursor WHERE subscriber = rewound;
    WITH ahead AS (
        SELECT e.lane, max(e.position) AS head
          FROM mortise.event e
          JOIN mortise.event_subscriber s ON s.name = rewound AND mortise.event_matches(e.name, s.topics)
         WHERE e.position > target
         GROUP BY e.lane
    ), placed AS (
        INSERT INTO mortise.event_cursor (subscriber, lane, position) SELECT rewound, lane, target FROM ahead
    )
    INSERT INTO mortise.event_delivery AS d (owner, subscriber, lane, head)
    SELECT mortise.current_tenant(), rewound, lane, head FROM ahead
    ON CONFLICT (owner, subscriber, lane) DO UPDATE SET head = greatest(d.head, excluded.head);
    GET DIAGNOSTICS lanes = ROW_COUNT;
    -- Lanes without anything ahead start behind what they have seen.
    INSERT INTO mortise.event_cursor (subscriber, lane, position)
    SELECT rewound, empty, (SELECT last FROM mortise.event_position)
      FROM generate_series(0, 7) empty
    ON CONFLICT DO NOTHING;
    PERFORM pg_notify('mortise', 'event');
    RETURN lanes;
END $$;

REVOKE ALL ON FUNCTION
    mortise.number_events(),
    mortise.claim_deliveries(text, text[], integer, interval),
    mortise.tend_events(bigint[], text[], jsonb, interval, interval)
    FROM PUBLIC;
