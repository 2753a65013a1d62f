"""The fewest persons behind the values of one kind in one table, by how often two are one person's.

Where rows of a table lead to a number for life, it shows which of the values beside it belong to one person:
numbers for life tell people apart for certain. Pairs of values elsewhere in the table are taken to be one
person's as often. A person with n values has n - 1 too many and at least as many pairs: so there are at least
as many persons as values less pairs. See docs/counting.md, section 7; ``proofs.py`` finds the pairs.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields

import numpy as np

from scanner.census.kinds import BY_ORDER
from scanner.census.sorting import numbered
from scanner.identifiers import I64

FEWEST = 100  # values of people with a number for life without which a table says nothing
CONFIDENCE = 0.99  # with which a measured bound holds
DEVIATIONS = 3.09  # of a normal distribution: one in 1,000, since several kinds and tables are tried
WHOLE = 64  # the rows of a value, in the parts by which proofs are counted

Numbers = np.ndarray[tuple[int], np.dtype[np.float64]]
_KINDS = len(BY_ORDER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Values that one part shows; one entry per table and kind of which it shows any.

    Attributes:
        of: Number of the table and kind, sorted.
        values: How many different ones there are.
        proven: The share of the rows of each that prove whose it is, in ``WHOLE`` parts; the sum.
        pairs: Pairs of values that are one person's, each as much as the product of those shares; the sum.
        squares: The sum over all persons of the square of their pairs.
        certain: Pairs of values that stand beside one account in the table, whatever proves whose they are.

    """

    of: I64
    values: I64
    proven: I64
    pairs: I64
    squares: I64
    certain: I64

    @property
    def nbytes(self) -> int:
        return len(fields(self)) * self.of.nbytes

    @classmethod
    def total(cls, parts: Sequence[Measured]) -> Measured:
        """Return what all parts show."""
        every = np.concatenate([_NONE, *(part.of for part in parts)])
        first, place = numbered(every)

        def added(name: str) -> I64:
            out = np.zeros(len(first), np.int64)
            np.add.at(out, place, np.concatenate([_NONE, *(getattr(part, name) for part in parts)]))
            return out

        return cls(of=every[first], **{each.name: added(each.name) for each in fields(cls)[1:]})

    def in_tables(self, tables: Collection[int]) -> Measured:
        """Return what some tables show."""
        chosen = np.isin(self.of // _KINDS, list(tables))
        return Measured(**{each.name: getattr(self, each.name)[chosen] for each in fields(self)})

    @property
    def fewest(self) -> int:
        """Return the most of the fewest persons that any kind in any table shows."""
        able = self.proven >= FEWEST * WHOLE
        values, proven = self.values[able], self.proven[able] / WHOLE
        most = _most_pairs(self.pairs[able] / WHOLE**2, self.squares[able] / WHOLE**4)
        too_many = most * (values / proven) ** 2
        least = np.floor(values - too_many)[self.certain[able] <= too_many]
        return int(least.max(initial=0))


_NONE: I64 = np.zeros(0, np.int64)
NOTHING = Measured(of=_NONE, values=_NONE, proven=_NONE, pairs=_NONE, squares=_NONE, certain=_NONE)


def _most_pairs(pairs: Numbers, squares: Numbers) -> Numbers:
    """Return how many pairs to expect at most where so many were seen; they come person by person."""
    at_once = np.maximum(squares / np.maximum(pairs, 1), 1)
    half = DEVIATIONS * at_once / 2
    most: Numbers = pairs + DEVIATIONS * (half + np.sqrt(squares + half**2))
    return most
