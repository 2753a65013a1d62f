-- Compiled by starrocks 1.3.4 on SQLAlchemy 2.1.9; not run against a server.

-- stream
SELECT crm.`User``"s`.id, crm.`User``"s`.`手机 号`, crm.`User``"s`.`50%%:x` 
FROM crm.`User``"s`

-- sample
SELECT crm.`User``"s`.id, crm.`User``"s`.`select`, crm.`User``"s`.`手机 号`, crm.`User``"s`.`50%%:x` 
FROM crm.`User``"s` SAMPLE('percent'='0.050000','method'='by_block','seed'='42')

-- estimate
SELECT table_rows AS row_count FROM information_schema.tables WHERE table_schema = COALESCE('crm', DATABASE()) AND table_name = 'User`"s'

-- session
SET query_timeout = 600

-- transaction
-- none

-- running
-- none
