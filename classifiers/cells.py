"""The cells of one column, prepared once for all recognizers."""

from __future__ import annotations

import base64
import binascii
import re
from functools import cached_property
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from classifiers import kernels
from classifiers._few import MOST, few_cells, pattern_of
from connectors import is_list

LONGEST = 4_096  # characters of a cell that are looked at; longer cells are cut
LONGEST_STRUCTURE = 65_536  # the same for JSON, XML and other cells that would not open when cut short
PROBED = 2_000  # cells that show whether a test is worth running over a long column
MOSTLY = 0.5  # share of cells of bytes that are text, where bytes are text
BINARY_LOOKED_AT = 64  # binary cells whose first bytes are looked at

_BASE64 = r"^(?:data:image/[a-z]+;base64,)?[A-Za-z0-9+/_-]{40,}={0,2}$"
_NUMBER = r"[+-]?[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?"
# Eight numbers or more, in brackets or not, the same sign between all of them.
_VECTOR = re.compile(
    rf"^\s*(?:[\[({{]\s*{_NUMBER}|[+-]?[0-9]*\.[0-9]+)(?P<between>\s*[,;|]\s*| +)"
    rf"(?:{_NUMBER}(?P=between)){{6,}}"
)
# A sign of currency, commas between thousands or a unit of money makes a number an amount.
_AMOUNT = (
    r"^[+-]?(?:[¥￥$€£]|RMB|CNY|USD|HKD|NT\$|HK\$|人民币) ?[0-9][0-9,]*(?:\.[0-9]+)?(?:万|元|万元)?$"
    r"|^[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?: ?(?:元|圆|RMB|CNY|USD))?$"
    r"|^[+-]?[0-9]+(?:\.[0-9]+)? ?(?:元|圆|块|万|万元|RMB|CNY|USD)$"
)
_NUMERIC = r"^[+-]?[0-9]{1,18}(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?$"
_DATED = r"^[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]+$"
_HEX = r"^(?:[0-9A-Fa-f]{2}){24,}$"


