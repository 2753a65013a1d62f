-- Compiled by impyla 0.24.0 on SQLAlchemy 2.1.9; not run against a server.

-- stream
SELECT crm.`User``"s`.id, crm.`User``"s`.`手机 号`, crm.`User``"s`.`50%:x` 
FROM crm.`User``"s`

-- sample
SELECT crm.`User``"s`.id, crm.`User``"s`.`select`, crm.`User``"s`.`手机 号`, crm.`User``"s`.`50%:x` 
FROM crm.`User``"s` TABLESAMPLE SYSTEM (0.050000) REPEATABLE (42)

-- estimate
-- none

-- session
-- none

-- transaction
-- none

-- running
-- none
