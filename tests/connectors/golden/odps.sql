-- Compiled by pyodps 0.13.2 on SQLAlchemy 2.0.58; not run against a server.

-- stream
SELECT `User``"s`.id, `User``"s`.`手机 号`, `User``"s`.`50%:x` 
FROM crm.`User``"s`

-- sample
SELECT `User``"s`.id, `User``"s`.`select`, `User``"s`.`手机 号`, `User``"s`.`50%:x` 
FROM crm.`User``"s` TABLESAMPLE (0.050000 PERCENT)

-- estimate
-- none

-- session
-- none

-- transaction
-- none

-- running
-- none
