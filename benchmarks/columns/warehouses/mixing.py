"""Numbers that follow from a number and a salt, for whole columns at once, and their digits as text."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

U64 = NDArray[np.uint64]
Array = NDArray[Any]


def mix(numbers: Array, salt: int) -> U64:
    """Return splitmix64 of the numbers: a bijection on 64-bit integers for a fixed salt."""
    with np.errstate(over="ignore"):
        z = numbers.astype(np.uint64) + np.uint64(
            (salt * 0x9E3779B97F4A7C15 + 0x1234567) & 0xFFFFFFFFFFFFFFFF
        )
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def unit(numbers: Array, salt: int) -> NDArray[np.float64]:
    """Return numbers in [0, 1) that look random."""
    return (mix(numbers, salt) >> np.uint64(11)).astype(np.float64) / float(1 << 53)


def affine(numbers: Array, modulus: int, salt: int) -> U64:
    """Return an injective map of 0..modulus-1 to itself (modulus < 2**36, numbers < 2**27)."""
    factor = (0x9E3779B1 * (2 * salt + 1)) % modulus | 1
    while np.gcd(factor, modulus) != 1:
        factor += 2
    m, a = np.uint64(modulus), np.uint64(factor % modulus)
    high, low = numbers.astype(np.uint64) >> np.uint64(14), numbers.astype(np.uint64) & np.uint64(0x3FFF)
    total = (high * a) % m
    for _ in range(2):  # twice seven bits, so that nothing overflows
        total = (total << np.uint64(7)) % m
    return (total + low * a % m + np.uint64(salt * 7919 % modulus)) % m


def digits_of(numbers: Array, width: int) -> NDArray[np.uint8]:
    """Return decimal digits, a row a number."""
    left = numbers.astype(np.uint64)
    found = np.empty((len(left), width), np.uint8)
    for place in range(width - 1, -1, -1):
        found[:, place] = (left % np.uint64(10)).astype(np.uint8)
        left = left // np.uint64(10)
    return found


def text_of(digits: Array) -> Array:
    """Return rows of digits as texts; 10 is X."""
    letters = digits.astype(np.uint32) + 48
    letters[digits == 10] = ord("X")
    return np.ascontiguousarray(letters).view(f"<U{digits.shape[1]}").ravel()


def padded(numbers: Array, width: int) -> Array:
    """Return numbers as texts of one width."""
    return text_of(digits_of(numbers, width))


def joined(first: Array | str, *more: Array | str) -> Array:
    """Return texts joined, row by row."""
    for other in more:
        first = np.char.add(first, other)
    return np.asarray(first)


def chosen(options: Array, numbers: U64) -> Array:
    """Return one of the options for each number."""
    return options[(numbers % np.uint64(len(options))).astype(int)]
