"""What a sample tells about its table besides tags: how full columns and how old rows are. No values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil, floor, sqrt
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from connectors import Batch
from scanner.identifiers.windows import EPOCH, UNDATED, row_days
from scanner.result import Interval

_Z_95 = 1.96


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """Counts over one sample.

    Attributes:
        filled: Share of cells that hold something, in [0, 1], by column.
        older: Rows older than each number of days asked for; ``undated`` have no readable time.
    """

    rows: int
    filled: Mapping[str, float] = field(default_factory=dict)
    older: Mapping[int, int] = field(default_factory=dict)
    undated: int = 0


def look(batch: Batch, time_column: str | None, days: frozenset[int], as_of: dt.date) -> Sampled:
    """Return the counts of a sample; ``days`` are the retention periods that flows declare for the table."""
    filled = {name: _filled(batch.column(i)) for i, name in enumerate(batch.schema.names)}
    if time_column not in filled or not days:
        return Sampled(rows=batch.num_rows, filled=filled)
    ages = row_days(batch.column(time_column))
    dated = ages[ages != UNDATED]
    today = (as_of - EPOCH).days
    older = {limit: int((dated < today - limit).sum()) for limit in days}
    return Sampled(rows=batch.num_rows, filled=filled, older=older, undated=len(ages) - len(dated))


def _filled(values: Any) -> float:
    if not len(values):
        return 0.0
    empty = values.null_count
    if pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
        blank: Any = pc.sum(pc.equal(pc.utf8_length(pc.utf8_trim_whitespace(values)), pa.scalar(0)))
        empty += blank.as_py() or 0
    return round(1 - float(empty) / len(values), 4)


def scaled(found: int, sampled: int, rows: int | None) -> Interval:
    """Return how many rows of a table are like ``found`` of ``sampled`` rows; 95 % bounds (Wilson).

    >>> scaled(3, 10, 10)
    Interval(lower=3, estimate=3, upper=3)
    >>> scaled(0, 100, 100_000)
    Interval(lower=0, estimate=0, upper=3700)
    """
    if not sampled or rows is None or rows <= sampled:
        return Interval(found, found, found)
    share = found / sampled
    centre = share + _Z_95**2 / (2 * sampled)
    spread = _Z_95 * sqrt(share * (1 - share) / sampled + (_Z_95 / (2 * sampled)) ** 2)
    below, above = ((centre + sign * spread) / (1 + _Z_95**2 / sampled) for sign in (-1, 1))
    lower = max(found, floor(rows * max(0.0, below)))
    upper = min(rows - (sampled - found), ceil(rows * above))
    return Interval(lower, min(max(lower, round(rows * share)), upper), upper)
