"""The fewest persons behind people of one name.

Persons of different names are different persons. Of those with one name, each has at most one birth date, is
a minor or of age, and has at most as many values of a kind as ``kinds.py`` assumes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scanner.census.chunks import MINOR, OF_AGE
from scanner.census.kinds import ACCOUNT, BY_ORDER, VEHICLES
from scanner.census.sorting import narrow, numbered, starts_of_runs
from scanner.identifiers import I64, U8, U64, Mask

_DENSE = 16  # one in so many, from which on it is quicker to mark places than to sort them


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The persons of one part who have a name.

    Attributes:
        names: Digest of the name.
        born: Digest of name and birth date; 0 where unknown.
        ages: 0 unknown, 1 a minor, 2 of age, 3 contradictory.
        held: How many values of each kind they hold, for every kind that one of them holds.
        common: Values that several persons of one name hold: person (place), number of name and value, kind.

    """

    names: U64
    born: U64
    ages: U8
    held: Mapping[int, I64]
    common: tuple[I64, I64, I64]

    @classmethod
    def nobody(cls) -> Named:
        """Return those of a part in which no person has a name."""
        digests = np.zeros(0, np.uint64)
        return cls(names=digests, born=digests, ages=np.zeros(0, np.uint8), held={}, common=(_NONE,) * 3)

    @property
    def nbytes(self) -> int:
        held = sum(counts.nbytes for counts in self.held.values())
        common = sum(column.nbytes for column in self.common)
        return self.names.nbytes + self.born.nbytes + self.ages.nbytes + held + common


@dataclass(frozen=True, slots=True)
class Chosen:
    """Some of the named persons of one part: their places, or one bit each where that is shorter."""

    places: I64 | None
    bits: U8 | None

    @classmethod
    def of(cls, persons: Mask) -> Chosen:
        """Return the chosen ones."""
        places = np.flatnonzero(persons)
        if 32 * len(places) < len(persons):
            return cls(narrow(places), None)
        return cls(None, np.packbits(persons))

    @property
    def nbytes(self) -> int:
        return sum(array.nbytes for array in (self.places, self.bits) if array is not None)

    def among(self, size: int) -> I64:
        """Return the places of the chosen ones among so many."""
        if self.places is not None:
            return self.places
        return np.flatnonzero(np.unpackbits(self.bits, count=size)) if self.bits is not None else _NONE


_NONE: I64 = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class ByNames:
    """What names say of a scope.

    Attributes:
        names: How many there are.
        several: How many of them several persons have.
        fewest: The fewest persons who have one.

    """

    names: int
    several: int
    fewest: int


