-- The span in which a job was scheduled or an event published (W3C Trace Context, section 3.2), so that what comes of it
-- stands below it in the same trace, on whichever node and after whatever restart.

ALTER TABLE mortise.job ADD COLUMN traceparent text;
ALTER TABLE mortise.event ADD COLUMN traceparent text;

-- As before, and tells the traceparent.
CREATE OR REPLACE FUNCTION mortise.fetch_jobs(node text, offered text[], at_most integer)
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
                RETURNING j.id, j.tenant_id, j.plugin, j.handler, j.attempt, j.trace_id, j.traceparent, j.payload
            )
            SELECT taken.task_name, taken.task_instance,
                   convert_to(json_build_object(
                       'id', begun.id, 'tenant', begun.tenant_id, 'plugin', begun.plugin, 'handler', begun.handler,
                       'attempt', begun.attempt, 'version', taken.version, 'traceId', begun.trace_id,
                       'traceparent', begun.traceparent, 'payload', begun.payload)::text, 'UTF8'),
                   taken.execution_time, taken.picked, taken.picked_by, taken.last_success, taken.last_failure,
                   taken.consecutive_failures, taken.last_heartbeat, taken.version, taken.priority
              FROM taken
              JOIN begun ON begun.id = taken.task_instance::uuid;
        GET DIAGNOSTICS found_ = ROW_COUNT;
        room := room - found_;
        EXIT WHEN blocked IS NULL;
    END LOOP;
END $$;
