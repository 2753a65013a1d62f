"""The bytes of a text column, seen by numpy without a copy."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeAlias, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Bytes: TypeAlias = NDArray[np.uint8]
Mask: TypeAlias = NDArray[np.bool_]
Rows: TypeAlias = NDArray[np.intp]

# One byte position a row of the array, one cell a column: (width, cells). Steps over a whole
# position at a time run in vector registers.
Check: TypeAlias = Callable[[Bytes], Mask]

BLOCK = 1 << 16

_ALPHANUMERIC = np.zeros(256, np.bool_)
_ALPHANUMERIC[list(string.ascii_letters.encode() + string.digits.encode())] = True


@dataclass(frozen=True, slots=True)
class Cells:
    """A text column as one run of bytes.

    Attributes:
        data: UTF-8 of all cells, from the first to the last one.
        offsets: Where each cell starts in ``data``, and one more: where the last one ends.

    """

    data: Bytes
    offsets: NDArray[np.int32]

    @property
    def lengths(self) -> NDArray[np.int32]:
        """Return the length of each cell in bytes."""
        return np.diff(self.offsets)


def cells(text: pa.StringArray) -> Cells:
    """Return the bytes and offsets of a text column; slices and offsets are respected."""
    _, offset_buffer, data_buffer = text.buffers()
    if not len(text) or offset_buffer is None or data_buffer is None:
        return Cells(np.empty(0, np.uint8), np.zeros(len(text) + 1, np.int32))
    offsets = np.frombuffer(memoryview(offset_buffer), np.int32, len(text) + 1, text.offset * 4)
    first, last = int(offsets[0]), int(offsets[-1])
    data = np.frombuffer(memoryview(data_buffer), np.uint8, last - first, first)
    return Cells(data, offsets - np.int32(first) if first else offsets)


def valid(array: pa.Array[Any]) -> Mask:
    """Return which cells are not null."""
    if not array.null_count:
        return np.ones(len(array), np.bool_)
    return np.asarray(array.is_valid().to_numpy(zero_copy_only=False), np.bool_)


def digits(text: pa.StringArray) -> NDArray[np.int64]:
    """Return the number of ASCII digits in each cell."""
    seen = cells(text)
    until = np.concatenate([[0], np.cumsum((seen.data - np.uint8(ord("0"))) < 10, dtype=np.int64)])
    return np.diff(until[seen.offsets])


def alphanumeric(text: pa.StringArray) -> bool:
    """Return whether all cells are made of ASCII letters and digits only."""
    return not len(text) or bool(_ALPHANUMERIC[cells(text).data].all())


def every(*tests: Mask) -> Mask:
    """Return which cells pass all tests."""
    return reduce(np.logical_and, tests)


def rows_holding(seen: Cells, positions: Rows) -> Mask:
    """Return which cells hold one of the given positions of ``data``."""
    mask = np.zeros(len(seen.offsets) - 1, np.bool_)
    mask[np.searchsorted(seen.offsets, positions, side="right") - 1] = True
    return mask


def columns(seen: Cells, rows: Rows, width: int) -> Iterator[tuple[Rows, Bytes]]:
    """Yield blocks of cells of one width as (row numbers, bytes by position)."""
    steps = np.arange(width, dtype=np.int32)[:, np.newaxis]
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        starts = seen.offsets[block]
        first = int(starts[0])
        if int(starts[-1]) - first == (len(block) - 1) * width:
            run = seen.data[first : first + len(block) * width]
            yield block, np.ascontiguousarray(run.reshape(-1, width).T)
        else:
            yield block, seen.data[starts[np.newaxis, :] + steps]


def passing(seen: Cells, among: Mask, width: int, check: Check) -> Mask:
    """Return which of the cells of this width pass the check; False for all other cells."""
    mask = np.zeros(len(among), np.bool_)
    for rows, block in columns(seen, np.flatnonzero(among & (seen.lengths == width)), width):
        mask[rows] = check(block)
    return mask


def matching(text: pa.StringArray, pattern: str) -> Mask:
    """Return which cells match the RE2 pattern somewhere; False for null."""
    return truth(pc.match_substring_regex(text, pattern))


def truth(flags: pa.Array[Any]) -> Mask:
    """Return the flags, with null as False."""
    filled: pa.Array[Any] = flags.fill_null(False) if flags.null_count else flags
    return np.asarray(filled.to_numpy(zero_copy_only=False), np.bool_)


def only(text: pa.StringArray, keep: Mask) -> pa.StringArray:
    """Return the column with null wherever ``keep`` is False."""
    if keep.all():
        return text
    if not keep.any():
        return pa.nulls(len(text), pa.string())
    return cast("pa.StringArray", pc.if_else(pa.array(keep), text, pa.scalar(None, pa.string())))


def replaced(text: pa.StringArray, where: Mask, by: pa.StringArray) -> pa.StringArray:
    """Return the column with the marked cells replaced, in order, by those of ``by``."""
    return by if where.all() else cast("pa.StringArray", pc.replace_with_mask(text, pa.array(where), by))
