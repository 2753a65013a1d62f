"""MySQL, MariaDB and what speaks like them. They cannot sample, so keys are sought instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from connectors._model import RowCount, Unread
from connectors._sql import TIMEOUT_MS, Relation, Rows
from connectors.dialects import generic

fetch = generic.fetch
relation_names = generic.relation_names

_SMALL = 100_000  # rows; up to here the server may sort all of them at random


def open_engine(url: sa.URL) -> sa.Engine:
    engine = sa.create_engine(url, pool_pre_ping=True)
    sa.event.listen(engine, "connect", _guard)
    return engine


def _guard(connection: Any, _record: object) -> None:
    """Make the session read-only, and its statements end some day."""
    cursor = connection.cursor()
    cursor.execute("SET SESSION TRANSACTION READ ONLY")
    cursor.execute("SELECT VERSION()")
    is_mariadb = "mariadb" in str(cursor.fetchone()[0]).lower()
    # MariaDB counts in seconds, MySQL in milliseconds, under different names.
    timeout = f"max_statement_time={TIMEOUT_MS // 1000}" if is_mariadb else f"max_execution_time={TIMEOUT_MS}"
    cursor.execute(f"SET SESSION {timeout}")
    cursor.close()


def schemas(connection: sa.Connection) -> Sequence[str | None]:
    """Return the URL's own database, else all that are visible."""
    return [None] if connection.engine.url.database else generic.schemas(connection)


def relations(
    connection: sa.Connection, schema: str | None, names: Sequence[str]
) -> Iterator[Relation | Unread]:
    counts = _estimates(connection, schema)
    for relation in generic.relations(connection, schema, names):
        if isinstance(relation, Unread):
            yield relation
            continue
        estimate = counts.get(relation.name)
        small = estimate is not None and estimate <= _SMALL
        yield replace(
            relation,
            rows=None if estimate is None or relation.is_view else RowCount(estimate, exact=False),
            exact_names=True,
            note="" if small and not relation.is_view else relation.note,
        )


def _estimates(connection: sa.Connection, schema: str | None) -> dict[str, int]:
    statement = sa.text(
        "SELECT table_name, table_rows FROM information_schema.tables"
        " WHERE table_schema = COALESCE(:schema, DATABASE())"
    )
    found = connection.execute(statement, {"schema": schema})
    return {name: int(rows) for name, rows in found if rows is not None}


def sample(connection: sa.Connection, relation: Relation, rows: int, seed: int) -> Rows:
    small = relation.rows is not None and relation.rows.value <= _SMALL
    if relation.is_view or not small:
        return generic.sample(connection, relation, rows, seed)
    statement = relation.select(relation.column_names).order_by(sa.func.rand(seed)).limit(rows)
    return connection.execute(statement).all()
