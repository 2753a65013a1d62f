-- Compiled by pyhive 0.7.0 on SQLAlchemy 2.1.9; not run against a server.

-- stream
SELECT `User``"s`.`id`, `User``"s`.`手机 号`, `User``"s`.`50%:x` 
FROM `crm`.`User``"s`

-- sample
SELECT `User``"s`.`id`, `User``"s`.`select`, `User``"s`.`手机 号`, `User``"s`.`50%:x` 
FROM `crm`.`User``"s` TABLESAMPLE (0.050000 PERCENT)

-- estimate
SHOW TBLPROPERTIES `crm`.`User``"s` ('numRows')

-- session
-- none

-- transaction
-- none

-- running
-- none
