"""The hash that sketches of every engine share: MurmurHash3, x64 variant of 128 bits, of 64-bit integers.

DataSketches hashes a long as its 8 bytes, little end first, with seed 9001. Sketches can only be united with
those of another engine when both were fed the same integers through this hash.

Source: Austin Appleby, MurmurHash3, in the public domain.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np

from scanner.identifiers import U64

Hashes: TypeAlias = tuple[U64, U64]  # first and second half of every hash

SEED = 9001
BLOCK = 16_384  # values hashed at a time, so that the halves stay in the cache

_C1, _C2 = np.uint64(0x87C37B91114253D5), np.uint64(0x4CF5AD432745937F)
_F1, _F2 = np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53)
_LENGTH = np.uint64(8)


def hashed(values: U64) -> Iterator[Hashes]:
    """Yield the hashes of 64-bit integers, block by block."""
    for start in range(0, len(values), BLOCK):
        yield murmur(values[start : start + BLOCK])


def murmur(values: U64, seed: int = SEED) -> Hashes:
    """Return both halves of the hash of every 64-bit integer."""
    start = np.uint64(seed) ^ _LENGTH
    first = values * _C1
    _rotate(first, 31)
    first *= _C2
    first ^= start
    second = np.full_like(first, start)
    first += second
    second += first
    _finish(first)
    _finish(second)
    first += second
    second += first
    return first, second


def _rotate(lane: U64, bits: int) -> None:
    high = lane << np.uint64(bits)
    lane >>= np.uint64(64 - bits)
    lane |= high


def _finish(lane: U64) -> None:
    shift = np.uint64(33)
    lane ^= lane >> shift
    lane *= _F1
    lane ^= lane >> shift
    lane *= _F2
    lane ^= lane >> shift


def seed_hash() -> int:
    """Return the 16 bits by which theta sketches of different seeds refuse each other."""
    first, _ = murmur(np.array([SEED], np.uint64), seed=0)
    return int(first[0]) & 0xFFFF
