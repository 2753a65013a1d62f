"""Dates and times of PostgreSQL that no calendar of Python or of Arrow's readers has."""

from __future__ import annotations

import re
from typing import Any

import sqlalchemy as sa

from connectors._model import Column

MOMENTS = frozenset({"date", "timestamp without time zone", "timestamp with time zone"})
_FIRST: sa.ColumnElement[Any] = sa.literal_column("date '0001-01-02'")
_LAST: sa.ColumnElement[Any] = sa.literal_column("date '9999-12-30'")
_LENGTH = re.compile(r"\(\d+(?:,\d+)?\)")


def bare_type(column: Column) -> str:
    """Return the declared type without its length.

    >>> bare_type(Column("x", "timestamp(3) without time zone")), bare_type(Column("y", "numeric(10,2)"))
    ('timestamp without time zone', 'numeric')
    """
    return _LENGTH.sub("", column.type)


def in_calendar(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Return a date or time with infinity, the years before Christ and those of five digits drawn in.

    What is before or after what stays as it is.
    """
    return sa.case((column < _FIRST, _FIRST), (column > _LAST, _LAST), else_=column)
