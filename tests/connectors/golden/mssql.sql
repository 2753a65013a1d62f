-- Compiled by SQLAlchemy 2.1.9; not run against a server.

-- stream
SELECT crm.[User`"s].id, crm.[User`"s].[手机 号], crm.[User`"s].[50%:x] 
FROM crm.[User`"s]

-- sample
SELECT crm.[User`"s].id, crm.[User`"s].[select], crm.[User`"s].[手机 号], crm.[User`"s].[50%:x] 
FROM crm.[User`"s] TABLESAMPLE SYSTEM (0.050000 PERCENT) REPEATABLE (42)

-- estimate
SELECT SUM(p.rows) AS row_count FROM sys.partitions p JOIN sys.tables t ON t.object_id = p.object_id JOIN sys.schemas s ON s.schema_id = t.schema_id WHERE s.name = COALESCE('crm', SCHEMA_NAME()) AND t.name = 'User`"s' AND p.index_id IN (0, 1)

-- session
SET LOCK_TIMEOUT 5000

-- transaction
-- none

-- running
SELECT COUNT(*), HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW SERVER STATE') FROM sys.dm_exec_requests r JOIN sys.dm_exec_sessions s ON s.session_id = r.session_id OUTER APPLY sys.dm_exec_sql_text(r.sql_handle) q WHERE s.is_user_process = 1 AND COALESCE(q.text, '') NOT LIKE '%/* ' + 'pandian' + ' */%'
