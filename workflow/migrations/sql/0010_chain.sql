-- The chain of the trail in PostgreSQL; @SCHEMA@ is the schema of the tables. The functions write the same text as
-- workflow/trail/canonical.py, and the trigger fixes what nobody may choose: number, time of recording, hashes.

CREATE OR REPLACE FUNCTION trail_canonical(v jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    told text;
    is_ascii boolean;
BEGIN
    CASE jsonb_typeof(v)
    WHEN 'object' THEN
        SELECT string_agg(
            to_json(e.key)::text || ':' || CASE
                WHEN jsonb_typeof(e.value) IN ('object', 'array')
                    OR jsonb_typeof(e.value) = 'number' AND strpos(e.value::text, '.') > 0
                THEN @SCHEMA@.trail_canonical(e.value)
                ELSE e.value::text
            END, ',' ORDER BY e.key COLLATE "C"
        ), bool_and(octet_length(e.key) = char_length(e.key)) INTO told, is_ascii FROM jsonb_each(v) AS e;
        IF NOT is_ascii THEN
            RAISE EXCEPTION 'A name must be ASCII, or its place would be in doubt.' USING ERRCODE = '22023';
        END IF;
        RETURN '{' || coalesce(told, '') || '}';
    WHEN 'array' THEN
        SELECT string_agg(@SCHEMA@.trail_canonical(e.value), ',' ORDER BY e.n) INTO told
        FROM jsonb_array_elements(v) WITH ORDINALITY AS e (value, n);
        RETURN '[' || coalesce(told, '') || ']';
    WHEN 'number' THEN
        IF strpos(v::text, '.') > 0 THEN
            RAISE EXCEPTION 'A fraction has no canonical form.' USING ERRCODE = '22023';
        END IF;
        RETURN v::text;
    ELSE
        RETURN v::text;
    END CASE;
END $$;

CREATE OR REPLACE FUNCTION trail_line(l @SCHEMA@.workflow_auditevent) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN '{"action":' || to_json(l.action)::text
        || ',"actor_id":' || coalesce(l.actor_id::text, 'null')
        || ',"address":' || to_json(l.address)::text
        || ',"algorithm":' || to_json(l.algorithm)::text
        || ',"at":"' || to_char(l.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        || '","basis":' || to_json(l.basis)::text
        || ',"chain":' || to_json(l.chain)::text
        || ',"client":' || to_json(l.client)::text
        || ',"duty":' || to_json(l.duty)::text
        || ',"from_state":' || to_json(l.from_state)::text
        || ',"measure_id":' || coalesce(l.measure_id::text, 'null')
        || ',"object_id":' || coalesce(l.object_id::text, 'null')
        || ',"object_type":' || to_json(l.object_type)::text
        || ',"on_behalf_of_id":' || coalesce(l.on_behalf_of_id::text, 'null')
        || ',"outcome":' || to_json(l.outcome)::text
        || ',"payload":' || @SCHEMA@.trail_canonical(l.payload)
        || ',"plan_id":' || coalesce(l.plan_id::text, 'null')
        || ',"previous_hash":' || to_json(l.previous_hash)::text
        || ',"reason":' || to_json(l.reason)::text
        || ',"recorded_at":"' || to_char(l.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        || '","role":' || to_json(l.role)::text
        || ',"rule_version":' || to_json(l.rule_version)::text
        || ',"scope_id":' || coalesce(l.scope_id::text, 'null')
        || ',"scope_kind":' || to_json(l.scope_kind)::text
        || ',"seq":' || l.seq::text
        || ',"to_state":' || to_json(l.to_state)::text
        || '}';
END $$;

CREATE OR REPLACE FUNCTION trail_hash(l @SCHEMA@.workflow_auditevent) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    IF l.algorithm = 'sha256' THEN
        RETURN encode(sha256(convert_to(@SCHEMA@.trail_line(l), 'UTF8')), 'hex');
    ELSIF l.algorithm = 'sm3' THEN  -- of the extension pgcrypto, which need not be there otherwise
        RETURN encode(digest(convert_to(@SCHEMA@.trail_line(l), 'UTF8'), 'sm3'), 'hex');
    END IF;
    RAISE EXCEPTION 'The trail knows no algorithm “%”.', l.algorithm USING ERRCODE = '22023';
END $$;

CREATE OR REPLACE FUNCTION trail_join() RETURNS trigger
LANGUAGE plpgsql SET search_path = @SCHEMA@, pg_temp AS $$
DECLARE
    before record;
BEGIN
    -- the lock of the chain: that of its measure or plan, which an action holds already
    IF NEW.chain = 'measure:' || NEW.measure_id THEN
        PERFORM FROM workflow_measure WHERE id = NEW.measure_id FOR NO KEY UPDATE;
    ELSIF NEW.chain = 'plan:' || NEW.plan_id THEN
        PERFORM FROM workflow_plan WHERE id = NEW.plan_id FOR NO KEY UPDATE;
    ELSE
        PERFORM pg_advisory_xact_lock(hashtextextended(NEW.chain, 0));
    END IF;
    SELECT seq, hash INTO before FROM workflow_auditevent WHERE chain = NEW.chain ORDER BY seq DESC LIMIT 1;
    NEW.seq := coalesce(before.seq, 0) + 1;
    NEW.previous_hash := coalesce(before.hash, '');
    NEW.recorded_at := clock_timestamp();
    NEW.xid := pg_current_xact_id()::text::bigint;
    NEW.hash := trail_hash(NEW);
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION trail_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The trail cannot be changed (%).', TG_OP USING ERRCODE = '23001';
END $$;

CREATE OR REPLACE TRIGGER trail_line_joins BEFORE INSERT ON workflow_auditevent
FOR EACH ROW EXECUTE FUNCTION trail_join();

-- for each statement: an upsert is refused too, whether a row is in its way or not
CREATE OR REPLACE TRIGGER trail_line_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON workflow_auditevent
FOR EACH STATEMENT EXECUTE FUNCTION trail_stay();

-- also where session_replication_role turns ordinary triggers off
ALTER TABLE workflow_auditevent ENABLE ALWAYS TRIGGER trail_line_joins;
ALTER TABLE workflow_auditevent ENABLE ALWAYS TRIGGER trail_line_stays;
