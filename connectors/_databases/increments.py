"""Parts of a database table: the values of one column, or ranges of a column that only grows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from connectors._databases.relations import Clause, Relation
from connectors._model import TablePart
from connectors._selection import Selection

_NULL = "(null)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Increment:
    """How to tell what is new in a table of a database.

    Attributes:
        table: Pattern on ``table`` or ``group/table``.
        partition: Every value of this column is a part.
        changed: Its greatest value in a part changes when rows of the part do, such as ``updated_at``.
        grows: Rows are only added, with greater values of this column: ranges of it are the parts.
    """

    table: str
    partition: str = ""
    changed: str = ""
    grows: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.partition, self.changed, self.grows)))


@dataclass(frozen=True, slots=True)
class Rule:
    """A part and the rows that it is."""

    part: TablePart
    where: Clause | None = None


def increment_of(increments: Sequence[Increment], group: str, table: str) -> Increment | None:
    """Return the first that is meant for a table."""
    found = (one for one in increments if Selection(include=(one.table,)).takes(group, table))
    return next(found, None)


def find_rules(
    connection: sa.Connection, relation: Relation, increment: Increment, kept: Sequence[str]
) -> list[Rule]:
    """Ask the database for the parts of a table.

    The fingerprint of a part is its number of rows, and the greatest value of ``changed`` if there is one.
    """
    if increment.partition:
        return list(_partitions(connection, relation, increment))
    return list(_ranges(connection, relation, increment.grows, kept))


def _partitions(connection: sa.Connection, relation: Relation, increment: Increment) -> Iterator[Rule]:
    column = _column(relation, increment.partition)
    newest = [sa.func.max(_column(relation, increment.changed))] if increment.changed else []
    counted = sa.select(column, sa.func.count(), *newest).select_from(relation.table())
    statement = counted.group_by(column).order_by(column)
    for value, *print_ in connection.execute(statement):
        name = _NULL if value is None else _text(value)
        where = column.is_(None) if value is None else column == value
        keys = ((increment.partition, None if value is None else name),)
        yield Rule(TablePart(name=name, fingerprint=" ".join(map(_text, print_)), keys=keys), where)


def _ranges(connection: sa.Connection, relation: Relation, name: str, kept: Sequence[str]) -> Iterator[Rule]:
    column = _column(relation, name)
    (top,) = connection.execute(sa.select(sa.func.max(column)).select_from(relation.table())).one()
    if top is not None:
        edges = _edges([text for text in kept if text != _NULL], top)
        for low, high in pairwise([None, *edges]):
            where = column <= high if low is None else sa.and_(column > low, column <= high)
            span = f"{'' if low is None else _text(low)}..{_text(high)}"
            rows = _count(connection, relation, where)
            yield Rule(
                TablePart(name=span, fingerprint=str(rows), keys=((name, _text(high)),), remembered=True),
                where,
            )
    empty = column.is_(None)
    if rows := _count(connection, relation, empty):
        yield Rule(TablePart(name=_NULL, fingerprint=str(rows)), empty)


def _edges(kept: Sequence[str], top: Any) -> list[Any]:
    """Return the upper ends of the ranges known before, and the greatest value now."""
    ends = sorted(_value(text.rpartition("..")[2], top) for text in kept)
    return [*(end for end in ends if end < top), top]


def _count(connection: sa.Connection, relation: Relation, where: Clause) -> int:
    statement = sa.select(sa.func.count()).select_from(relation.table()).where(where)
    return int(connection.execute(statement).scalar_one())


def _column(relation: Relation, name: str) -> sa.ColumnClause[Any]:
    return sa.column(relation.quoted(name))


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def _value(text: str, like: Any) -> Any:
    """Return what ``_text`` was made of, of the type of ``like``."""
    if isinstance(like, dt.datetime | dt.date):
        return type(like).fromisoformat(text)
    return type(like)(text) if isinstance(like, int | float | Decimal) else text
