"""Columns of few cells: to look at each takes less time than to compile the patterns for all."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

FEW = 24  # cells


def few(values: pa.Array[Any]) -> bool:
    """Return whether there are few cells to look at."""
    return len(values) - values.null_count <= FEW


def each(text: pa.StringArray) -> list[str | None]:
    """Return the cells; with replacement characters for bytes that are no UTF-8, as files may hold."""
    raw: list[bytes | None] = text.cast(pa.binary()).to_pylist()
    return [cell if cell is None else cell.decode(errors="replace") for cell in raw]
