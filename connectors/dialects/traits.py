"""Databases that need no module of their own: what differs in each, as data.

Sources: the vendors' manuals of the sampling clause and the catalogue; compiled by their own SQLAlchemy
dialects in tests, and not run against a server (docs/sources.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from connectors._sql import APPLICATION_NAME, LOCK_TIMEOUT_MS, TIMEOUT_MS

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
        approximate_distinct: The function that estimates how many values are different.
    """

    sample: str = ""
    estimate: str = ""
    session: tuple[str, ...] = ()
    transaction: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    approximate_distinct: str = ""

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
    approximate_distinct="approx_distinct",
)
_HIVE = Traits(
    sample="TABLESAMPLE ({percent} PERCENT)",
    estimate="SHOW TBLPROPERTIES {table} ('numRows')",
    approximate_distinct="approx_count_distinct",
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
        approximate_distinct="approx_count_distinct",
    ),
    "databricks": Traits(
        sample="TABLESAMPLE ({percent} PERCENT) REPEATABLE ({seed})",
        session=(f"SET STATEMENT_TIMEOUT = {_SECONDS}",),
        approximate_distinct="approx_count_distinct",
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
    "impala": Traits(sample="TABLESAMPLE SYSTEM ({percent}) REPEATABLE ({seed})", approximate_distinct="ndv"),
    "mssql": Traits(
        sample="TABLESAMPLE SYSTEM ({percent} PERCENT) REPEATABLE ({seed})",
        estimate=(
            "SELECT SUM(p.rows) AS row_count FROM sys.partitions p JOIN sys.tables t"
            " ON t.object_id = p.object_id JOIN sys.schemas s ON s.schema_id = t.schema_id"
            " WHERE s.name = COALESCE(:schema, SCHEMA_NAME()) AND t.name = :name AND p.index_id IN (0, 1)"
        ),
        session=(f"SET LOCK_TIMEOUT {LOCK_TIMEOUT_MS}",),
        attributes={"timeout": _SECONDS},
        approximate_distinct="approx_count_distinct",
    ),
    "odps": Traits(sample="TABLESAMPLE ({percent} PERCENT)", approximate_distinct="approx_distinct"),
    "opengauss": _POSTGRESQL_BEFORE_12,
    "oracle": Traits(
        sample="SAMPLE BLOCK ({percent}) SEED ({seed})",
        estimate=_OF_ALL_TABLES,
        transaction="SET TRANSACTION READ ONLY",
        attributes={"call_timeout": TIMEOUT_MS, "module": APPLICATION_NAME},
        approximate_distinct="approx_count_distinct",
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
        approximate_distinct="approx_count_distinct",
    ),
    "sparksql": _HIVE,
    "starrocks": Traits(
        sample="SAMPLE('percent'='{percent}','method'='by_block','seed'='{seed}')",
        estimate=(
            "SELECT table_rows AS row_count FROM information_schema.tables"
            " WHERE table_schema = COALESCE(:schema, DATABASE()) AND table_name = :name"
        ),
        session=(f"SET query_timeout = {_SECONDS}",),
        approximate_distinct="approx_count_distinct",
    ),
    "trino": _TRINO,
}
