-- Compiled by opengauss-sqlalchemy 2.4.0 on SQLAlchemy 2.1.9; not run against a server.

-- stream
SELECT crm."User`""s".id, crm."User`""s"."手机 号", crm."User`""s"."50%%:x" 
FROM crm."User`""s"

-- sample
SELECT crm."User`""s".id, crm."User`""s"."select", crm."User`""s"."手机 号", crm."User`""s"."50%%:x" 
FROM crm."User`""s" TABLESAMPLE SYSTEM (0.050000) REPEATABLE (42)

-- estimate
SELECT c.reltuples AS row_count FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = COALESCE('crm', current_schema()) AND c.relname = 'User`"s'

-- session
SET default_transaction_read_only = on;
SET statement_timeout = 600000;
SET application_name = 'pandian'

-- transaction
-- none

-- running
-- none
