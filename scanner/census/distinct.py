"""Count distinct digests exactly, in parts that are small enough to sort quickly."""

from __future__ import annotations

import numpy as np

from scanner.census.sorting import starts_of_runs
from scanner.identifiers import I64, U64

_PARTS = 128
_EDGES: U64 = np.arange(_PARTS, dtype=np.uint64) << np.uint64(64 - _PARTS.bit_length() + 1)


class Distinct:
    """Digests of one kind of identifier, waiting to be counted; equal ones count once, 0 is none."""

    def __init__(self) -> None:
        self._runs: list[tuple[U64, I64]] = []  # sorted digests, and where each part begins

    def add(self, digests: U64) -> None:
        """Take in the digests of a batch."""
        self.take(sorted_run(digests))

    def take(self, run: U64) -> None:
        """Take in a run that ``sorted_run`` made, perhaps in another thread."""
        bounds = np.append(np.searchsorted(run, _EDGES), len(run))
        self._runs.append((run, bounds))

    def count(self) -> int:
        """Return how many different digests were taken in."""
        return sum(self._count_part(part) for part in range(_PARTS))

    def _count_part(self, part: int) -> int:
        held = [run[bounds[part] : bounds[part + 1]] for run, bounds in self._runs]
        if not held:
            return 0
        together = np.concatenate(held)
        together.sort()
        return int(starts_of_runs(together).sum())


def sorted_run(digests: U64) -> U64:
    """Return the distinct digests other than 0, sorted."""
    ordered = np.sort(digests[digests != 0])
    return ordered[starts_of_runs(ordered)]
