"""Columns of PostgreSQL's tables as batches: straight into Arrow where that pays, else by rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import sqlalchemy as sa

from connectors._databases.grouping import COUNTED, grouped, grouping_of, spread
from connectors._databases.relations import Clause, NotByArrow, Relation, batches_of
from connectors._model import Batch
from connectors.dialects.postgresql.adbc import arrow_batches
from connectors.dialects.postgresql.cursors import fetch, holds_any_bytes
from connectors.dialects.postgresql.moments import MOMENTS, bare_type, in_calendar
from connectors.dialects.postgresql.sessions import SETTINGS

# Up to here, to open a session of ADBC takes longer than it saves: it reads all types there are.
FEW_ROWS = 50_000
_COPY_TIMEOUT_MS = 6 * 3_600_000  # a table that is streamed by ADBC is one statement


def stream(
    connection: sa.Connection, relation: Relation, names: Sequence[str], where: Clause | None
) -> Iterator[Batch]:
    if where is None and grouping_of(connection, relation, names):
        return spread(_streamed(connection, relation, names, where, counted=True), names)
    return _streamed(connection, relation, names, where)


def _streamed(
    connection: sa.Connection,
    relation: Relation,
    names: Sequence[str],
    where: Clause | None,
    *,
    counted: bool = False,
) -> Iterator[Batch]:
    settings = SETTINGS | {"statement_timeout": str(_COPY_TIMEOUT_MS)}
    with suppress(NotByArrow):
        if not holds_any_bytes(connection) and not _has_few_rows(relation):
            yield from arrow_batches(connection, relation, names, where, settings, counted=counted)
            return
    statement = _in_calendar(relation, names, where)
    if counted:
        statement = grouped(statement, len(names))
        names = [*names, COUNTED]
    yield from batches_of(fetch(connection, statement), names)


def _has_few_rows(relation: Relation) -> bool:
    return relation.rows is not None and relation.rows.value <= FEW_ROWS


def _in_calendar(relation: Relation, names: Sequence[str], where: Clause | None) -> sa.Select[Any]:
    moments = {column.name for column in relation.columns if bare_type(column) in MOMENTS}
    statement = relation.select(names, where)
    if not moments.intersection(names):
        return statement
    pairs = zip(names, statement.selected_columns, strict=True)
    columns = (in_calendar(column) if name in moments else column for name, column in pairs)
    return statement.with_only_columns(*columns, maintain_column_froms=True)
