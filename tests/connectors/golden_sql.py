"""Compiles what is sent to databases that no test can start, by their own SQLAlchemy dialects.

PYTHONPATH=. python tests/connectors/golden_sql.py BACKEND...    writes tests/connectors/golden/BACKEND.sql

`make golden-sql` does so for the dialects that are too heavy for the development environment, or do not load
in it, in environments of their own.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import sqlalchemy as sa

from connectors import Column, RowCount
from connectors._databases.load import running_statement
from connectors._databases.relations import APPLICATION_NAME, Relation
from connectors.dialects import dialect_of
from connectors.dialects.arrow_cursors import ARROW_CURSORS
from connectors.dialects.described import escape_quotes

GOLDEN = Path(__file__).with_name("golden")
# Backend: the dialect of a URL, and the distribution that brings it.
DIALECTS = {
    "bigquery": ("bigquery", "sqlalchemy-bigquery"),
    "databricks": ("databricks", "databricks-sqlalchemy"),
    "dm": ("dm", "dmSQLAlchemy"),
    "hive": ("hive", "pyhive"),
    "impala": ("impala", "impyla"),
    "mssql": ("mssql+pyodbc", "sqlalchemy"),
    "odps": ("odps", "pyodps"),
    "opengauss": ("opengauss+psycopg2", "opengauss-sqlalchemy"),
    "oracle": ("oracle+oracledb", "sqlalchemy"),
    "redshift": ("redshift+psycopg2", "sqlalchemy-redshift"),
    "snowflake": ("snowflake", "snowflake-sqlalchemy"),
    "starrocks": ("starrocks", "starrocks"),
    "trino": ("trino", "trino"),
}
# Which the development environment holds: these are compiled anew by each test run.
LIGHT = ("mssql", "oracle", "starrocks", "trino")
_TABLE = Relation(
    schema="crm",
    name='User`"s',
    columns=(Column("id", ""), Column("select", ""), Column("手机 号", ""), Column("50%:x", "")),
    rows=RowCount(40_000_000, exact=False),
)


def compiled(backend: str) -> str:
    """Return the statements, each under a line that says what it is for."""
    dialect = sa.make_url(f"{DIALECTS[backend][0]}://").get_dialect()()
    escape_quotes(dialect)
    described = dialect_of(backend)
    traits = described.traits
    sampled = described.sample_statement(_TABLE, 1_000, 42)
    said = {
        "stream": _text(_TABLE.select(["id", "手机 号", "50%:x"]), dialect),
        **_into_arrow(backend, dialect),
        "sample": "" if sampled is None else _text(sampled, dialect),
        "estimate": _text(described.estimate_statement(dialect, _TABLE), dialect) if traits.estimate else "",
        "session": ";\n".join(traits.session),
        "transaction": traits.transaction,
        "running": _text(running_statement(traits, APPLICATION_NAME), dialect) if traits.running else "",
    }
    return "\n".join(f"-- {title}\n{text or '-- none'}\n" for title, text in said.items())


def _into_arrow(backend: str, dialect) -> dict[str, str]:
    """Return the statement of the driver that hands over Arrow, one column of each way."""
    if backend not in ARROW_CURSORS:
        return {}
    kinds = {"snowflake": ("TEXT", "DECIMAL(38, 0)", "TIMESTAMP_NTZ"), "bigquery": ("STRING", "NUMERIC")}
    columns = tuple(Column(f"column {n}", kind) for n, kind in enumerate(kinds[backend]))
    table = replace(_TABLE, columns=columns)
    statement = ARROW_CURSORS[backend].statement(table, table.column_names, None)
    return {"stream into Arrow": _text(statement, dialect)}


def _text(statement, dialect) -> str:
    return str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True})).strip()


def compiled_by(backend: str) -> str:
    """Return which versions compile."""
    package = DIALECTS[backend][1]
    own = "" if package == "sqlalchemy" else f"{package} {version(package)} on "
    return f"{own}SQLAlchemy {sa.__version__}"


def main() -> None:
    for backend in sys.argv[1:]:
        text = f"-- Compiled by {compiled_by(backend)}; not run against a server.\n\n{compiled(backend)}"
        (GOLDEN / f"{backend}.sql").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
