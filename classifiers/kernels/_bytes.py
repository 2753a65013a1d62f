"""Bytes that are text, as Impala, older Hive and VARBINARY columns keep it."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers.kernels._cells import Mask

LONGEST = 65_536  # bytes of a cell that is looked at; longer ones are documents and pictures
_CONTROL = r"[\x00-\x08\x0e-\x1f\x7f]"  # no text has them
_KINDS = (
    pa.types.is_binary,
    pa.types.is_large_binary,
    pa.types.is_binary_view,
    pa.types.is_fixed_size_binary,
)


def holds_bytes(kind: pa.DataType) -> bool:
    """Return whether the cells of a column are bytes."""
    return any(is_kind(kind) for is_kind in _KINDS)


def text_of_bytes(values: pa.Array[Any]) -> pa.StringArray:
    """Return the cells that are UTF-8 without control characters as text, null for all others.

    Zero bytes that fill a cell up at its end are left out.
    """
    raw: Any = values.cast(pa.large_binary())
    short = np.asarray(pc.binary_length(raw).fill_null(0)) <= LONGEST
    text = pc.utf8_rtrim(_decoded(_only(short, raw).cast(pa.binary())), "\0")
    control: Any = pc.match_substring_regex(text, _CONTROL).fill_null(False)
    return cast("pa.StringArray", _only(~np.asarray(control), text))


def _decoded(raw: pa.Array[Any]) -> pa.StringArray:
    try:
        return cast("pa.StringArray", raw.cast(pa.string()))
    except pa.ArrowInvalid:
        text = np.array([cell is not None and _is_utf8(cell) for cell in raw.to_pylist()], np.bool_)
        return cast("pa.StringArray", _only(text, raw).cast(pa.string()))


def _only(mask: Mask, cells: pa.Array[Any]) -> pa.Array[Any]:
    """Return the cells of the mask, null elsewhere."""
    nothing: Any = pa.scalar(None, cells.type)
    kept: Any = pc.if_else(pa.array(mask), cells, nothing)
    return cast("pa.Array[Any]", kept)


def _is_utf8(cell: bytes) -> bool:
    try:
        cell.decode()
    except UnicodeDecodeError:
        return False
    return True
