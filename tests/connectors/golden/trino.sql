-- Compiled by trino 0.340.0 on SQLAlchemy 2.1.9; not run against a server.

-- stream
SELECT crm."User`""s".id, crm."User`""s"."手机 号", crm."User`""s"."50%:x" 
FROM crm."User`""s"

-- sample
SELECT crm."User`""s".id, crm."User`""s"."select", crm."User`""s"."手机 号", crm."User`""s"."50%:x" 
FROM crm."User`""s" TABLESAMPLE SYSTEM (0.050000)

-- estimate
SHOW STATS FOR crm."User`""s"

-- session
SET SESSION query_max_run_time = '600s'

-- transaction
-- none

-- running
SELECT count(*) FROM system.runtime.queries WHERE state = 'RUNNING' AND query NOT LIKE '/* ' || 'pandian' || ' */%'