class Cells:
    """The cells of one column of a sample. ``repr`` shows no value.

    Attributes:
        raw: As the connector gave them; bytes that are text as text.
        rows: Number of cells, with nulls.

    """

    def __init__(self, raw: pa.Array[Any] | pa.ChunkedArray[Any]) -> None:
        self.raw = _text_in_bytes(raw.combine_chunks() if isinstance(raw, pa.ChunkedArray) else raw)
        self.rows = len(self.raw)

    def __repr__(self) -> str:
        return f"Cells({self.rows} of {self.raw.type})"

    @cached_property
    def probe(self) -> Cells | None:
        """An even draw of ``PROBED`` non-null cells; None in a column so short that it saves no work."""
        if self.rows < 2 * PROBED:
            return None
        held = self.raw.drop_null()
        return Cells(held.take(np.linspace(0, len(held) - 1, min(PROBED, len(held))).astype(np.int64)))

    @cached_property
    def text(self) -> pa.StringArray:
        """Usable cells as text: cleaned, without nulls and placeholders, cut at ``LONGEST``."""
        if kernels.holds_bytes(self.raw.type):
            return pa.array([], pa.string())
        cleaned = kernels.clean(_cut(self.raw)).drop_null()
        placeholders = kernels.is_placeholder("", cleaned)
        return cleaned.filter(pa.array(~placeholders))

    @cached_property
    def plain(self) -> pa.StringArray:
        """Non-null cells as text just as they are, cut at ``LONGEST_STRUCTURE``, for structures and text."""
        values: Any = _cut(self.raw, LONGEST_STRUCTURE)
        return values.drop_null() if pa.types.is_string(values.type) else pa.array([], pa.string())

    def holding(self, pattern: str, *, ignore_case: bool = False) -> NDArray[np.bool_]:
        """Return which of ``text`` contain a pattern (RE2 syntax)."""
        search = None if self._few is None else pattern_of(pattern, ignore_case=ignore_case)
        if self._few is not None and search is not None:
            return np.array([search.search(cell) is not None for cell in self._few], dtype=bool)
        found = pc.match_substring_regex(self.text, pattern, ignore_case=ignore_case)
        return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)

    def among(self, words: frozenset[str], values: pa.Array[Any]) -> NDArray[np.bool_]:
        """Return which of ``text`` are in lower case one of ``words``; ``values`` are the same for Arrow."""
        if self._few is not None:
            return np.array([cell.lower() in words for cell in self._few], dtype=bool)
        found = pc.is_in(self._lowered, value_set=values)
        return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)

    @cached_property
    def _lowered(self) -> pa.StringArray:
        return pc.utf8_lower(self.text)

    @cached_property
    def _few(self) -> tuple[str, ...] | None:
        """``text`` as Python has it, where that is faster than Arrow; None in a column of any length."""
        return few_cells([str(cell) for cell in self.text.to_pylist()]) if len(self.text) <= MOST else None

    @cached_property
    def n(self) -> int:
        """Number of usable cells: text, or binary and vectors where there is no text."""
        return len(self.text) or len(self.binary) or len(self.vectors)

    @cached_property
    def masked(self) -> NDArray[np.bool_]:
        """Which of ``text`` are masked, as 138****1234."""
        return kernels.is_masked(self.text)

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """Length of each of ``text``, in characters."""
        return np.asarray(pc.utf8_length(self.text).to_numpy(zero_copy_only=False), dtype=np.int64)

    @cached_property
    def digits(self) -> NDArray[np.int64]:
        """Number of ASCII digits in each of ``text``."""
        return kernels.digits(self.text)

    @cached_property
    def distinct(self) -> int:
        """Number of distinct values in ``text``."""
        return int(pc.count_distinct(self.text).as_py())

    @cached_property
    def numbers(self) -> NDArray[np.float64]:
        """``text`` as numbers, also where written as amounts (¥1,200.50, 3.5万元); NaN where it is none."""
        amounts = self.holding(_AMOUNT)
        if not amounts.any() and not self.holding(_NUMERIC).any():
            return np.full(len(self.text), np.nan)
        bare = _bare_numbers(self.text, amounts) if amounts.any() else self.text
        numeric = pc.match_substring_regex(bare, _NUMERIC)
        values = pc.if_else(numeric, bare, pa.scalar(None, pa.string())).cast(pa.float64())
        return np.asarray(values.to_numpy(zero_copy_only=False), dtype=np.float64)

    @cached_property
    def sequential(self) -> bool:
        """Whether whole numbers lie so densely that they are a counter and not numbers of people."""
        numbers = np.unique(self.numbers[~np.isnan(self.numbers)])
        if len(numbers) < 8 or len(numbers) < 0.8 * len(self.text):
            return False
        return bool(numbers[-1] - numbers[0] < 1_000.0 * len(numbers) and numbers[0] > 1e9)

    @cached_property
    def dated(self) -> bool:
        """Whether the numbers begin with dates (yymmdd), so that they are serials of orders and the like."""
        distinct = pc.unique(self.text)
        dates = pc.utf8_slice_codeunits(distinct.filter(pc.match_substring_regex(distinct, _DATED)), 0, 6)
        return len(pc.unique(dates)) >= 8 and len(dates) >= 0.98 * len(distinct)

    @cached_property
    def binary(self) -> tuple[bytes, ...]:
        """First bytes of some binary cells, from binary columns, base64, data URIs or hexadecimal."""
        if kernels.holds_bytes(self.raw.type):
            return tuple(
                value[:256] for value in self.raw.drop_null()[:BINARY_LOOKED_AT].to_pylist() if value
            )
        if not pa.types.is_string(self.raw.type) and not pa.types.is_large_string(self.raw.type):
            return ()
        head = _cut(self.raw).drop_null()[:BINARY_LOOKED_AT]
        encoded = (_decode(str(text)) for text in head.to_pylist())
        found = tuple(value for value in encoded if value is not None)
        return found if len(found) >= 0.5 * max(1, len(head)) else ()

    @cached_property
    def opaque(self) -> bool:
        """Whether the cells are long encoded bytes or vectors, in which words stand by chance only."""
        return bool(self.vectors) or (
            bool(self.binary) and int(np.median(self.lengths) if len(self.lengths) else 0) > 130
        )

    @cached_property
    def vectors(self) -> tuple[int, ...]:
        """Lengths of some cells that are vectors of numbers: lists, JSON lists or packed float32."""
        kind = self.raw.type
        if is_list(kind):
            if not pa.types.is_floating(kind.value_type):
                return ()
            return tuple(
                int(n) for n in pc.list_value_length(self.raw.drop_null())[:BINARY_LOOKED_AT].to_pylist()
            )
        return _json_vectors(self.plain) or tuple(len(b) for b in self._packed)

    @cached_property
    def members(self) -> Cells | None:
        """What lists hold, of all cells together; None where cells are no lists, or vectors of numbers."""
        if not is_list(self.raw.type) or pa.types.is_floating(self.raw.type.value_type):
            return None
        lists: Any = self.raw
        return Cells(lists.flatten())

    @cached_property
    def _packed(self) -> tuple[bytes, ...]:
        return tuple(value for value in self.binary if _are_floats(value, "<f4") or _are_floats(value, "<f8"))


