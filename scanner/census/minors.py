"""Minors known in different ways: by ID number, by name and birth date, and likely by both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scanner.census.sorting import starts_of_runs
from scanner.identifiers import I64, U16, U64, Mask

FEWEST_NAMED = 30  # minors with name and birth date without whom nothing says how often chance agrees


@dataclass(frozen=True, slots=True)
class Dated:
    """Minors known by name and birth date.

    Attributes:
        born_as: Digests of both.
        days: The birth day of each, as a code.

    """

    born_as: U64
    days: U16

    @classmethod
    def together(cls, parts: Sequence[Dated]) -> Dated:
        """Return the minors of all parts once each; without those whose name or birth date is unknown."""
        born_as = np.concatenate([part.born_as for part in parts])
        days = np.concatenate([part.days for part in parts])
        order = np.lexsort((days, born_as))
        first = order[starts_of_runs(born_as[order])]
        return cls(born_as[first], days[first]).of(born_as[first] != 0)

    def of(self, chosen: Mask) -> Dated:
        """Return some of the minors."""
        return Dated(self.born_as[chosen], self.days[chosen])

    def without(self, others: Dated) -> Dated:
        """Return the minors who are not among others."""
        return self.of(~np.isin(self.born_as, others.born_as, assume_unique=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Minors:
    """Minors of one part.

    Attributes:
        apart: Those who are one each: with an ID number, without a birth date, rows that say nothing more.
        with_id, others: Those known by name and birth date, with and without an ID number.
        nameless: The birth days, as codes, of those known by ID number and no name.

    """

    apart: int
    with_id: Dated
    others: Dated
    nameless: U16


def distinct_minors(parts: Sequence[Minors]) -> int:
    """Return how many minors there are.

    Two that share name and birth date are one, unless both have a resident ID. A row that identifies nobody
    is one more if its name and birth date are not among them. Of those known by ID number alone, as many are
    taken to be among those without one as agree with them on the birth day beyond chance.
    """
    with_id = Dated.together([part.with_id for part in parts])
    others = Dated.together([part.others for part in parts]).without(with_id)
    nameless = np.concatenate([part.nameless for part in parts])
    both = likely_both(nameless, others.days, np.concatenate([with_id.days, others.days]))
    return sum(part.apart for part in parts) + len(others.born_as) - both


def likely_both(nameless: U16, named: U16, everybody: U16) -> int:
    """Return how many minors are likely in two groups of which only the birth days can be compared.

    Each minor of one group agrees by chance with as large a share of the other as minors of different names
    agree with one another. What agrees beyond that is taken to be the same person.

    Args:
        nameless: The birth days of one group, as codes; 0 unknown.
        named: Those of the other group.
        everybody: Those of all minors known by name.

    """
    days = int(max(nameless.max(initial=0), everybody.max(initial=0))) + 1
    born: I64 = np.bincount(everybody[everybody != 0], minlength=days)
    size = int(born.sum())
    if size < FEWEST_NAMED:
        return 0
    chance = int((born * (born - 1)).sum()) / (size * (size - 1))
    if chance == 1:
        return 0
    left = np.bincount(nameless[nameless != 0], minlength=days)
    right = np.bincount(named[named != 0], minlength=days)
    pairs, sizes = int((left * right).sum()), (int(left.sum()), int(right.sum()))
    return round(min(max((pairs - chance * sizes[0] * sizes[1]) / (1 - chance), 0), *sizes))
