-- Compiled by sqlalchemy-redshift 1.0.0 on SQLAlchemy 2.1.9; not run against a server.

-- stream
SELECT crm."User`""s".id, crm."User`""s"."手机 号", crm."User`""s"."50%%:x" 
FROM crm."User`""s"

-- sample
-- none

-- estimate
SELECT tbl_rows AS row_count FROM svv_table_info WHERE "schema" = COALESCE('crm', current_schema()) AND "table" = 'User`"s'

-- session
SET statement_timeout = 600000

-- transaction
SET TRANSACTION READ ONLY

-- running
-- none