def _text_in_bytes(values: pa.Array[Any]) -> pa.Array[Any]:
    """Return a column of bytes as text where most cells are text, any other as it is."""
    if not kernels.holds_bytes(values.type):
        return values
    text = kernels.as_text(values)
    held = len(values) - values.null_count
    return text if held and len(text) - text.null_count > MOSTLY * held else values


def _cut(values: pa.Array[Any], longest: int = LONGEST) -> pa.Array[Any]:
    if pa.types.is_large_string(values.type):
        values = pc.utf8_slice_codeunits(values, 0, longest).cast(pa.string())
    elif pa.types.is_string(values.type):
        values = pc.utf8_slice_codeunits(values, 0, longest)
    return values


def _bare_numbers(text: pa.StringArray, amounts: NDArray[np.bool_]) -> pa.StringArray:
    """Return amounts as bare numbers, other cells as they are."""
    bare = pc.replace_substring_regex(text, "[¥￥$€£,元圆块 ]|RMB|CNY|USD|HKD|NT|人民币|HK", "")
    return cast("pa.StringArray", pc.if_else(pa.array(amounts), pc.replace_substring(bare, "万", "e4"), text))


def _decode(text: str) -> bytes | None:
    text = text.strip()
    if re.match(_HEX, text):
        return bytes.fromhex(text[:512])
    if not re.match(_BASE64, text):
        return None
    body = text.rpartition(",")[2][:344].replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(body[: len(body) // 4 * 4])
    except (binascii.Error, ValueError):
        return None


def _are_floats(value: bytes, kind: str) -> bool:
    width = np.dtype(kind).itemsize
    numbers = np.frombuffer(value[: len(value) // width * width], dtype=kind)
    with np.errstate(all="ignore"):
        small = np.isfinite(numbers) & (np.abs(numbers) < 1e4) & ((np.abs(numbers) > 1e-9) | (numbers == 0))
    return len(numbers) >= 16 and bool(small.mean() > 0.95)


def _json_vectors(texts: pa.StringArray) -> tuple[int, ...]:
    head = [str(text) for text in texts[:BINARY_LOOKED_AT].to_pylist()]
    found = (match for match in map(_VECTOR.match, head) if match)
    vectors = [match.string.count(match["between"].strip() or " ") + 1 for match in found]
    return tuple(vectors) if head and len(vectors) >= 0.5 * len(head) else ()
