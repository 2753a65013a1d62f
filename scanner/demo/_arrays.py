"""Small helpers on whole columns of generated text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Index = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
# pyarrow's stubs know no common type for "an array, whatever a kernel returns".
Column = Any

_LUHN_DOUBLED = np.array([0, 2, 4, 6, 8, 1, 3, 5, 7, 9])
_ID_WEIGHTS = np.array([(1 << (17 - position)) % 11 for position in range(17)])
_ID_CHECK = np.array(list("10X98765432"))


def pick(words: Sequence[str], index: npt.NDArray[np.integer[Any]]) -> Column:
    """Return ``words[i]`` for each index."""
    return pa.array(words, pa.string()).take(pa.array(index))


def chosen(rng: np.random.Generator, words: Sequence[str], size: int) -> Column:
    """Return ``size`` words drawn with equal weight."""
    return pick(words, rng.integers(0, len(words), size))


def at(column: Column, index: Index) -> Column:
    """Return the cells at ``index``."""
    return column.take(pa.array(index))


def joined(*parts: Column) -> Column:
    """Return the parts of each row written together; null when one of them is."""
    return pc.binary_join_element_wise(*parts, "")


def either(mask: Mask, yes: Column, no: Column) -> Column:
    """Return ``yes`` where the mask is true, otherwise ``no``."""
    return pc.if_else(pa.array(mask), yes, no)


def absent(mask: Mask, column: Column) -> Column:
    """Return the column with nulls where the mask is true."""
    return pc.if_else(pa.array(mask), pa.scalar(None, column.type), column)


def digits(numbers: npt.NDArray[np.integer[Any]], width: int) -> Column:
    """Return the numbers in decimal, padded with zeros to ``width``."""
    return pc.utf8_lpad(pc.cast(pa.array(numbers), pa.string()), width, "0")


def hidden_mobile(column: Column) -> Column:
    """Return mobile numbers as a call centre shows them: three digits, stars, four digits."""
    head, tail = pc.utf8_slice_codeunits(column, 0, 3), pc.utf8_slice_codeunits(column, 7, 11)
    return joined(head, "****", tail)


def tokens(rng: np.random.Generator, alphabet: str, width: int, size: int) -> Column:
    """Return random words of ``width`` characters of an ASCII alphabet."""
    letters = np.frombuffer(alphabet.encode(), np.uint8)
    drawn = letters[rng.integers(0, len(letters), (size, width))]
    return pa.array(drawn.view(f"S{width}").ravel().astype(str))


def scattered(index: Index, width: int, salt: int) -> Index:
    """Return a number below ``10**width`` for each index: no two indices share one."""
    modulus = 10**width
    step = (int(modulus * 0.6180339) // 10) * 10 + 7
    return np.asarray((index * step + salt * 7919) % modulus, np.int64)


def with_luhn(numbers: Column) -> Column:
    """Append the Luhn check digit to numbers of one width."""
    matrix = _matrix(numbers)
    matrix[:, ::-2] = _LUHN_DOUBLED[matrix[:, ::-2]]
    return joined(numbers, digits(-matrix.sum(axis=1) % 10, 1))


def with_id_check(numbers: Column) -> Column:
    """Append the check character of GB 11643-1999 to numbers of 17 digits."""
    remainder = (_matrix(numbers) * _ID_WEIGHTS).sum(axis=1) % 11
    return joined(numbers, pa.array(_ID_CHECK[remainder].tolist(), pa.string()))


def _matrix(numbers: Column) -> npt.NDArray[np.int64]:
    cells = np.asarray(numbers.to_numpy(zero_copy_only=False), dtype="S")
    return cells.view(np.uint8).reshape(len(cells), -1).astype(np.int64) - ord("0")
