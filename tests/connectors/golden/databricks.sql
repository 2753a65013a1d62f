-- Compiled by databricks-sqlalchemy 2.0.10 on SQLAlchemy 2.1.9; not run against a server.

-- stream
SELECT crm.`User``"s`.id, crm.`User``"s`.`手机 号`, crm.`User``"s`.`50%:x` 
FROM crm.`User``"s`

-- sample
SELECT crm.`User``"s`.id, crm.`User``"s`.`select`, crm.`User``"s`.`手机 号`, crm.`User``"s`.`50%:x` 
FROM crm.`User``"s` TABLESAMPLE (0.050000 PERCENT) REPEATABLE (42)

-- estimate
-- none

-- session
SET STATEMENT_TIMEOUT = 600

-- transaction
-- none

-- running
-- none