class Namesakes:
    """All persons who have a name, in the order of name and birth date.

    Args:
        parts: Those of each part.

    """

    def __init__(self, parts: Sequence[Named]) -> None:
        self._sizes = [len(part.names) for part in parts]
        self._starts = np.cumsum([0, *self._sizes])
        names = numbered(np.concatenate([np.zeros(0, np.uint64), *(part.names for part in parts)]))[1]
        born = _numbers_from_1(np.concatenate([np.zeros(0, np.uint64), *(part.born for part in parts)]))
        order = np.argsort(names * (int(born.max(initial=0)) + 1) + born)
        place = np.empty(len(order), np.int64)
        place[order] = np.arange(len(order))
        self._place, self._name, self._born = narrow(place), narrow(names[order]), narrow(born[order])
        self._ages = np.concatenate([np.zeros(0, np.uint8), *(part.ages for part in parts)])[order]
        kinds = sorted({kind for part in parts for kind in part.held} - VEHICLES)
        self._held = {kind: at_most(self._of_all(parts, kind)[order], kind) for kind in kinds}
        self._common = self._common_of(parts)

    def _of_all(self, parts: Sequence[Named], kind: int) -> I64:
        """Return how many values of a kind all of them hold."""
        nothing = np.zeros(1, np.uint8)
        return np.concatenate(
            [part.held.get(kind, np.broadcast_to(nothing, len(part.names))) for part in parts]
        )

    def _common_of(self, parts: Sequence[Named]) -> tuple[I64, I64, I64]:
        """Return the values that several persons of one name hold: person, number of name and value, kind."""
        holder = [
            self._place[start + part.common[0]] for part, start in zip(parts, self._starts, strict=False)
        ]
        widths = np.cumsum([0, *(int(part.common[1].max(initial=-1)) + 1 for part in parts)])
        value = [part.common[1] + before for part, before in zip(parts, widths, strict=False)]
        kind = [part.common[2] for part in parts]
        return (
            np.concatenate([_NONE, *holder]),
            np.concatenate([_NONE, *value]),
            np.concatenate([_NONE, *kind]),
        )

    def of(self, scope: Sequence[Chosen]) -> ByNames:
        """Return what the names of a scope say: those chosen of every part."""
        if not len(self._place):
            return ByNames(0, 0, 0)
        persons = self._in_order(scope)
        starts = starts_of_runs(self._name[persons])
        times = np.diff(np.flatnonzero(starts), append=len(persons))
        several = persons[np.repeat(times > 1, times)]
        return ByNames(
            names=len(times),
            several=int((times > 1).sum()),
            fewest=int((times == 1).sum()) + int(self._of_each(several).sum()),
        )

    def _in_order(self, scope: Sequence[Chosen]) -> I64:
        """Return the chosen ones in the order of name and birth date."""
        places = [
            self._place[start + chosen.among(size)]
            for chosen, start, size in zip(scope, self._starts.tolist(), self._sizes, strict=False)
        ]
        persons = np.concatenate([_NONE[:0].astype(self._place.dtype), *places])
        if len(persons) * _DENSE < len(self._place):
            return np.sort(persons)
        marked = np.zeros(len(self._place), np.bool_)
        marked[persons] = True
        return np.flatnonzero(marked)

    def _of_each(self, persons: I64) -> I64:
        """Return the fewest persons of each name: minors and those of age are different persons."""
        everybody = self._whatever_age(persons)
        apart = np.zeros(len(everybody), np.int64)
        number = np.cumsum(starts_of_runs(self._name[persons])) - 1
        for age in (MINOR, OF_AGE):
            chosen = self._ages[persons] == age
            if chosen.any():
                number_of = number[chosen]
                apart[number_of[starts_of_runs(number_of)]] += self._whatever_age(persons[chosen])
        return np.maximum(everybody, apart)

    def _whatever_age(self, persons: I64) -> I64:
        """Return the fewest persons of each name by birth dates and values."""
        name, born = self._name[persons], self._born[persons]
        begins = starts_of_runs(name)
        starts = np.flatnonzero(begins)
        if len(starts) == 0:
            return starts
        begins |= starts_of_runs(born)
        least = np.maximum(np.add.reduceat(begins & (born != 0), starts, dtype=np.int64), 1)
        twice = self._held_twice(persons, np.cumsum(starts_of_runs(name)) - 1)
        for kind, held in self._held.items():
            values = np.add.reduceat(held[persons], starts, dtype=np.int64)
            if kind in twice:
                values -= np.bincount(twice[kind], minlength=len(starts))
            np.maximum(least, -(-values // BY_ORDER[kind].per_person), out=least)
        return np.minimum(least, np.diff(starts, append=len(persons)))

    def _held_twice(self, persons: I64, number: I64) -> dict[int, I64]:
        """Return the names, by number, of whom a further one of some persons holds a value; by kind."""
        holder, value, kind = self._common
        if len(holder) == 0:
            return {}
        place = np.minimum(np.searchsorted(persons, holder), len(persons) - 1)
        among = np.flatnonzero(persons[place] == holder)
        further = among[_not_the_first(value[among])]
        names = number[place[further]]
        return {each: names[kind[further] == each] for each in np.unique(kind[further]).tolist()}


def at_most(held: I64, kind: int) -> I64:
    """Return how many values persons hold; of accounts, whoever holds more than one person has holds so many.

    They are one person all the same, and the others need not have more than is assumed.
    """
    return np.minimum(held, BY_ORDER[kind].per_person) if BY_ORDER[kind].strength == ACCOUNT else held


def _not_the_first(values: I64) -> Mask:
    """Return, for every value, whether the same one comes before."""
    out = np.ones(len(values), np.bool_)
    out[np.unique(values, return_index=True)[1]] = False
    return out


def _numbers_from_1(digests: U64) -> I64:
    """Return numbers of digests, in their order; 0 for 0."""
    out = np.zeros(len(digests), np.int64)
    known = np.flatnonzero(digests)
    out[known] = numbered(digests[known])[1] + 1
    return out
