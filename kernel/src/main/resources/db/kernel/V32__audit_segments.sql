-- Retention: whole segments at the beginning of a chain, up to one of its checkpoints, are dropped by rule. What is left
-- begins with the seal of the server over where the dropped part ended.
CREATE TABLE mortise.audit_segment (
    tenant_id  uuid        NOT NULL DEFAULT mortise.current_tenant() REFERENCES mortise.tenant,
    seq        bigint      NOT NULL CHECK (seq > 0),
    hash       bytea       NOT NULL CHECK (length(hash) = 32),
    dropped_at timestamptz NOT NULL DEFAULT now(),
    seal_key   uuid        NOT NULL,
    seal       bytea       NOT NULL,
    PRIMARY KEY (tenant_id, seq)
);

COMMENT ON COLUMN mortise.audit_segment.seal IS
    'Ed25519 over tenant, seq and hash with a text of its own, so that no seal of an entry or checkpoint can stand here';

CALL mortise.protect('mortise.audit_segment');

-- The server's role may delete nothing by itself. This deletes what is older than 30 days alone, whoever calls it.
CREATE FUNCTION mortise.drop_audit_segment(last_seq bigint, key uuid, signature bytea) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    tenant  uuid := mortise.current_tenant();
    dropped bigint;
BEGIN
    IF EXISTS (SELECT FROM mortise.audit_entry
                WHERE tenant_id = tenant AND at > now() - interval '30 days' AND seq <= last_seq) THEN
        RAISE EXCEPTION 'Audit entries younger than 30 days are not dropped' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (SELECT FROM mortise.audit_entry WHERE tenant_id = tenant AND seq = last_seq + 1) THEN
        RAISE EXCEPTION 'The end of the audit record is not dropped' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO mortise.audit_segment (tenant_id, seq, hash, seal_key, seal)
    SELECT tenant, c.seq, c.hash, key, signature
      FROM mortise.audit_checkpoint c
     WHERE c.tenant_id = tenant AND c.seq = last_seq;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'No checkpoint of the audit record is at %', last_seq USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM mortise.audit_entry WHERE tenant_id = tenant AND seq <= last_seq;
    GET DIAGNOSTICS dropped = ROW_COUNT;
    DELETE FROM mortise.audit_checkpoint WHERE tenant_id = tenant AND seq <= last_seq;
    DELETE FROM mortise.audit_segment WHERE tenant_id = tenant AND seq < last_seq;
    RETURN dropped;
END $$;

REVOKE ALL ON FUNCTION mortise.drop_audit_segment(bigint, uuid, bytea) FROM PUBLIC;
