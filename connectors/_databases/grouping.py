"""Equal rows sent once: DISTINCT is pushed down where an estimate says that it saves most of the transfer.

The database groups by all the columns that are read, and counts; here each group becomes as many rows again.
So whoever reads sees the same rows, in another order.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa

from connectors._arrays import batch_of, take
from connectors._databases.relations import Relation
from connectors._model import Batch

COUNTED = "pandian_count"
LEAST_ROWS = 100_000  # below, nothing is worth a grouping
_LEAST_SAVED = 4  # rows that a group stands for, on average
_MOST_GROUPS = 1_000_000  # what a server groups in its memory
_BATCH_ROWS = 65_536
# Not numbers with decimals (1.0 equals 1.00) and not text padded with blanks.
_KINDS = (
    "text",
    "character varying",
    "smallint",
    "integer",
    "bigint",
    "boolean",
    "date",
    "timestamp",
    "uuid",
)

_STATISTICS = """
SELECT DISTINCT ON (s.attname) s.attname, s.n_distinct, s.null_frac
FROM pg_catalog.pg_stats s
JOIN pg_catalog.pg_namespace n ON n.nspname = s.schemaname
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.tablename
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = s.attname
LEFT JOIN pg_catalog.pg_collation o ON o.oid = a.attcollation
WHERE s.schemaname = :schema AND s.tablename = :name AND s.attname = ANY (:names)
    AND coalesce(o.collisdeterministic, true)
ORDER BY s.attname, s.inherited DESC
"""


@dataclass(frozen=True, slots=True)
class Grouping:
    """What pushing DISTINCT down saves.

    Attributes:
        groups: At most so many different rows there are, as far as the catalogue knows.
        rows: So many rows stand behind them.
    """

    groups: int
    rows: int

    def __str__(self) -> str:
        return (
            f"equal rows are grouped by the server: at most {self.groups:,} instead of {self.rows:,} are sent"
        )


def grouping_of(connection: sa.Connection, relation: Relation, names: Sequence[str]) -> Grouping | None:
    """Return what grouping saves in PostgreSQL; None where it saves little, or nobody knows."""
    different = _different(connection, relation, names)
    if not names or len(different) < len(set(names)):
        return None
    return worthwhile(math.prod(different.values()), relation)


def grouped_alone(connection: sa.Connection, relation: Relation) -> list[str]:
    """Return the columns of which each, if it is read alone, is grouped."""
    different = _different(connection, relation, relation.column_names)
    return [
        name for name in relation.column_names if name in different and worthwhile(different[name], relation)
    ]


def worthwhile(groups: float, relation: Relation) -> Grouping | None:
    """Return what is saved by sending at most so many groups; None where it is little."""
    rows = relation.rows.value if relation.rows else 0
    limit = min(rows / _LEAST_SAVED, _MOST_GROUPS)
    return Grouping(int(groups), rows) if 0 < groups <= limit else None


def _different(connection: sa.Connection, relation: Relation, names: Sequence[str]) -> dict[str, float]:
    """Return how many different values columns hold, null too, as far as the catalogue tells."""
    rows = relation.rows.value if relation.rows else 0
    kinds = {column.name: column.type for column in relation.columns}
    exact = [name for name in names if _is_exact(kinds.get(name))]
    if not exact or rows < LEAST_ROWS or relation.is_view or relation.only or relation.in_part:
        return {}
    bound = {"schema": relation.schema, "name": relation.name, "names": exact}
    found = connection.execute(sa.text(_STATISTICS), bound)
    return {
        name: (distinct if distinct >= 0 else -distinct * rows) + (nulls > 0)
        for name, distinct, nulls in found
    }


def _is_exact(kind: str | None) -> bool:
    """Return whether equal values of a type are the same to the last byte."""
    return kind is not None and kind.startswith(_KINDS) and not kind.endswith("[]")


def grouped(statement: sa.Select[Any], columns: int) -> sa.Select[Any]:
    """Return a statement of so many columns with equal rows as one, and their number behind them."""
    places: list[sa.ColumnElement[Any]] = [sa.literal_column(str(place)) for place in range(1, columns + 1)]
    return statement.add_columns(sa.func.count().label(COUNTED)).group_by(*places)


def spread(batches: Iterator[Batch], names: Sequence[str]) -> Iterator[Batch]:
    """Yield each row as often as its last column says."""
    for batch in batches:
        ends = np.cumsum(batch.column(batch.num_columns - 1).to_numpy())
        values = batch_of(names, batch.columns[:-1], batch.num_rows)
        total = int(ends[-1]) if len(ends) else 0
        for start in range(0, total, _BATCH_ROWS):
            numbers = np.arange(start, min(start + _BATCH_ROWS, total))
            yield take(values, np.searchsorted(ends, numbers, side="right"))
