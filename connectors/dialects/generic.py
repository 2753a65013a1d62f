"""Any database that SQLAlchemy knows: its Inspector, its server-side cursors, plain SELECT.

No switch makes every database read-only. Only SELECT is ever sent; a role that may do no more
is the real guard.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy.engine.interfaces import ReflectedColumn
from sqlalchemy.exc import SQLAlchemyError

from connectors._databases.failures import unread
from connectors._databases.relations import APPLICATION_NAME, FETCH_ROWS, Clause, Relation, Rows, batches_of
from connectors._model import Batch, Column, Unread
from connectors._sampling import Indices, chosen, reservoir

SYSTEM_SCHEMAS = frozenset(
    {"information_schema", "mysql", "performance_schema", "pg_catalog", "pg_toast", "sys", "system"}
)
MOST_STREAMED = 1_000_000  # rows read at most to sample a relation that has no key
STREAMED_NOTE = f"Without a key, the sample comes from the first {MOST_STREAMED:,} rows."
RANGES = 64  # places that a sample by key comes from


def open_engine(url: sa.URL) -> sa.Engine:
    engine = sa.create_engine(url, pool_pre_ping=True)
    sa.event.listen(engine, "before_cursor_execute", _signed, retval=True)
    return engine


def _signed(
    _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool
) -> tuple[str, Any]:
    """Put our name before each statement, so that an administrator sees in the server's list who it is."""
    return f"/* {APPLICATION_NAME} */ {statement}", parameters


def schemas(connection: sa.Connection) -> Sequence[str | None]:
    inspector = sa.inspect(connection)
    try:
        found = inspector.get_schema_names()
    except NotImplementedError:
        return [None]
    return [name for name in sorted(found) if name.lower() not in SYSTEM_SCHEMAS] or [None]


def relation_names(connection: sa.Connection, schema: str | None) -> Sequence[str]:
    return sorted({*sa.inspect(connection).get_table_names(schema), *_views(connection, schema)})


def relations(
    connection: sa.Connection, schema: str | None, names: Sequence[str]
) -> Iterator[Relation | Unread]:
    views = _views(connection, schema)
    for name in names:
        try:
            yield _reflected(connection, schema, name, is_view=name in views)
        except SQLAlchemyError as error:
            yield unread(name, error)


def sample(connection: sa.Connection, relation: Relation, rows: int, seed: int) -> Rows:
    if relation.key and not relation.is_view:
        return by_key_ranges(connection, relation, rows, seed)
    return by_reservoir(fetch(connection, relation.select(relation.column_names)), rows, seed)


def stream(
    connection: sa.Connection, relation: Relation, names: Sequence[str], where: Clause | None
) -> Iterator[Batch]:
    return batches_of(fetch(connection, relation.select(names, where)), names)


def fetch(connection: sa.Connection, statement: sa.Select[Any]) -> Iterator[Rows]:
    with streamed(connection, statement) as result:
        yield from result.partitions(FETCH_ROWS)


def streamed(connection: sa.Connection, statement: sa.Select[Any]) -> sa.CursorResult[Any]:
    """Return the rows without the driver holding all of them."""
    options = {"stream_results": True, "max_row_buffer": FETCH_ROWS}
    return connection.execution_options(**options).execute(statement)


def by_reservoir(chunks: Iterator[Rows], rows: int, seed: int) -> Rows:
    """Draw rows with equal chance from the first ``MOST_STREAMED`` rows."""
    bounded = islice(chunks, MOST_STREAMED // FETCH_ROWS)
    kept = reservoir(bounded, _take, rows, np.random.default_rng(seed))
    return [row for chunk in kept for row in chunk]


def _take(chunk: Rows, indices: Indices) -> Rows:
    return [chunk[index] for index in indices.tolist()]


def by_key_ranges(connection: sa.Connection, relation: Relation, rows: int, seed: int) -> Rows:
    """Draw a few rows after each of many seeded places of a whole-number key."""
    key: sa.ColumnClause[Any] = sa.column(relation.quoted(relation.key))
    position = relation.column_names.index(relation.key)
    bounds = sa.select(sa.func.min(key), sa.func.max(key)).select_from(relation.table())
    low, high = connection.execute(bounds).one()
    if low is None:
        return []
    rng = np.random.default_rng(seed)
    low, high = int(low), int(high)
    places = [low + int(share * (high - low + 1)) for share in np.sort(rng.random(RANGES))]
    # Twice as many as wanted, since ranges may overlap or run out.
    depth = math.ceil(2 * rows / RANGES)
    statement = relation.select(relation.column_names).order_by(key).limit(depth)
    found: dict[Any, Sequence[Any]] = {}
    for place in [low, *places]:
        for row in connection.execute(statement.where(key >= place)):
            found[row[position]] = row
    every = [found[value] for value in sorted(found)]
    return _take(every, chosen(len(every), rows, rng))


def _views(connection: sa.Connection, schema: str | None) -> set[str]:
    inspector = sa.inspect(connection)
    found: set[str] = set()
    for views in (inspector.get_view_names, inspector.get_materialized_view_names):
        try:
            found.update(views(schema))
        except NotImplementedError:
            continue
    return found


def _reflected(connection: sa.Connection, schema: str | None, name: str, *, is_view: bool) -> Relation:
    inspector = sa.inspect(connection)
    columns = inspector.get_columns(name, schema)
    key = "" if is_view else _whole_number_key(inspector, schema, name, columns)
    return Relation(
        schema=schema,
        name=name,
        columns=tuple(
            Column(column["name"], _declared(column, connection.dialect), column.get("comment") or "")
            for column in columns
        ),
        comment=_comment(inspector, schema, name),
        is_view=is_view,
        key=key,
        note="" if key else STREAMED_NOTE,
    )


def _declared(column: ReflectedColumn, dialect: sa.Dialect) -> str:
    try:
        return column["type"].compile(dialect=dialect)
    except SQLAlchemyError:
        return ""


def _comment(inspector: sa.Inspector, schema: str | None, name: str) -> str:
    try:
        return inspector.get_table_comment(name, schema)["text"] or ""
    except (NotImplementedError, SQLAlchemyError):
        return ""


def _whole_number_key(
    inspector: sa.Inspector, schema: str | None, name: str, columns: Sequence[ReflectedColumn]
) -> str:
    try:
        key = inspector.get_pk_constraint(name, schema)["constrained_columns"]
    except (NotImplementedError, SQLAlchemyError):
        return ""
    whole = {column["name"] for column in columns if isinstance(column["type"], sa.Integer)}
    return key[0] if len(key) == 1 and key[0] in whole else ""
