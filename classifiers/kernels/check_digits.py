"""Bare check digits over whole columns, for formats that users define; the last character is the check.

``classifiers.validators._checks`` is the reference, cell by cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pyarrow as pa

from classifiers.kernels._cells import Bytes, Check, Mask, cells, every, passing, valid
from classifiers.kernels._checks import all_digits, luhn, numbers, weighted

LONGEST = 64  # characters

_X = np.uint8(ord("X"))


def _mod_11_2(block: Bytes) -> Mask:
    body, last = numbers(block[:-1]), block[-1]
    check = np.where(last == _X, np.uint8(10), numbers(last))
    total = weighted(body, [pow(2, len(body) - i, 11) for i in range(len(body))])
    return every(all_digits(body), check <= 10, (total + check) % 11 == 1)


def _mod_11_10(block: Bytes) -> Mask:
    values = numbers(block)
    product = np.full(values.shape[1], 10, np.uint16)
    for row in values[:-1]:
        rest = (row + product) % np.uint16(10)
        product = np.where(rest == 0, np.uint16(10), rest) * np.uint16(2) % np.uint16(11)
    return every(all_digits(values), (product + values[-1]) % 10 == 1)


CHECK_DIGITS: Mapping[str, Check] = MappingProxyType(
    {"luhn": luhn, "mod_11_2": _mod_11_2, "mod_11_10": _mod_11_10}
)


def check_digit_fits(name: str, text: pa.StringArray) -> Mask:
    """Return which cells, of 2 to 64 characters, end in the check character their body calls for.

    Raises:
        KeyError: There is no check digit of this name; see ``CHECK_DIGITS``.

    """
    check = CHECK_DIGITS[name]
    seen, present = cells(text), valid(text)
    widths = [int(w) for w in np.unique(seen.lengths) if 2 <= w <= LONGEST]
    fits = np.zeros(len(text), np.bool_)
    for width in widths:
        fits |= passing(seen, present, width, check)
    return fits
