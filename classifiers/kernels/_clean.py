"""Any column to trimmed text, in bulk; ``classifiers.validators.fold`` is the rule for one cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers.kernels._bytes import holds_bytes, text_of_bytes
from classifiers.kernels._cells import (
    Bytes,
    Cells,
    Mask,
    Rows,
    cells,
    matching,
    only,
    replaced,
    rows_holding,
    valid,
)
from classifiers.kernels._few import each
from classifiers.validators._text import EDGE, FOLD, POINT_ZERO, QUOTE_MARK, QUOTES

_KEEP, _DROP = -1, 0
_FIRST_LEAD = 0xC2  # the first byte of UTF-8 that leads a character of several bytes


def _fold_table() -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    table = np.full(1 << 16, _KEEP, np.int16)
    for code, replacement in FOLD.items():
        table[code] = ord(replacement) if replacement else _DROP
    return table


_FOLD = _fold_table()

# Bytes that only occur in cells with something to trim or to fold; the last ones lead the UTF-8
# of foldable characters.
_SUSPECT = np.zeros(256, np.bool_)
_SUSPECT[[*range(0x21), ord("'"), ord("`"), 0x7F, 0xC2, 0xE1, 0xE2, 0xE3, 0xEF]] = True
_SUSPECT[list({chr(code).encode()[0] for code in FOLD})] = True

# Integers that the type represents without gaps.
_EXACT = {pa.float16(): 2**11, pa.float32(): 2**24, pa.float64(): 2**53}


def clean(values: pa.Array[Any]) -> pa.StringArray:
    """Return the column as trimmed text; null where there is no text, as in empty cells and pictures."""
    if isinstance(values, pa.ExtensionArray):
        values = values.storage
    if isinstance(values, pa.DictionaryArray):
        return clean(values.dictionary).take(values.indices)
    return tidy(as_text(values))


def as_text(values: pa.Array[Any]) -> pa.StringArray:
    """Return the column as text; whole numbers as digits, nothing for nested values."""
    kind = values.type
    if isinstance(values, pa.StringArray):
        return _rebased(values)
    if pa.types.is_floating(kind):
        return _floats(values)
    if holds_bytes(kind):
        return text_of_bytes(values)
    if _has_text(kind):
        return _rebased(cast("pa.StringArray", values.cast(pa.string())))
    return pa.nulls(len(values), pa.string())


def _rebased(text: pa.StringArray) -> pa.StringArray:
    """Return text whose offsets begin at 0, where a cast of a slice left those of the whole behind.

    On such arrays ``ascii_upper`` and ``ascii_lower`` of pyarrow 26 give wrong values without an error. An
    array that is a slice itself is none of them: its offset says where it begins.
    """
    if not len(text) or text.offset:
        return text
    first = np.frombuffer(memoryview(text.buffers()[1]), np.int32, 1)[0]  # type: ignore[arg-type]
    return text.take(np.arange(len(text))) if first else text


def _has_text(kind: pa.DataType) -> bool:
    tests: tuple[Callable[[pa.DataType], bool], ...] = (
        pa.types.is_large_string,
        pa.types.is_string_view,
        pa.types.is_integer,
        pa.types.is_decimal,
        pa.types.is_boolean,
        pa.types.is_date,
        pa.types.is_time,
        pa.types.is_timestamp,
    )
    return any(test(kind) for test in tests)


def _floats(values: pa.Array[Any]) -> pa.StringArray:
    limit = _EXACT[values.type]
    numbers = np.asarray(values.fill_null(np.nan).to_numpy(zero_copy_only=False), np.float64)
    finite = np.isfinite(numbers)
    whole = finite & (np.abs(numbers) <= limit) & (np.floor(numbers) == numbers)
    digits = cast("pa.StringArray", pa.array(np.where(whole, numbers, 0).astype(np.int64)).cast(pa.string()))
    if whole.all():
        return digits
    shown = pa.array(numbers, mask=~finite).cast(pa.string())
    return cast("pa.StringArray", pc.if_else(pa.array(whole), digits, shown))


def tidy(text: pa.StringArray) -> pa.StringArray:
    """Return the text folded and trimmed; empty cells become null."""
    seen = cells(text)
    if seen.data.size and seen.data.max() > 0x7F:
        text = _decodable(text)
        seen = cells(text)
    suspect = _suspects(seen) & valid(text)
    if suspect.any():
        text = replaced(text, suspect, _folded(text.filter(pa.array(suspect))))
        seen = cells(text)
    filled = seen.lengths > 0
    return text if filled.all() else only(text, filled & valid(text))


def _decodable(text: pa.StringArray) -> pa.StringArray:
    """Return the text with replacement characters for bytes that are no UTF-8, as files may hold."""
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return pa.array(each(text), pa.string())
    return text


def _suspects(seen: Cells) -> Mask:
    positions = np.flatnonzero(_SUSPECT[seen.data]) if _any_suspect(seen.data) else np.empty(0, np.intp)
    points = np.flatnonzero(seen.data[:-1] == ord("."))
    point_zero = points[seen.data[points + 1] == ord("0")]
    return rows_holding(seen, np.concatenate([positions, point_zero]))


def _any_suspect(data: Bytes) -> bool:
    """Return False, fast, for what most columns hold: printable ASCII without blanks."""
    return bool(data.size and (data.min() <= ord("'") or data.max() >= 0x7F or (data == ord("`")).any()))


def _folded(text: pa.StringArray) -> pa.StringArray:
    text = trim(_fold_bytes(text))
    if matching(text, f"^{QUOTES}").any():
        text = trim(pc.replace_substring_regex(text, QUOTE_MARK, r"\1"))
    return pc.replace_substring_regex(text, POINT_ZERO, r"\1")


def trim(text: pa.StringArray) -> pa.StringArray:
    """Return the text without control characters and blanks at both ends."""
    return pc.ascii_trim(text, EDGE)


def _fold_bytes(text: pa.StringArray) -> pa.StringArray:
    seen = cells(text)
    if seen.data.max(initial=0) < _FIRST_LEAD:
        return text
    data, keep = seen.data.copy(), np.ones(len(seen.data), np.bool_)
    _fold_characters(data, keep, np.flatnonzero((seen.data >= _FIRST_LEAD) & (seen.data < 0xE0)), width=2)
    _fold_characters(data, keep, np.flatnonzero((seen.data >= 0xE0) & (seen.data < 0xF0)), width=3)
    if keep.all():
        return text
    kept_before = np.concatenate([[0], np.cumsum(keep)]).astype(np.int32)
    offsets = pa.py_buffer(kept_before[seen.offsets].data)
    return pa.StringArray.from_buffers(len(text), offsets, pa.py_buffer(data[keep].data))


def _fold_characters(data: Bytes, keep: Mask, leads: Rows, width: int) -> None:
    """Rewrite the characters of ``width`` bytes that start at ``leads``, and mark what falls away."""
    code = data[leads].astype(np.int32) & (0x1F if width == 2 else 0x0F)
    for step in range(1, width):
        code = code << 6 | data[leads + step] & 0x3F
    folded = _FOLD[code]
    leads, folded = leads[folded != _KEEP], folded[folded != _KEEP]
    data[leads] = folded.astype(np.uint8)
    keep[leads] = folded != _DROP
    for step in range(1, width):
        keep[leads + step] = False
