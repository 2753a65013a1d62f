"""What a sample shows of columns: whether they hold values of a type, and which values come together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers import Tag
from classifiers.kernels import clean
from connectors import Batch, Table
from scanner.census.sorting import distinct_pairs
from scanner.identifiers import I64

FEWEST = 20  # rows without which nothing is said
MANY = 100  # rows without which nothing is taken to be so always
SEVERAL = 0.5  # share of values in several rows that come with several others, as in a log of calls
DIFFERENT = 0.1  # the same share, from which on what comes with them is other people's
_SEEN = 5  # times the rows of a sample
MOST = 0.9  # share of cells that are taken for all

Tags = Mapping[str, Sequence[Tag]]  # what columns hold


def holds(tags: Sequence[Tag], types: Collection[str]) -> bool:
    """Return whether the cells of a column are values of some types, as far as no reviewer denies it."""
    return any(tag.type in types and tag.form == "plain" and tag.decision != "rejected" for tag in tags)


def cells_in(batch: Batch, name: str) -> pa.StringArray:
    """Return the cells of a column, clean."""
    return clean(batch.column(batch.schema.names.index(name)))


def nearly_once(cells: pa.StringArray) -> bool:
    """Return whether nearly every cell has a value of its own."""
    cells = cells.drop_null()
    return len(cells.unique()) >= MOST * len(cells)


def shows_repeats(batch: Batch, table: Table) -> bool:
    """Return whether a sample is so large a part of its table that what comes twice there does so in it."""
    return table.rows is not None and table.rows.value <= _SEEN * len(batch)


def come_again(cells: pa.StringArray) -> bool:
    """Return whether enough rows have a value that others have, too."""
    counts = np.asarray(pc.value_counts(cells.drop_null()).field("counts"))
    return bool(counts[counts > 1].sum() >= FEWEST)


def meets_several(one: pa.StringArray, other: pa.StringArray, *, share: float = SEVERAL) -> bool:
    """Return whether such a share of the values in several rows comes with several others."""
    rows, met = _met(one, other)
    repeated = rows > 1
    return bool(rows[repeated].sum() >= FEWEST and (met[repeated] > 1).mean() >= share)


def meets_one(one: pa.StringArray, other: pa.StringArray) -> bool:
    """Return whether nearly all values in several rows come with a single other, and enough rows show it."""
    rows, met = _met(one, other)
    repeated = rows > 1
    return bool(rows[repeated].sum() >= MANY and (met[repeated] > 1).mean() < DIFFERENT)


def meets_more_than(most: int, one: pa.StringArray, other: pa.StringArray) -> bool:
    """Return whether most values that come in more rows than that come with more others than that."""
    rows, met = _met(one, other)
    many = rows > most
    return bool(rows[many].sum() >= FEWEST and (met[many] > most).mean() >= SEVERAL)


def _met(one: pa.StringArray, other: pa.StringArray) -> tuple[I64, I64]:
    """Return, for every value, how many rows have it beside another, and how many others these are."""
    both = pa.array(np.asarray(one.is_valid()) & np.asarray(other.is_valid()))
    values, others = (_numbers(column.filter(both)) for column in (one, other))
    rows, (pairs, _) = np.bincount(values), distinct_pairs(values, others)
    return rows, np.bincount(pairs, minlength=len(rows))


def _numbers(text: pa.StringArray) -> I64:
    return np.asarray(text.dictionary_encode().indices, np.int64)
