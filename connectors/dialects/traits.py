"""Databases that need no module of their own: what differs in each, as data.

Sources: the vendors' manuals of the sampling clause and the catalogue; compiled by their own SQLAlchemy
dialects in tests, and not run against a server (docs/sources.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from connectors._databases.relations import APPLICATION_NAME, LOCK_TIMEOUT_MS, TIMEOUT_MS

_SECONDS = TIMEOUT_MS // 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What differs in one database.

    Attributes:
        sample: Clause that follows the table's name; ``{percent}`` of the rows, ``{seed}``. Empty: none.
        estimate: Query of the catalogue whose last row holds the number of rows, in ``row_count`` or its last
            column; ``:schema`` and ``:name`` are bound, ``{table}`` and ``{schema}`` quoted. Empty: none.
        session: Statements that each new session begins with.
        transaction: The statement that each transaction begins with.
        attributes: Of each new connection of the driver.
        running: Query of how many statements of others run, ours told by ``:own``; a second column says
            whether the role may see those of others. Empty: none.
        sees_running: The grant that lets a role see them; ``{role}``.
    """

    sample: str = ""
    estimate: str = ""
    session: tuple[str, ...] = ()
    transaction: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    running: str = ""
    sees_running: str = ""

    @property
    def is_repeatable(self) -> bool:
        return "{seed}" in self.sample


_OF_INFORMATION_SCHEMA = (
    "SELECT row_count FROM information_schema.tables"
    " WHERE table_schema = COALESCE(:schema, CURRENT_SCHEMA()) AND table_name = :name"
)
_OF_ALL_TABLES = (
    "SELECT num_rows AS row_count FROM all_tables"
    " WHERE owner = COALESCE(:schema, SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA')) AND table_name = :name"
)
_TRINO = Traits(
    sample="TABLESAMPLE SYSTEM ({percent})",
    estimate="SHOW STATS FOR {table}",
    session=(f"SET SESSION query_max_run_time = '{_SECONDS}s'",),
    running=(
        "SELECT count(*) FROM system.runtime.queries"
        " WHERE state = 'RUNNING' AND query NOT LIKE '/* ' || :own || ' */%'"
    ),
    sees_running="a rule of the access control that lets {role} view queries of others",
)
_HIVE = Traits(
    sample="TABLESAMPLE ({percent} PERCENT)",
    estimate="SHOW TBLPROPERTIES {table} ('numRows')",
)
_POSTGRESQL_BEFORE_12 = Traits(
    sample="TABLESAMPLE SYSTEM ({percent}) REPEATABLE ({seed})",
    estimate=(
        "SELECT c.reltuples AS row_count FROM pg_catalog.pg_class c"
        " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = COALESCE(:schema, current_schema()) AND c.relname = :name"
    ),
    session=(
        "SET default_transaction_read_only = on",
        f"SET statement_timeout = {TIMEOUT_MS}",
        f"SET application_name = '{APPLICATION_NAME}'",
    ),
)

