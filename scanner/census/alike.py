"""Columns that need not be copied: one number that stands again and again, or the columns of one table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar, cast

import numpy as np

from scanner.identifiers import I32, I64, Mask

Array = TypeVar("Array", bound=np.ndarray[Any, Any])


def repeated(number: np.generic, size: int) -> np.ndarray[Any, Any]:
    """Return a number so many times, to be read only."""
    return np.broadcast_to(number, size)


def is_repeated(values: np.ndarray[Any, Any]) -> bool:
    """Return whether a column is kept as one number; others may have no second one, either."""
    return values.strides == (0,)


def lean(values: Array) -> Array:
    """Return the same values, to be read only; as one number where all are alike."""
    if is_repeated(values) or len(values) < 2 or (values != values[0]).any():
        return values
    return cast("Array", repeated(values[0], len(values)))


def table_of(columns: Sequence[Array]) -> Array | None:
    """Return the table (rows x columns) that has these columns and no other, in their order; else None."""
    table = columns[0].base if columns else None
    if table is None or table.shape != (len(columns[0]), len(columns)) or not table.flags.c_contiguous:
        return None
    first = table.ctypes.data
    places = [first + place * table.itemsize for place in range(len(columns))]
    mine = all(column.base is table and column.shape == (len(table),) for column in columns)
    return cast("Array", table) if mine and [column.ctypes.data for column in columns] == places else None


def joined(columns: Sequence[Array]) -> Array:
    """Return columns, one after another; as one number where all are that number."""
    held = [column for column in columns if len(column)]
    if held and all(is_repeated(column) and column[0] == held[0][0] for column in held):
        return cast("Array", repeated(held[0][0], sum(map(len, held))))
    return cast("Array", np.concatenate(columns))


def taken(column: Array, rows: Mask | I32 | I64) -> Array:
    """Return some rows of a column, to be read only; as one number if the column is kept so."""
    if not is_repeated(column):
        return cast("Array", column[rows])
    size = np.count_nonzero(rows) if rows.dtype == np.bool_ else len(rows)
    return cast("Array", repeated(column[0], int(size)) if size else column[:0])
