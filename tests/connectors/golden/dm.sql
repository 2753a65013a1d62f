-- Compiled by dmSQLAlchemy 2.0.17 on SQLAlchemy 2.0.58; not run against a server.

-- stream
SELECT crm."User`""s".id, crm."User`""s"."手机 号", crm."User`""s"."50%:x" 
FROM crm."User`""s"

-- sample
-- none

-- estimate
SELECT num_rows AS row_count FROM all_tables WHERE owner = COALESCE('CRM', USER) AND table_name = 'User`"s'

-- session
-- none

-- transaction
SET TRANSACTION READ ONLY

-- running
-- none
