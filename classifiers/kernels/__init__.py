"""The rules of ``classifiers.validators`` over whole Arrow columns.

No Python object per cell: shapes are RE2 patterns in Arrow, check digits run in numpy on the
Arrow buffers. ``classifiers.validators.canonical`` is the reference, cell by cell.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from classifiers import validators
from classifiers.kernels import _checks
from classifiers.kernels._bytes import holds_bytes
from classifiers.kernels._cells import cells, columns, digits, only, passing, replaced, valid
from classifiers.kernels._clean import as_text, clean, tidy
from classifiers.kernels._few import each, few
from classifiers.kernels._nobody import is_masked, is_placeholder, masked, placeholder
from classifiers.kernels._pseudonyms import is_pseudonym, pseudonyms
from classifiers.kernels._table import KERNELS

__all__ = [
    "KERNELS",
    "as_text",
    "birth_dates",
    "canonical",
    "clean",
    "digits",
    "has_kernel",
    "holds_bytes",
    "is_masked",
    "is_placeholder",
    "is_pseudonym",
    "placeholder",
    "pseudonyms",
]


def has_kernel(pi_type: str) -> bool:
    """Return whether cells of this PI type have a canonical form."""
    return pi_type in KERNELS


def canonical(pi_type: str, values: pa.Array[Any]) -> pa.StringArray:
    """Return the canonical value of each cell; null where a cell is not valid or identifies nobody.

    Raises:
        KeyError: The type has no kernel; see ``has_kernel``.

    """
    if isinstance(values, pa.ExtensionArray):
        return canonical(pi_type, values.storage)
    if isinstance(values, pa.DictionaryArray):
        return canonical(pi_type, values.dictionary).take(values.indices)
    kernel, raw = KERNELS[pi_type], as_text(values)
    if few(raw):
        return _one_by_one(pi_type, raw)
    text = tidy(raw)
    found = kernel.direct(text)
    missed = valid(text) & ~valid(found)
    if missed.any():
        found = replaced(found, missed, _uncommon(pi_type, raw.filter(pa.array(missed))))
    nobody = masked(only(text, valid(found))) | placeholder(pi_type, found)
    return only(found, valid(found) & ~nobody) if nobody.any() else found


def _uncommon(pi_type: str, raw: pa.StringArray) -> pa.StringArray:
    """Return the canonical values of cells that are not in compact form."""
    if few(raw):
        return _one_by_one(pi_type, raw)
    kernel = KERNELS[pi_type]
    return kernel.direct(kernel.compact(tidy(raw)))


def _one_by_one(pi_type: str, raw: pa.StringArray) -> pa.StringArray:
    found = (None if cell is None else validators.canonical(pi_type, cell) for cell in each(raw))
    return pa.array(list(found), pa.string())


def birth_dates(numbers: pa.StringArray) -> pa.Date32Array:
    """Return the birth date of each canonical 18-character identity number; null for anything else."""
    seen = cells(numbers)
    known = passing(seen, valid(numbers), 18, _checks.mod_11_2)
    days = np.zeros(len(numbers), "datetime64[D]")
    for rows, block in columns(seen, np.flatnonzero(known), 18):
        digits = _checks.numbers(block[6:14]).astype(np.int64)
        year, month, day = (_decimal(digits[part]) for part in (slice(4), slice(4, 6), slice(6, 8)))
        months = (year - 1970) * 12 + month - 1
        days[rows] = months.astype("datetime64[M]").astype("datetime64[D]") + (day - 1)
    return pa.array(days, pa.date32(), mask=~known)


def _decimal(
    digits: np.ndarray[tuple[int, int], np.dtype[np.int64]],
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.asarray(10 ** np.arange(len(digits) - 1, -1, -1) @ digits, np.int64)
