"""MySQL, MariaDB and what speaks like them. They cannot sample, so keys are sought instead.

Described by ``information_schema``: one query for all tables of a schema, and only what the role may read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import mysql
from sqlalchemy.exc import SQLAlchemyError

from connectors._databases.failures import GONE, unread
from connectors._databases.grouping import COUNTED, LEAST_ROWS, Grouping, spread, worthwhile
from connectors._databases.relations import (
    FETCH_ROWS,
    LOCK_TIMEOUT_MS,
    TIMEOUT_MS,
    Clause,
    Relation,
    Rows,
    batches_of,
)
from connectors._model import Batch, Column, RowCount, Unread
from connectors.dialects import generic

SMALL = 100_000  # rows; up to here the server may sort all of them at random
_WHOLE_NUMBERS = frozenset({"tinyint", "smallint", "mediumint", "int", "bigint"})
_TABLES = """
SELECT table_name, table_type, table_rows, table_comment FROM information_schema.tables
WHERE table_schema = COALESCE(:schema, DATABASE())
"""
_SOME_TABLES = f"{_TABLES} AND table_name IN :names"
_COLUMNS = """
SELECT table_name, column_name, column_type, column_comment, data_type, column_key, privileges
FROM information_schema.columns
WHERE table_schema = COALESCE(:schema, DATABASE()) AND table_name IN :names
ORDER BY table_name, ordinal_position
"""

# Of the first column of an index the server knows about how many values are different.
_DIFFERENT = """
SELECT column_name, MAX(cardinality) FROM information_schema.statistics
WHERE table_schema = COALESCE(:schema, DATABASE()) AND table_name = :name AND column_name IN :names
    AND seq_in_index = 1 AND sub_part IS NULL AND cardinality > 0
GROUP BY column_name
"""
# Up to 255 characters: of longer ones a server may compare the first max_sort_length bytes only.
_SHORT_TEXT = re.compile(r"^(?:var)?char\((?:1?\d{1,2}|2[0-4]\d|25[0-5])\)")
_EXACT = re.compile(r"^(?:tiny|small|medium|big)?int\b|^date\b|^datetime\b|^timestamp\b|^year\b")

_READ_ONLY = "SET SESSION TRANSACTION READ ONLY"
# What speaks like MySQL, by a word in its version, and how its sessions are limited. Not run here.
_RELATIVES = {
    "tidb": ("SET SESSION max_execution_time={ms}",),  # it has no read-only transactions
    "oceanbase": (_READ_ONLY, "SET SESSION ob_query_timeout={us}"),
    "doris": ("SET query_timeout={s}",),
    "starrocks": ("SET query_timeout={s}",),
}


def open_engine(url: sa.URL) -> sa.Engine:
    engine = generic.open_engine(url)
    sa.event.listen(engine, "connect", _guard)
    return engine


def _guard(connection: Any, _record: object) -> None:
    """Make the session read-only, and its statements end some day; a relative may not know how to."""
    cursor = connection.cursor()
    cursor.execute("SELECT VERSION(), @@version_comment")
    named = " ".join(map(str, cursor.fetchone())).lower()
    relative = next((settings for name, settings in _RELATIVES.items() if name in named), None)
    # MariaDB counts in seconds, MySQL in milliseconds, under different names.
    timeout = "max_statement_time={s}" if "mariadb" in named else "max_execution_time={ms}"
    usual = (_READ_ONLY, f"SET SESSION {timeout}, lock_wait_timeout={LOCK_TIMEOUT_MS // 1000}")
    for statement in usual if relative is None else relative:
        with suppress(*([] if relative is None else [Exception])):
            cursor.execute(statement.format(s=TIMEOUT_MS // 1000, ms=TIMEOUT_MS, us=TIMEOUT_MS * 1000))
    cursor.close()


def schemas(connection: sa.Connection) -> Sequence[str | None]:
    """Return the URL's own database, else all that are visible."""
    return [None] if connection.engine.url.database else generic.schemas(connection)


def relation_names(connection: sa.Connection, schema: str | None) -> Sequence[str]:
    return sorted(name for name, *_ in connection.execute(sa.text(_TABLES), {"schema": schema}))