TRAITS = {
    "bigquery": Traits(
        sample="TABLESAMPLE SYSTEM ({percent} PERCENT)",
        estimate="SELECT row_count FROM {schema}.__TABLES__ WHERE table_id = :name",
    ),
    "databricks": Traits(
        sample="TABLESAMPLE ({percent} PERCENT) REPEATABLE ({seed})",
        session=(f"SET STATEMENT_TIMEOUT = {_SECONDS}",),
    ),
    "db2": Traits(
        sample="TABLESAMPLE SYSTEM ({percent}) REPEATABLE ({seed})",
        estimate=(
            "SELECT card AS row_count FROM syscat.tables"
            " WHERE tabschema = COALESCE(:schema, CURRENT SCHEMA) AND tabname = :name"
        ),
    ),
    "dm": Traits(
        estimate=_OF_ALL_TABLES.replace("SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA')", "USER"),
        transaction="SET TRANSACTION READ ONLY",
    ),
    "hana": Traits(
        estimate=(
            "SELECT record_count AS row_count FROM m_tables"
            " WHERE schema_name = COALESCE(:schema, CURRENT_SCHEMA) AND table_name = :name"
        ),
        transaction="SET TRANSACTION READ ONLY",
    ),
    "hive": _HIVE,
    "impala": Traits(sample="TABLESAMPLE SYSTEM ({percent}) REPEATABLE ({seed})"),
    "mssql": Traits(
        sample="TABLESAMPLE SYSTEM ({percent} PERCENT) REPEATABLE ({seed})",
        estimate=(
            "SELECT SUM(p.rows) AS row_count FROM sys.partitions p JOIN sys.tables t"
            " ON t.object_id = p.object_id JOIN sys.schemas s ON s.schema_id = t.schema_id"
            " WHERE s.name = COALESCE(:schema, SCHEMA_NAME()) AND t.name = :name AND p.index_id IN (0, 1)"
        ),
        session=(f"SET LOCK_TIMEOUT {LOCK_TIMEOUT_MS}",),
        attributes={"timeout": _SECONDS},
        running=(
            "SELECT COUNT(*), HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW SERVER STATE')"
            " FROM sys.dm_exec_requests r JOIN sys.dm_exec_sessions s ON s.session_id = r.session_id"
            " OUTER APPLY sys.dm_exec_sql_text(r.sql_handle) q"
            " WHERE s.is_user_process = 1 AND COALESCE(q.text, '') NOT LIKE '%/* ' + :own + ' */%'"
        ),
        sees_running="GRANT VIEW SERVER STATE TO {role};",
    ),
    "odps": Traits(sample="TABLESAMPLE ({percent} PERCENT)"),
    "opengauss": _POSTGRESQL_BEFORE_12,
    "oracle": Traits(
        sample="SAMPLE BLOCK ({percent}) SEED ({seed})",
        estimate=_OF_ALL_TABLES,
        transaction="SET TRANSACTION READ ONLY",
        attributes={"call_timeout": TIMEOUT_MS, "module": APPLICATION_NAME},
        running=(
            "SELECT COUNT(*) FROM v$session"
            " WHERE type = 'USER' AND status = 'ACTIVE' AND NVL(module, ' ') <> :own"
        ),
        sees_running="GRANT SELECT ON sys.v_$session TO {role};",
    ),
    "presto": _TRINO,
    "redshift": Traits(
        estimate=(
            "SELECT tbl_rows AS row_count FROM svv_table_info"
            ' WHERE "schema" = COALESCE(:schema, current_schema()) AND "table" = :name'
        ),
        session=(f"SET statement_timeout = {TIMEOUT_MS}",),
        transaction="SET TRANSACTION READ ONLY",
    ),
    "snowflake": Traits(
        sample="SAMPLE SYSTEM ({percent}) SEED ({seed})",
        estimate=_OF_INFORMATION_SCHEMA,
        session=(
            f"ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = {_SECONDS}",
            f"ALTER SESSION SET LOCK_TIMEOUT = {LOCK_TIMEOUT_MS // 1000}",
            f"ALTER SESSION SET QUERY_TAG = '{APPLICATION_NAME}'",
        ),
        running=(
            "SELECT COUNT(*) FROM TABLE(information_schema.query_history(RESULT_LIMIT => 10000))"
            " WHERE execution_status = 'RUNNING' AND query_tag <> :own"
        ),
        sees_running="GRANT MONITOR ON WAREHOUSE ... TO ROLE {role};",
    ),
    "sparksql": _HIVE,
    "starrocks": Traits(
        sample="SAMPLE('percent'='{percent}','method'='by_block','seed'='{seed}')",
        estimate=(
            "SELECT table_rows AS row_count FROM information_schema.tables"
            " WHERE table_schema = COALESCE(:schema, DATABASE()) AND table_name = :name"
        ),
        session=(f"SET query_timeout = {_SECONDS}",),
    ),
    "trino": _TRINO,
}
