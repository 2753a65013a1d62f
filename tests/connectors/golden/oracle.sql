-- Compiled by SQLAlchemy 2.1.9; not run against a server.

-- stream
SELECT crm."User`""s".id, crm."User`""s"."手机 号", crm."User`""s"."50%:x" 
FROM crm."User`""s"

-- sample
SELECT crm."User`""s".id, crm."User`""s"."select", crm."User`""s"."手机 号", crm."User`""s"."50%:x" 
FROM crm."User`""s" SAMPLE BLOCK (0.050000) SEED (42)

-- estimate
SELECT num_rows AS row_count FROM all_tables WHERE owner = COALESCE('CRM', SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA')) AND table_name = 'User`"s'

-- session
-- none

-- transaction
SET TRANSACTION READ ONLY

-- running
SELECT COUNT(*) FROM v$session WHERE type = 'USER' AND status = 'ACTIVE' AND NVL(module, ' ') <> 'pandian'