@dataclass(slots=True, kw_only=True)
class _Held:
    """What the catalogue says of the columns of one table."""

    columns: list[Column] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    keys: list[tuple[str, str]] = field(default_factory=list)  # of the primary key: name and type
    blobs: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Return the primary key if it is one whole number."""
        (name, kind), *others = self.keys or [("", "")]
        return name if kind in _WHOLE_NUMBERS and not others else ""


def relations(
    connection: sa.Connection, schema: str | None, names: Sequence[str]
) -> Iterator[Relation | Unread]:
    held = _columns(connection, schema, names)
    query = sa.text(_SOME_TABLES).bindparams(sa.bindparam("names", expanding=True))
    tables = connection.execute(query, {"schema": schema, "names": list(names)}).all()
    yield from (
        Unread(table=name, reason=GONE) for name in sorted(set(names) - {table[0] for table in tables})
    )
    for table in sorted(tables, key=itemgetter(0)):
        name = table[0]
        if name not in held or not held[name].columns:
            yield _why_unread(connection, schema, name)
            continue
        yield _relation(schema, table, held[name])
        for column in held[name].refused:
            yield Unread(table=name, reason="permission denied", column=column)


def _columns(connection: sa.Connection, schema: str | None, names: Sequence[str]) -> dict[str, _Held]:
    found: dict[str, _Held] = {}
    query = sa.text(_COLUMNS).bindparams(sa.bindparam("names", expanding=True))
    for table, name, declared, comment, kind, key, privileges in connection.execute(
        query, {"schema": schema, "names": list(names)}
    ):
        held = found.setdefault(table, _Held())
        if "select" not in (privileges or "select").lower():
            held.refused.append(name)
            continue
        held.columns.append(Column(name, _text(declared), _text(comment)))
        if kind.lower().endswith("blob"):
            held.blobs.append(name)
        if key == "PRI":
            held.keys.append((name, kind.lower()))
    return found


def _relation(schema: str | None, table: Sequence[Any], held: _Held) -> Relation:
    name, kind, rows, comment = table
    is_view = kind != "BASE TABLE"
    count = None if is_view or rows is None else RowCount(int(rows), exact=False)
    small = count is not None and count.value <= SMALL
    key = "" if is_view else held.key
    return Relation(
        schema=schema,
        name=name,
        columns=tuple(held.columns),
        comment="" if is_view else _text(comment),
        rows=count,
        is_view=is_view,
        key=key,
        exact_names=True,
        blobs=frozenset(held.blobs),
        note="" if small or key else generic.STREAMED_NOTE,
    )


def _why_unread(connection: sa.Connection, schema: str | None, name: str) -> Unread:
    """Ask the server why it shows no column: a view may be broken, a table forbidden."""
    relation = Relation(schema=schema, name=name, columns=(), exact_names=True)
    try:
        with connection.begin_nested():
            connection.execute(relation.select([]).limit(0))
    except SQLAlchemyError as error:
        return unread(name, error)
    return Unread(table=name, reason="permission denied")


def grouping(connection: sa.Connection, relation: Relation, names: Sequence[str]) -> Grouping | None:
    """Return what grouping saves; None where it saves little, or no index begins with a column."""
    different = _different(connection, relation, names)
    known = bool(names) and len(different) == len(set(names))
    return worthwhile(math.prod(different.values()), relation) if known else None


def grouped_alone(connection: sa.Connection, relation: Relation) -> list[str]:
    """Return the columns of which each, if it is read alone, is grouped."""
    different = _different(connection, relation, relation.column_names)
    known = [name for name in relation.column_names if name in different]
    return [name for name in known if worthwhile(different[name], relation)]


def _different(connection: sa.Connection, relation: Relation, names: Sequence[str]) -> dict[str, int]:
    """Return how many different values columns hold, null too, as far as the catalogue tells."""
    kinds = {column.name: column.type.lower() for column in relation.columns}
    exact = [name for name in names if _SHORT_TEXT.match(kinds[name]) or _EXACT.match(kinds[name])]
    if not exact or relation.is_view or relation.rows is None or relation.rows.value < LEAST_ROWS:
        return {}
    query = sa.text(_DIFFERENT).bindparams(sa.bindparam("names", expanding=True))
    bound = {"schema": relation.schema, "name": relation.name, "names": exact}
    return {_text(name): int(number) + 1 for name, number in connection.execute(query, bound)}


def grouped_statement(relation: Relation, names: Sequence[str]) -> sa.Select[Any]:
    """Return a statement of equal rows as one, and their number behind them.

    Text is grouped by its bytes: collations call text equal that differs in case or in blanks at its end.
    """
    table = relation.table()
    kinds = {column.name: column.type.lower() for column in relation.columns}
    is_text = [_SHORT_TEXT.match(kinds[name]) is not None for name in names]
    columns = [table.c[relation.quoted(name)] for name in names]
    bytes_of = [
        sa.cast(_in_utf8(column), mysql.BINARY()) if text else column
        for column, text in zip(columns, is_text, strict=True)
    ]
    labelled = [column.label(f"pandian_{place}") for place, column in enumerate(bytes_of)]
    counted = sa.select(*labelled, sa.func.count().label(COUNTED)).select_from(table).group_by(*bytes_of)
    groups = counted.subquery("pandian_groups")
    shown = [
        (_in_utf8(column) if text else column).label(relation.quoted(name))
        for column, text, name in zip(groups.c, is_text, names, strict=False)
    ]
    return sa.select(*shown, groups.c[COUNTED])


def _in_utf8(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.func.convert(column.op("USING")(sa.literal_column("utf8mb4")))


def stream(
    connection: sa.Connection, relation: Relation, names: Sequence[str], where: Clause | None
) -> Iterator[Batch]:
    if where is None and grouping(connection, relation, names):
        statement = grouped_statement(relation, names)
        return spread(batches_of(fetch(connection, statement), [*names, COUNTED]), names)
    return batches_of(fetch(connection, relation.select(names, where)), names)


def fetch(connection: sa.Connection, statement: sa.Select[Any]) -> Iterator[Rows]:
    with generic.streamed(connection, statement) as result:
        try:
            yield from result.partitions(FETCH_ROWS)
        except (SQLAlchemyError, GeneratorExit):
            _hang_up(connection, result)
            raise


def _hang_up(connection: sa.Connection, result: sa.CursorResult[Any]) -> None:
    """Close the connection at once: PyMySQL would first read all the rows that nobody wants any more."""
    unread_rows: Any = getattr(result.cursor, "_result", None)
    if getattr(unread_rows, "unbuffered_active", False):
        unread_rows.unbuffered_active = False
        connection.invalidate()


def _text(value: Any) -> str:
    """Return text that some servers give as bytes."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value or ""


def sample(connection: sa.Connection, relation: Relation, rows: int, seed: int) -> Rows:
    small = relation.rows is not None and relation.rows.value <= SMALL
    if relation.is_view or not small:
        return generic.sample(connection, relation, rows, seed)
    statement = relation.select(relation.column_names).order_by(sa.func.rand(seed)).limit(rows)
    return connection.execute(statement).all()
