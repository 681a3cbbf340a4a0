-- Jobs: what a tenant sees of them (job, job_repetition), and the queue that db-scheduler runs (job_queue).

CREATE TABLE mortise.job (
    tenant_id     uuid        NOT NULL DEFAULT mortise.current_tenant(),
    id            uuid        NOT NULL DEFAULT uuidv7(),
    plugin        text        NOT NULL,
    handler       text        NOT NULL,
    state         text        NOT NULL DEFAULT 'SCHEDULED'
                  CHECK (state IN ('SCHEDULED', 'PARKED', 'RUNNING', 'SUCCEEDED', 'DEAD', 'CANCELLED')),
    priority      smallint    NOT NULL,
    job_key       text,
    lane          text,
    lane_limit    integer,
    attempt       integer     NOT NULL DEFAULT 0,
    lost_runs     integer     NOT NULL DEFAULT 0,
    run_at        timestamptz NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    started_at    timestamptz,
    ended_at      timestamptz,
    progress      double precision,
    progress_text text,
    error_code    text,
    error_message text,
    trace_id      text        NOT NULL,
    payload       jsonb       NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

COMMENT ON COLUMN mortise.job.lost_runs IS 'Runs whose node went away; a job that takes its nodes down must end some day';

CREATE UNIQUE INDEX job_by_key ON mortise.job (tenant_id, plugin, job_key) WHERE job_key IS NOT NULL;
CREATE INDEX job_by_state ON mortise.job (tenant_id, state, id);
CREATE INDEX job_ended ON mortise.job (ended_at) WHERE ended_at IS NOT NULL;

CALL mortise.protect('mortise.job');
CREATE POLICY owner_works ON mortise.job TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE TABLE mortise.job_repetition (
    tenant_id  uuid        NOT NULL DEFAULT mortise.current_tenant(),
    plugin     text        NOT NULL,
    name       text        NOT NULL,
    handler    text        NOT NULL,
    cron       text        NOT NULL,
    zone       text        NOT NULL,
    priority   smallint    NOT NULL,
    lane       text        NOT NULL,
    lane_limit integer     NOT NULL,
    payload    jsonb       NOT NULL,
    next_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, plugin, name)
);

CREATE INDEX job_repetition_next ON mortise.job_repetition (next_at);

CALL mortise.protect('mortise.job_repetition');
CREATE POLICY owner_works ON mortise.job_repetition TO CURRENT_USER USING (true) WITH CHECK (true);

-- The columns up to "state" are db-scheduler's (its name for a job is task_name + task_instance, and "version" is the
-- fencing token: every change of who may run a job raises it). The others are ours. No tenant table: db-scheduler works
-- for all tenants at once, and there is nothing in it but ids.
CREATE TABLE mortise.job_queue (
    task_name            text        NOT NULL DEFAULT 'job',
    task_instance        text        NOT NULL,
    task_data            bytea,
    execution_time       timestamptz,
    picked               boolean     NOT NULL DEFAULT false,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      NOT NULL DEFAULT 1,
    priority             smallint    NOT NULL,
    state                text,
    owner                uuid        NOT NULL,
    handler              text        NOT NULL,
    lane                 text,
    lane_limit           integer,
    held                 text CHECK (held IN ('LANE', 'PARKED')),
    PRIMARY KEY (task_name, task_instance)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);

CREATE INDEX job_queue_waiting ON mortise.job_queue (owner, priority, execution_time) WHERE NOT picked AND held IS NULL;
CREATE INDEX job_queue_picked ON mortise.job_queue (last_heartbeat) WHERE picked;
CREATE INDEX job_queue_held ON mortise.job_queue (owner, lane) WHERE held = 'LANE';
CREATE INDEX job_queue_parked ON mortise.job_queue (handler) WHERE held = 'PARKED';

-- Leases are reckoned by the clock of the database alone, whatever the node that beats believes.
CREATE FUNCTION mortise.beat_by_database_clock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.last_heartbeat := clock_timestamp();
    RETURN NEW;
END $$;

CREATE TRIGGER job_queue_beat BEFORE UPDATE OF last_heartbeat ON mortise.job_queue
    FOR EACH ROW WHEN (NEW.last_heartbeat IS NOT NULL) EXECUTE FUNCTION mortise.beat_by_database_clock();

