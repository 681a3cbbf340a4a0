ALTER TABLE run ADD COLUMN traceparent text;

COMMENT ON COLUMN run.traceparent IS 'The span in which the run was accepted (W3C Trace Context, section 3.2), or null';
