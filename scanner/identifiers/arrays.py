"""Arrays of numbers by their types, and what is asked of arrays of text."""

from __future__ import annotations

from typing import Any, TypeAlias, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

U16 = npt.NDArray[np.uint16]
U32 = npt.NDArray[np.uint32]
I64 = npt.NDArray[np.int64]
F64 = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Cells: TypeAlias = "pa.Array[Any]"
Text: TypeAlias = pa.StringArray


def valid(values: Cells) -> Mask:
    return np.asarray(values.is_valid())


def matches(values: Text, pattern: str) -> Mask:
    """Return which cells match, whatever the case of their letters; False for null."""
    found = pc.match_substring_regex(values, pattern, ignore_case=True)
    return np.asarray(found.fill_null(False))


def kept_where(mask: Mask, values: Text) -> Text:
    """Return the cells of the mask, null elsewhere."""
    return cast("Text", pc.if_else(pa.array(mask), values, pa.scalar(None, pa.string())))


def is_text(kind: pa.DataType) -> bool:
    """Return whether cells are text, in whatever way they are kept."""
    if isinstance(kind, pa.DictionaryType):
        return is_text(kind.value_type)
    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
