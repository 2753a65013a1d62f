-- Compiled by sqlalchemy-bigquery 1.17.3 on SQLAlchemy 2.1.9; not run against a server.

-- stream
SELECT `User``"s`.`id`, `User``"s`.`手机 号`, `User``"s`.`50%:x` 
FROM `crm`.`User``"s`

-- stream into Arrow
SELECT `User``"s`.`column 0`, CAST(`User``"s`.`column 1` AS STRING) AS `column 1` 
FROM `crm`.`User``"s`

-- sample
SELECT `User``"s`.`id`, `User``"s`.`select`, `User``"s`.`手机 号`, `User``"s`.`50%:x` 
FROM `crm`.`User``"s` TABLESAMPLE SYSTEM (0.050000 PERCENT)

-- estimate
SELECT row_count FROM `crm`.__TABLES__ WHERE table_id = 'User`"s'

-- session
-- none

-- transaction
-- none

-- running
-- none