-- Which node offers which handlers, so that a job is parked only when none does.
CREATE TABLE mortise.job_offer (
    node     text        PRIMARY KEY,
    handlers text[]      NOT NULL,
    seen_at  timestamptz NOT NULL
);

-- Holds the lease of a run until the end of the transaction, or fails. FOR KEY SHARE: a heartbeat may pass meanwhile,
-- but nobody can take the job over, which every function below does under FOR UPDATE.
CREATE FUNCTION mortise.hold_job(target text, held_version bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM mortise.job_queue
      WHERE task_name = 'job' AND task_instance = target AND version = held_version AND picked
        FOR KEY SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'The job % belongs to another run by now', target USING ERRCODE = 'ML001';
    END IF;
END $$;

-- Lets the next jobs of a lane compete again; mortise.fetch_jobs decides which of them may run.
CREATE FUNCTION mortise.free_lane(lane_owner uuid, freed text, how_many integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE mortise.job_queue
       SET held = NULL
     WHERE task_name = 'job'
       AND task_instance IN (
           SELECT task_instance
             FROM mortise.job_queue
            WHERE owner = lane_owner AND lane = freed AND held = 'LANE'
            ORDER BY priority DESC, execution_time
            LIMIT how_many
              FOR UPDATE SKIP LOCKED);
    IF FOUND THEN
        PERFORM pg_notify('mortise', 'job');
    END IF;
END $$;

-- Takes a job out of the queue for good. False when the run with this version does not hold it any more.
CREATE FUNCTION mortise.leave_queue(target uuid, held_version bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    gone record;
BEGIN
    DELETE FROM mortise.job_queue
     WHERE task_name = 'job' AND task_instance = target::text AND version = held_version AND picked
    RETURNING owner, lane INTO gone;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    IF gone.lane IS NOT NULL THEN
        PERFORM mortise.free_lane(gone.owner, gone.lane, 1);
    END IF;
    RETURN true;
END $$;

-- Puts a job back, to be run after the wait. False when the run with this version does not hold it any more.
CREATE FUNCTION mortise.put_back(target uuid, held_version bigint, wait interval) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    back record;
BEGIN
    SELECT owner, lane INTO back
      FROM mortise.job_queue
     WHERE task_name = 'job' AND task_instance = target::text AND version = held_version AND picked
       FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE mortise.job_queue
       SET picked = false, picked_by = NULL, last_heartbeat = NULL, version = version + 1,
           execution_time = clock_timestamp() + wait
     WHERE task_name = 'job' AND task_instance = target::text;
    IF back.lane IS NOT NULL THEN
        PERFORM mortise.free_lane(back.owner, back.lane, 1);
    END IF;
    RETURN true;
END $$;

-- Ends a job for good, for the run that holds it. False when that lost its lease; nothing is changed then.
CREATE FUNCTION mortise.end_job(target uuid, held_version bigint, outcome text, code text, message text) RETURNS boolean
    LANGUAGE plpgsql AS $$
BEGIN
    IF NOT mortise.leave_queue(target, held_version) THEN
        RETURN false;
    END IF;
    UPDATE mortise.job
       SET state = outcome, ended_at = clock_timestamp(), error_code = code, error_message = message
     WHERE id = target;
    RETURN true;
END $$;

-- Sends a job round again, for the run that holds it. A run that did not really begin is not counted.
CREATE FUNCTION mortise.retry_job(
    target uuid, held_version bigint, wait interval, is_counted boolean, code text, message text) RETURNS boolean
    LANGUAGE plpgsql AS $$
BEGIN
    IF NOT mortise.put_back(target, held_version, wait) THEN
        RETURN false;
    END IF;
    UPDATE mortise.job
       SET state = 'SCHEDULED', run_at = clock_timestamp() + wait,
           attempt = CASE WHEN is_counted THEN attempt ELSE attempt - 1 END,
           error_code = coalesce(code, error_code), error_message = coalesce(message, error_message)
     WHERE id = target;
    RETURN true;
END $$;

-- Ends a job of the bound tenant, whether it waits or runs. The queue's row first, as everybody does.
CREATE FUNCTION mortise.cancel_job(target uuid) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    gone record;
BEGIN
    PERFORM FROM mortise.job WHERE id = target;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM mortise.job_queue WHERE task_name = 'job' AND task_instance = target::text
    RETURNING owner, lane, picked INTO gone;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE mortise.job SET state = 'CANCELLED', ended_at = clock_timestamp() WHERE id = target;
    IF gone.picked THEN
        PERFORM pg_notify('mortise', 'cancel ' || target);
        IF gone.lane IS NOT NULL THEN
            PERFORM mortise.free_lane(gone.owner, gone.lane, 1);
        END IF;
    END IF;
    RETURN true;
END $$;

-- Puts a job of the bound tenant that has ended without success into the queue again, as if it were new.
CREATE FUNCTION mortise.replay_job(target uuid) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    UPDATE mortise.job
       SET state = 'SCHEDULED', attempt = 0, lost_runs = 0, run_at = clock_timestamp(), started_at = NULL,
           ended_at = NULL, progress = NULL, progress_text = NULL
     WHERE id = target AND state IN ('DEAD', 'CANCELLED');
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO mortise.job_queue (task_instance, execution_time, priority, owner, handler, lane, lane_limit)
    SELECT id::text, run_at, priority, tenant_id, handler, lane, lane_limit FROM mortise.job WHERE id = target;
    PERFORM pg_notify('mortise', 'job');
    RETURN true;
END $$;

-- Picks due jobs for a node. One node at a time, for the length of this statement: so lanes are counted exactly, and no
-- node waits for another one that is slow. Fair between tenants: a tenant's n-th job, those that run counted in, comes
-- after the n-1-st of every other one. Relies on job_queue_waiting: one probe for each tenant and priority that waits.
CREATE FUNCTION mortise.fetch_jobs(node text, offered text[], at_most integer)
    RETURNS TABLE (
        task_name text, task_instance text, task_data bytea, execution_time timestamptz, picked boolean, picked_by text,
        last_success timestamptz, last_failure timestamptz, consecutive_failures integer, last_heartbeat timestamptz,
        version bigint, priority smallint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    moment  timestamptz := clock_timestamp();
    room    integer := at_most;
    chosen  text[];
    blocked text[];
    found_  integer;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('mortise jobs', 0));
    -- Each round with blocked jobs takes them out of the way; the bound keeps the statement short.
    FOR round IN 1..20 LOOP
        EXIT WHEN room < 1;
        WITH RECURSIVE line AS (
            (SELECT owner, priority
               FROM mortise.job_queue
              WHERE NOT picked AND held IS NULL
              ORDER BY owner, priority
              LIMIT 1)
            UNION ALL
            SELECT following.owner, following.priority
              FROM line
             CROSS JOIN LATERAL (
                  SELECT q.owner, q.priority
                    FROM mortise.job_queue q
                   WHERE NOT q.picked AND q.held IS NULL AND (q.owner, q.priority) > (line.owner, line.priority)
                   ORDER BY q.owner, q.priority
                   LIMIT 1) following
        ), due AS (
            SELECT first.*
              FROM line
              JOIN mortise.tenant t ON t.id = line.owner AND t.state = 'ACTIVE'
             CROSS JOIN LATERAL (
                  SELECT q.task_instance, q.owner, q.priority, q.execution_time, q.lane, q.lane_limit
                    FROM mortise.job_queue q
                   WHERE NOT q.picked AND q.held IS NULL AND q.owner = line.owner AND q.priority = line.priority
                     AND q.execution_time <= moment AND q.handler = ANY (offered)
                   ORDER BY q.execution_time
                   LIMIT room) first
        ), running AS (
            SELECT q.owner, q.lane, count(*) AS jobs FROM mortise.job_queue q WHERE q.picked GROUP BY q.owner, q.lane
        ), placed AS (
            SELECT due.*,
                   due.lane IS NOT NULL AND due.lane_limit <
                       coalesce((SELECT r.jobs FROM running r WHERE r.owner = due.owner AND r.lane = due.lane), 0)
                       + row_number() OVER (PARTITION BY due.owner, due.lane
                                            ORDER BY due.priority DESC, due.execution_time, due.task_instance)
                   AS must_wait
              FROM due
        ), ranked AS (
            SELECT placed.task_instance, placed.must_wait, placed.execution_time,
                   coalesce((SELECT sum(r.jobs) FROM running r WHERE r.owner = placed.owner), 0)
                   + row_number() OVER (PARTITION BY placed.owner, placed.must_wait
                                        ORDER BY placed.priority DESC, placed.execution_time, placed.task_instance)
                   AS turn
              FROM placed
        )
        SELECT (array_agg(task_instance ORDER BY turn, execution_time) FILTER (WHERE NOT must_wait))[1:room],
               array_agg(task_instance) FILTER (WHERE must_wait)
          INTO chosen, blocked
          FROM ranked;

        IF blocked IS NOT NULL THEN
            UPDATE mortise.job_queue
               SET held = 'LANE'
             WHERE task_name = 'job'
               AND task_instance IN (
                   SELECT q.task_instance FROM mortise.job_queue q
                    WHERE q.task_name = 'job' AND q.task_instance = ANY (blocked) AND NOT q.picked
                      FOR UPDATE SKIP LOCKED);
        END IF;
        RETURN QUERY
            WITH free AS (
                SELECT q.task_instance
                  FROM mortise.job_queue q
                 WHERE q.task_name = 'job' AND q.task_instance = ANY (chosen) AND NOT q.picked AND q.held IS NULL
                   FOR UPDATE SKIP LOCKED
            ), taken AS (
                UPDATE mortise.job_queue q
                   SET picked = true, picked_by = node, last_heartbeat = moment, version = q.version + 1
                  FROM free
                 WHERE q.task_name = 'job' AND q.task_instance = free.task_instance
                RETURNING q.*
            ), begun AS (
                UPDATE mortise.job j
                   SET state = 'RUNNING', attempt = j.attempt + 1, started_at = moment, progress = NULL,
                       progress_text = NULL
                  FROM taken
                 WHERE j.tenant_id = taken.owner AND j.id = taken.task_instance::uuid
                RETURNING j.id, j.tenant_id, j.plugin, j.handler, j.attempt, j.trace_id, j.payload
            )
            SELECT taken.task_name, taken.task_instance,
                   convert_to(json_build_object(
                       'id', begun.id, 'tenant', begun.tenant_id, 'plugin', begun.plugin, 'handler', begun.handler,
                       'attempt', begun.attempt, 'version', taken.version, 'traceId', begun.trace_id,
                       'payload', begun.payload)::text, 'UTF8'),
                   taken.execution_time, taken.picked, taken.picked_by, taken.last_success, taken.last_failure,
                   taken.consecutive_failures, taken.last_heartbeat, taken.version, taken.priority
              FROM taken
              JOIN begun ON begun.id = taken.task_instance::uuid;
        GET DIAGNOSTICS found_ = ROW_COUNT;
        room := room - found_;
        EXIT WHEN blocked IS NULL;
    END LOOP;
END $$;

-- What one node does for all about once a second; the others find the work done. Returns how many jobs may run now that
-- could not before.
CREATE FUNCTION mortise.tend_jobs(node text, offered text[], lease interval, keep interval, most_lost integer)
    RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    moment  timestamptz := clock_timestamp();
    anyone  text[];
    freed   integer;
    changed integer := 0;
    waiting record;
BEGIN
    INSERT INTO mortise.job_offer AS o (node, handlers, seen_at) VALUES (node, offered, moment)
        ON CONFLICT (node) DO UPDATE SET handlers = excluded.handlers, seen_at = excluded.seen_at;
    IF NOT pg_try_advisory_xact_lock(hashtextextended('mortise job tending', 0)) THEN
        RETURN 0;
    END IF;
    DELETE FROM mortise.job_offer WHERE seen_at < moment - lease;
    SELECT coalesce(array_agg(DISTINCT h), '{}') INTO anyone FROM mortise.job_offer CROSS JOIN unnest(handlers) h;

    -- Runs whose node has not been heard of for a whole lease. SKIP LOCKED: one that is just being committed is alive.
    WITH lost AS (
        SELECT q.task_instance, q.owner FROM mortise.job_queue q
         WHERE q.picked AND q.last_heartbeat < moment - lease
         ORDER BY q.last_heartbeat LIMIT 500 FOR UPDATE SKIP LOCKED
    ), counted AS (
        UPDATE mortise.job j
           SET lost_runs = j.lost_runs + 1,
               state = CASE WHEN j.lost_runs + 1 >= most_lost THEN 'DEAD' ELSE 'SCHEDULED' END,
               ended_at = CASE WHEN j.lost_runs + 1 >= most_lost THEN moment END,
               error_code = 'kernel.job-node-lost',
               error_message = 'The node that ran it stopped or was not heard of for ' || lease
          FROM lost
         WHERE j.tenant_id = lost.owner AND j.id = lost.task_instance::uuid
        RETURNING j.id, j.state
    ), ended AS (
        DELETE FROM mortise.job_queue q USING counted
         WHERE q.task_name = 'job' AND q.task_instance = counted.id::text AND counted.state = 'DEAD'
    )
    UPDATE mortise.job_queue q
       SET picked = false, picked_by = NULL, last_heartbeat = NULL, version = q.version + 1, execution_time = moment
      FROM counted
     WHERE q.task_name = 'job' AND q.task_instance = counted.id::text AND counted.state = 'SCHEDULED';
    GET DIAGNOSTICS freed = ROW_COUNT;
    changed := changed + freed;

    WITH homeless AS (
        SELECT q.task_instance, q.owner FROM mortise.job_queue q
         WHERE NOT q.picked AND q.held IS NULL AND q.execution_time < moment - lease / 4 AND q.handler <> ALL (anyone)
         LIMIT 1000 FOR UPDATE SKIP LOCKED
    ), parked AS (
        UPDATE mortise.job_queue q SET held = 'PARKED' FROM homeless
         WHERE q.task_name = 'job' AND q.task_instance = homeless.task_instance
    )
    UPDATE mortise.job j SET state = 'PARKED' FROM homeless
     WHERE j.tenant_id = homeless.owner AND j.id = homeless.task_instance::uuid;

    WITH welcome AS (
        SELECT q.task_instance, q.owner FROM mortise.job_queue q
         WHERE q.held = 'PARKED' AND q.handler = ANY (anyone)
         LIMIT 1000 FOR UPDATE SKIP LOCKED
    ), woken AS (
        UPDATE mortise.job_queue q SET held = NULL FROM welcome
         WHERE q.task_name = 'job' AND q.task_instance = welcome.task_instance
    )
    UPDATE mortise.job j SET state = 'SCHEDULED' FROM welcome
     WHERE j.tenant_id = welcome.owner AND j.id = welcome.task_instance::uuid;
    GET DIAGNOSTICS freed = ROW_COUNT;
    changed := changed + freed;

    -- A job that was held for its lane at the moment in which the lane became free.
    FOR waiting IN
        SELECT w.owner, w.lane, max(w.lane_limit) - (
                   SELECT count(*) FROM mortise.job_queue r WHERE r.picked AND r.owner = w.owner AND r.lane = w.lane)
               AS room
          FROM mortise.job_queue w
         WHERE w.held = 'LANE'
         GROUP BY w.owner, w.lane
    LOOP
        IF waiting.room > 0 THEN
            PERFORM mortise.free_lane(waiting.owner, waiting.lane, waiting.room::integer);
        END IF;
    END LOOP;

    DELETE FROM mortise.job
     WHERE (tenant_id, id) IN (
         SELECT tenant_id, id FROM mortise.job WHERE ended_at < moment - keep LIMIT 1000 FOR UPDATE SKIP LOCKED);
    RETURN changed;
END $$;

-- Whose repetitions are due, for the tenants' own transactions to schedule.
CREATE FUNCTION mortise.due_repetitions() RETURNS TABLE (tenant_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT DISTINCT r.tenant_id
      FROM mortise.job_repetition r
      JOIN mortise.tenant t ON t.id = r.tenant_id AND t.state = 'ACTIVE'
     WHERE r.next_at <= clock_timestamp()
       AND EXISTS (SELECT FROM mortise.job_offer o WHERE r.handler = ANY (o.handlers))
$$;

-- How many jobs there are in each state, over all tenants, for the metrics.
CREATE FUNCTION mortise.count_queued_jobs() RETURNS TABLE (state text, jobs bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN picked THEN 'running' WHEN held = 'PARKED' THEN 'parked' ELSE 'scheduled' END, count(*)
      FROM mortise.job_queue
     GROUP BY 1
$$;

REVOKE ALL ON FUNCTION
    mortise.fetch_jobs(text, text[], integer),
    mortise.tend_jobs(text, text[], interval, interval, integer),
    mortise.due_repetitions(),
    mortise.count_queued_jobs()
    FROM PUBLIC;
