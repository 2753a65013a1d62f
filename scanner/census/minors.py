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
        nameless: How many of those known by ID number and no name are born on each day, by its code.
        unnumbered: The same of those known by neither: by an account, a contact or a row that says no more.

    """

    apart: int
    with_id: Dated
    others: Dated
    nameless: I64
    unnumbered: I64

    @property
    def nbytes(self) -> int:
        """Return the bytes in memory of what grows with the rows."""
        dated = (self.with_id, self.others)
        days = self.nameless.nbytes + self.unnumbered.nbytes
        return days + sum(each.born_as.nbytes + each.days.nbytes for each in dated)


def distinct_minors(parts: Sequence[Minors]) -> int:
    """Return how many minors there are.

    Two that share name and birth date are one, unless both have a resident ID. A row that identifies nobody
    is one more if its name and birth date are not among them. Of those known by ID number alone, as many are
    taken to be among those without one as agree with them on the birth day beyond chance; of those known by
    neither, among all others.
    """
    with_id = Dated.together([part.with_id for part in parts])
    others = Dated.together([part.others for part in parts]).without(with_id)
    groups = [[born_on(with_id.days)], [born_on(others.days)]]
    groups += [[part.nameless for part in parts], [part.unnumbered for part in parts]]
    size = max(len(days) for group in groups for days in group)
    documented, dated, nameless, unnumbered = (_added(group, size) for group in groups)
    named = documented + dated
    twice = likely_both(nameless, dated, named)
    known = named + nameless  # some of them twice
    again = likely_both(unnumbered, known, named) * (1 - twice / max(int(known.sum()), 1))
    return sum(part.apart for part in parts) + len(others.born_as) - twice - round(again)


def born_on(days: U16, counts: I64 | None = None) -> I64:
    """Return how many are born on each day, by its code; as many of each as ``counts`` say."""
    return np.bincount(days, counts).astype(np.int64)


def _added(by_day: Sequence[I64], size: int) -> I64:
    total = np.zeros(size, np.int64)
    for days in by_day:
        total[: len(days)] += days
    return total


def likely_both(nameless: I64, named: I64, everybody: I64) -> int:
    """Return how many minors are likely in two groups of which only the birth days can be compared.

    Each minor of one group agrees by chance with as large a share of the other as minors of different names
    agree with one another. What agrees beyond that is taken to be the same person.

    Args:
        nameless: How many of one group are born on each day, by its code; 0 is unknown.
        named: The same of the other group.
        everybody: The same of all minors known by name.

    """
    born, left, right = (by_day[1:] for by_day in (everybody, nameless, named))
    size = int(born.sum())
    if size < FEWEST_NAMED:
        return 0
    chance = int((born * (born - 1)).sum()) / (size * (size - 1))
    if chance == 1:
        return 0
    pairs, sizes = int((left * right).sum()), (int(left.sum()), int(right.sum()))
    return round(min(max((pairs - chance * sizes[0] * sizes[1]) / (1 - chance), 0), *sizes))
