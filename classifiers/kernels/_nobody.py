"""Masked cells and placeholders, in bulk: they identify nobody.

Cheap tests on the bytes find the few candidates; the rule itself is the validators'.
"""

from __future__ import annotations

from functools import cache, reduce
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers import validators
from classifiers.kernels._cells import Cells, Mask, cells, every, matching, rows_holding, truth, valid
from classifiers.kernels._clean import clean
from classifiers.kernels._few import each, few
from classifiers.validators._masks import MASKED
from classifiers.validators._placeholders import CHECK_BYTES, EMAIL, KNOWN, RUNS, WORDS, is_run

_SIGNS = np.zeros(256, np.bool_)
_SIGNS[[ord("*"), ord("#"), *("●•○■█×".encode())]] = True
# Continuation bytes occur in every Chinese character; the leading byte is enough.
_SIGNS[0x80:0xC0] = False

# Step between two bytes (modulo 256) to the kinds of run it may belong to, one bit each.
_STEP_KINDS = np.zeros(256, np.uint8)
for _bit, _run in enumerate(RUNS):
    _STEP_KINDS[[step % 256 for step in _run]] |= 1 << _bit


def is_masked(values: pa.Array[Any]) -> Mask:
    """Return which cells are masked in part; False for null."""
    if isinstance(values, pa.DictionaryArray):
        return _through_dictionary(values, is_masked(values.dictionary))
    return masked(clean(values))


def masked(text: pa.StringArray) -> Mask:
    """Return which cells of clean text are masked in part."""
    seen = cells(text)
    letters_x = np.flatnonzero((seen.data | 0x20) == ord("x"))
    runs = letters_x[:-2][letters_x[2:] - letters_x[:-2] == 2]
    found = rows_holding(seen, np.concatenate([np.flatnonzero(_SIGNS[seen.data]), runs])) & valid(text)
    if found.any():
        found[found] = matching(text.filter(pa.array(found)), MASKED)
    return found


def is_placeholder(pi_type: str, values: pa.Array[Any]) -> Mask:
    """Return which canonical (or raw) cells of this type identify nobody; False for null."""
    if isinstance(values, pa.DictionaryArray):
        return _through_dictionary(values, is_placeholder(pi_type, values.dictionary))
    return placeholder(pi_type, clean(values))


def placeholder(pi_type: str, text: pa.StringArray) -> Mask:
    """Return which cells of clean text are placeholders of this type."""
    if few(text):
        told = (cell is not None and validators.is_placeholder(pi_type, cell) for cell in each(text))
        return np.fromiter(told, np.bool_, len(text))
    seen = cells(text)
    present = valid(text)
    found = _named(pi_type, text, seen, present)
    if pi_type == "email":
        return found | matching(pc.ascii_lower(text), EMAIL)
    # A raw number may lack its check digit, or whatever else the canonical form ends in.
    may_run = reduce(np.logical_or, [_may_run(seen, skip) for skip in {0, CHECK_BYTES.get(pi_type, 0)}])
    candidates = np.flatnonzero(may_run & present)
    runs = (is_run(pi_type, text[int(row)].as_py()) for row in candidates)
    found[candidates] |= np.fromiter(runs, np.bool_, len(candidates))
    return found


@cache
def _names(pi_type: str) -> tuple[pa.StringArray, Mask]:
    """Return the words and known values of a type, and the lengths in bytes they have."""
    names = sorted(WORDS | KNOWN.get(pi_type, frozenset()))
    lengths = np.zeros(256, np.bool_)
    lengths[[len(name.encode()) for name in names]] = True
    return pa.array(names), lengths


def _named(pi_type: str, text: pa.StringArray, seen: Cells, present: Mask) -> Mask:
    names, lengths = _names(pi_type)
    found = present & lengths[np.minimum(seen.lengths, 255)]
    if found.any():
        found[found] = truth(pc.is_in(pc.ascii_lower(text.filter(pa.array(found))), names))
    return found


def _may_run(seen: Cells, skip: int) -> Mask:
    """Return which cells end in four characters of one step, before the last ``skip`` bytes."""
    if len(seen.data) < 4 + skip:
        return np.zeros(len(seen.offsets) - 1, np.bool_)
    last = np.maximum(seen.offsets[1:] - (1 + skip), 3)
    tail = [seen.data[last - back] for back in range(4)]
    steps = [_STEP_KINDS[newer - older] for newer, older in pairwise(tail)]
    return every((steps[0] & steps[1] & steps[2]) != 0, seen.lengths >= 4 + skip)


def _through_dictionary(values: pa.DictionaryArray[Any, Any], flags: Mask) -> Mask:
    return truth(pa.array(flags, pa.bool_()).take(values.indices))
