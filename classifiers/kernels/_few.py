"""Columns of few cells: to look at each takes less time than to compile the patterns for all."""

from __future__ import annotations

import pyarrow as pa

from classifiers.kernels._cells import cells

FEW = 24  # cells
_SHORT = 2_000  # bytes of all cells: Python's patterns take the square of a cell's length, where it is odd


def few(text: pa.StringArray) -> bool:
    """Return whether there are few cells to look at, and short ones."""
    return len(text) - text.null_count <= FEW and len(cells(text).data) <= _SHORT


def each(text: pa.StringArray) -> list[str | None]:
    """Return the cells; with replacement characters for bytes that are no UTF-8, as files may hold."""
    raw: list[bytes | None] = text.cast(pa.binary()).to_pylist()
    return [cell if cell is None else cell.decode(errors="replace") for cell in raw]
