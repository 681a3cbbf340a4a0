-- Live topics: a short memory of messages, numbered when they have become visible, as events are.

CREATE TABLE mortise.live_message (
    tenant_id    uuid        NOT NULL DEFAULT mortise.current_tenant(),
    id           uuid        NOT NULL DEFAULT uuidv7(),
    serial       bigint      GENERATED ALWAYS AS IDENTITY,
    position     bigint,
    sequence     bigint,
    topic        text        NOT NULL,
    payload      jsonb       NOT NULL,
    published_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, id)
) WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05);

CREATE INDEX live_message_fresh ON mortise.live_message (serial) WHERE position IS NULL;
CREATE INDEX live_message_position ON mortise.live_message (position);
CREATE INDEX live_message_topic ON mortise.live_message (tenant_id, topic, sequence);
CREATE INDEX live_message_published ON mortise.live_message (published_at);

CALL mortise.protect('mortise.live_message');
CREATE POLICY owner_works ON mortise.live_message TO CURRENT_USER USING (true) WITH CHECK (true);

-- The last sequence number of each topic. A topic that is forgotten and comes back starts at the milliseconds since
-- 1970, above whatever number it had, so that a client never mistakes new messages for old ones.
CREATE TABLE mortise.live_topic (
    tenant_id  uuid        NOT NULL DEFAULT mortise.current_tenant(),
    topic      text        NOT NULL,
    last       bigint      NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, topic)
) WITH (fillfactor = 50);

CALL mortise.protect('mortise.live_topic');
CREATE POLICY owner_works ON mortise.live_topic TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE TABLE mortise.live_position (only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one), last bigint NOT NULL);
INSERT INTO mortise.live_position (last) VALUES (0);

CREATE FUNCTION mortise.number_live() RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    stamp bigint := floor(extract(epoch FROM clock_timestamp()) * 1000);
    base  bigint;
    moved integer;
BEGIN
    IF NOT EXISTS (SELECT FROM mortise.live_message WHERE position IS NULL) THEN
        RETURN (SELECT last FROM mortise.live_position);
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('mortise live', 0));
    SELECT last INTO base FROM mortise.live_position;
    WITH fresh AS (
        SELECT m.tenant_id, m.id, m.topic,
               row_number() OVER (ORDER BY m.serial) AS place,
               row_number() OVER (PARTITION BY m.tenant_id, m.topic ORDER BY m.serial) AS step,
               count(*) OVER (PARTITION BY m.tenant_id, m.topic) AS steps
          FROM (SELECT tenant_id, id, topic, serial FROM mortise.live_message
                 WHERE position IS NULL ORDER BY serial LIMIT 5000) m
    ), topics AS (
        INSERT INTO mortise.live_topic AS t (tenant_id, topic, last, changed_at)
        SELECT fresh.tenant_id, fresh.topic, stamp + count(*), clock_timestamp()
          FROM fresh
         GROUP BY fresh.tenant_id, fresh.topic
        ON CONFLICT (tenant_id, topic) DO UPDATE
           SET last = t.last + excluded.last - stamp, changed_at = excluded.changed_at
        RETURNING t.tenant_id, t.topic, t.last
    ), numbered AS (
        UPDATE mortise.live_message m
           SET position = base + fresh.place, sequence = topics.last - fresh.steps + fresh.step
          FROM fresh
          JOIN topics ON topics.tenant_id = fresh.tenant_id AND topics.topic = fresh.topic
         WHERE m.tenant_id = fresh.tenant_id AND m.id = fresh.id
        RETURNING m.id
    )
    SELECT count(*) INTO moved FROM numbered;
    UPDATE mortise.live_position SET last = base + moved;
    RETURN base + moved;
END $$;

-- What was said since the position, to everybody: a node hands it to the clients of each tenant.
CREATE FUNCTION mortise.read_live(after bigint, at_most integer)
    RETURNS TABLE (tenant_id uuid, topic text, sequence bigint, position_ bigint, payload jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT m.tenant_id, m.topic, m.sequence, m.position, m.payload
      FROM mortise.live_message m
     WHERE m.position > after
     ORDER BY m.position
     LIMIT at_most
$$;

CREATE FUNCTION mortise.tend_live(keep interval) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF pg_try_advisory_xact_lock(hashtextextended('mortise live tending', 0)) THEN
        DELETE FROM mortise.live_message
         WHERE (tenant_id, id) IN (
             SELECT tenant_id, id FROM mortise.live_message
              WHERE published_at < clock_timestamp() - keep
              ORDER BY published_at LIMIT 5000 FOR UPDATE SKIP LOCKED);
        DELETE FROM mortise.live_topic WHERE changed_at < clock_timestamp() - greatest(keep * 2, interval '1 day');
    END IF;
END $$;

REVOKE ALL ON FUNCTION mortise.number_live(), mortise.read_live(bigint, integer), mortise.tend_live(interval)
    FROM PUBLIC;
