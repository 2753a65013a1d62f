-- Compiled by snowflake-sqlalchemy 2.1.0 on SQLAlchemy 2.1.9; not run against a server.

-- stream
SELECT crm."User`""s".id, crm."User`""s"."手机 号", crm."User`""s"."50%%:x" 
FROM crm."User`""s"

-- stream into Arrow
SELECT crm."User`""s"."column 0", CAST(crm."User`""s"."column 1" AS VARCHAR) AS "column 1", to_varchar(crm."User`""s"."column 2", 'YYYY-MM-DD"T"HH24:MI:SS.FF6') AS "column 2" 
FROM crm."User`""s"

-- sample
SELECT crm."User`""s".id, crm."User`""s"."select", crm."User`""s"."手机 号", crm."User`""s"."50%%:x" 
FROM crm."User`""s" SAMPLE SYSTEM (0.050000) SEED (42)

-- estimate
SELECT row_count FROM information_schema.tables WHERE table_schema = COALESCE('CRM', CURRENT_SCHEMA()) AND table_name = 'User`"s'

-- session
ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = 600;
ALTER SESSION SET LOCK_TIMEOUT = 5;
ALTER SESSION SET QUERY_TAG = 'pandian'

-- transaction
-- none

-- running
SELECT COUNT(*) FROM TABLE(information_schema.query_history(RESULT_LIMIT => 10000)) WHERE execution_status = 'RUNNING' AND query_tag <> 'pandian'
