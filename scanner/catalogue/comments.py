"""Comments on columns as SQL: printed for somebody who may run it, never executed.

A comment keeps what it said and gets a mark such as ``[PI: mobile; sensitive]`` at its end; a mark of an
earlier export is replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scanner.catalogue._places import ExportError, Naming, Place, places
from scanner.catalogue._said import sensitivity
from scanner.result import ColumnResult, Result

NAME = "comments"
FILE_NAME = "comments.sql"

_MARK = re.compile(r"\s*\[PI: [^\]]*\]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spelling:
    """How a database spells names, texts and the statement.

    Attributes:
        quote: Opening and closing mark of a name; the closing one is doubled inside.
        backslashes: Whether a backslash in a text has to be doubled.
        apostrophe: How one is written inside a text.
        statement: With ``{table}`` (its schema before it), ``{column}`` and ``{text}``, all quoted, and the
            declared ``{type}``; ``{schema}`` and ``{name}`` are the table's, apart.
        remark: What to know before it is run; such statements are commented out.
        complete: Backends whose own statements are complete, for all that ``remark`` says.
    """

    quote: str
    backslashes: bool
    statement: str
    remark: str = ""
    apostrophe: str = "''"
    complete: frozenset[str] = frozenset()

    def warning(self, backend: str) -> str:
        """Return what to know before a statement about a table of ``backend`` is run."""
        return "" if backend in self.complete else self.remark

    def name(self, name: str) -> str:
        """Return a quoted name."""
        opening, closing = self.quote[0], self.quote[-1]
        return f"{opening}{name.replace(closing, closing * 2)}{closing}"

    def text(self, text: str) -> str:
        """Return a quoted text on one line."""
        plain = _CONTROL.sub(" ", text)
        escaped = plain.replace("\\", "\\\\") if self.backslashes else plain
        return "'" + escaped.replace("'", self.apostrophe) + "'"


_STANDARD = _Spelling(quote='"', backslashes=False, statement="COMMENT ON COLUMN {table}.{column} IS {text};")
_SNOWFLAKE = _Spelling(quote='"', backslashes=True, statement=_STANDARD.statement)
_MYSQL = _Spelling(
    quote="`",
    backslashes=True,
    statement="ALTER TABLE {table} MODIFY COLUMN {column} {type} COMMENT {text};",
    remark="MySQL changes a comment only with the whole definition: complete NOT NULL, DEFAULT, character "
    "set and AUTO_INCREMENT from SHOW CREATE TABLE before you run a line.",
)
_MODIFY = _Spelling(
    quote="`", backslashes=True, statement="ALTER TABLE {table} MODIFY COLUMN {column} COMMENT {text};"
)
_SPARK = _Spelling(
    quote="`",
    backslashes=True,
    statement="ALTER TABLE {table} ALTER COLUMN {column} COMMENT {text};",
    apostrophe="\\'",
)
_HIVE = _Spelling(
    quote="`",
    backslashes=True,
    statement="ALTER TABLE {table} CHANGE COLUMN {column} {column} {type} COMMENT {text};",
    remark="Hive sets the type with the comment, and these types are not Hive's: write those of SHOW CREATE "
    "TABLE before you run a line.",
    apostrophe="\\'",
    complete=frozenset({"hive", "impala"}),
)
_ODPS = _Spelling(
    quote="`",
    backslashes=True,
    statement="ALTER TABLE {table} CHANGE COLUMN {column} COMMENT {text};",
    apostrophe="\\'",
)
_CLICKHOUSE = _Spelling(
    quote="`", backslashes=True, statement="ALTER TABLE {table} COMMENT COLUMN {column} {text};"
)
_BIGQUERY = _Spelling(
    quote="`",
    backslashes=True,
    statement="ALTER TABLE {table} ALTER COLUMN {column} SET OPTIONS (description = {text});",
    apostrophe="\\'",
)
_MSSQL = _Spelling(
    quote="'",
    backslashes=False,
    statement="EXEC sp_addextendedproperty N'MS_Description', N{text}, N'SCHEMA', N{schema}, N'TABLE', "
    "N{name}, N'COLUMN', N{column};",
    remark="Where a column has a description already, write sp_updateextendedproperty.",
)

_SPELLINGS = {
    "postgresql": _STANDARD,
    "opengauss": _STANDARD,
    "redshift": _STANDARD,
    "kingbase": _STANDARD,
    "hologres": _STANDARD,
    "oracle": _STANDARD,
    "dm": _STANDARD,
    "db2": _STANDARD,
    "hana": _STANDARD,
    "duckdb": _STANDARD,
    "trino": _STANDARD,
    "presto": _STANDARD,
    "snowflake": _SNOWFLAKE,
    "mysql": _MYSQL,
    "mariadb": _MYSQL,
    "tidb": _MYSQL,
    "oceanbase": _MYSQL,
    "doris": _MODIFY,
    "starrocks": _MODIFY,
    "clickhouse": _CLICKHOUSE,
    "clickhousedb": _CLICKHOUSE,
    "spark": _SPARK,
    "databricks": _SPARK,
    "hive": _HIVE,
    "impala": _HIVE,
    "odps": _ODPS,
    "bigquery": _BIGQUERY,
    "mssql": _MSSQL,
}


def render(result: Result, naming: Naming) -> str:
    """Return the statements, those of each dataset under a heading.

    Raises:
        ExportError: There is no such dialect, or nothing in the scan is in a database with comments.
    """
    if naming.dialect and naming.dialect not in _SPELLINGS:
        raise ExportError(f"No dialect {naming.dialect!r}. There are: {', '.join(sorted(_SPELLINGS))}.")
    lines = [
        "-- Written by pandian export --to comments. Read it before you run it.",
        *_lines(result, naming),
    ]
    if len(lines) == 1:
        raise ExportError(
            "Nothing in the scan is a column with personal information in a database that keeps comments. "
            "For files that a database reads, name it: --dialect hive."
        )
    return "\n".join(lines) + "\n"


def _lines(result: Result, naming: Naming) -> Iterator[str]:
    before = ""
    for place in places(result, naming):
        spelling = _SPELLINGS.get(naming.dialect or place.backend)
        columns = place.table.pi_columns
        if spelling is None or not columns:
            continue
        if place.dataset.name != before:
            before = place.dataset.name
            yield f"\n-- {_CONTROL.sub(' ', before)}"
            if warning := spelling.warning(place.backend):
                yield f"-- {warning}"
        yield from (_statement(spelling, place, column) for column in columns)


def _statement(spelling: _Spelling, place: Place, column: ColumnResult) -> str:
    table = [spelling.name(name) for name in _written(place)]
    statement = spelling.statement.format(
        table=".".join(table),
        schema=table[-2] if table[1:] else spelling.name("dbo"),
        name=table[-1],
        column=spelling.name(column.name),
        type=_one_line(column.type),
        text=spelling.text(commented(column)),
    )
    return f"-- {_one_line(statement)}" if spelling.warning(place.backend) else statement


def _written(place: Place) -> tuple[str, ...]:
    """Return schema and table, with the database before them where a statement reaches across."""
    across = place.backend in {"trino", "presto", "snowflake", "bigquery", "databricks"}
    return place.names if across or not place.schema else place.names[-2:]


def commented(column: ColumnResult) -> str:
    """Return the comment of a column with its mark."""
    said = [", ".join(tag.type for tag in column.held)]
    if sensitivity(column) == "sensitive":
        said.append("sensitive")
    if column.grade.level != "general":
        said.append(column.grade.level)
    before = _one_line(_MARK.sub("", column.comment)).strip()
    return f"{before} [PI: {'; '.join(said)}]".strip()


def _one_line(text: str) -> str:
    return _CONTROL.sub(" ", text)
