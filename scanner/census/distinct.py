"""Count distinct digests exactly, in parts that are small enough to hash, or sort, quickly."""

from __future__ import annotations

from types import ModuleType
from typing import TypeAlias

import numpy as np

from scanner.identifiers import I64, U64
from scanner.machine.parallel import mapped

Parted: TypeAlias = tuple[U64, I64]  # digests part by part, and where each part begins

_BITS = 10  # the highest ones, of a digest, that say to which part it belongs
_SHIFT = np.uint64(64 - _BITS)


class Distinct:
    """Digests of one kind of identifier, waiting to be counted; equal ones count once, 0 is none.

    Args:
        joins: Compiled kernels, or ``scanner.census.joins``.

    """

    def __init__(self, joins: ModuleType) -> None:
        self._joins = joins
        self._held: list[Parted] = []

    def parted(self, digests: U64) -> Parted:
        """Return the digests of a batch, part by part; several threads may ask at once."""
        keys, bounds = np.empty(len(digests), np.uint64), np.zeros((1 << _BITS) + 1, np.int64)
        self._joins.put_by_part(digests, _SHIFT, keys, bounds)
        return keys, bounds

    def take(self, batch: Parted) -> None:
        """Take in what ``parted`` returned."""
        self._held.append(batch)

    def count(self, threads: int) -> int:
        """Return how many different digests were taken in."""
        return sum(mapped(self._count_part, range(1 << _BITS), threads)) if self._held else 0

    def _count_part(self, part: int) -> int:
        together = np.concatenate([keys[bounds[part] : bounds[part + 1]] for keys, bounds in self._held])
        return int(self._joins.count_distinct(together, empty_table(len(together))))


def empty_table(keys: int) -> U64:
    """Return zeros, a power of two of them, among which so many keys are found quickly by hashing."""
    return np.zeros(1 << max(4, int(keys * 1.4).bit_length()), np.uint64)
