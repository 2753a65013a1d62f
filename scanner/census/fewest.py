"""The fewest persons that a scope can be about: the lower end of an interval.

Persons of different names are different persons. Of those with one name (or with none), each has at most as
many values of a kind as ``kinds.py`` assumes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import ModuleType
from typing import cast

import numpy as np

from scanner.census.graph import Graph
from scanner.census.holdings import Holdings
from scanner.census.kinds import BY_ORDER, FOR_LIFE, holds
from scanner.census.linking import Linked
from scanner.census.sorting import distinct_pairs, narrow, numbered, present, starts_of_runs
from scanner.identifiers import I64, U8, U64, Mask

_PER_PERSON = np.array([kind.per_person for kind in BY_ORDER], np.int64)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a scope shows of the persons of one part.

    Attributes:
        persons: How many there are.
        values: How many values of every kind they hold; of numbers for life, how many groups hold one.
        names: The name of every person that has one and is anchored.

    """

    persons: int
    values: I64
    names: U64


@dataclass(frozen=True, slots=True)
class Namesakes:
    """What is known of the persons of some names in one part.

    Attributes:
        names: The number of the name of every person.
        born: Name and birth (``born_as``) of every person; 0 where unknown.
        holders, kinds: Distinct pairs of a name and a value that somebody of the name holds: name, kind.
        by_age: The same of those whose age is known: twice the number of the name, and one more if of age.

    """

    names: I64
    born: U64
    holders: I64
    kinds: U8
    by_age: Namesakes | None = None

    @property
    def nbytes(self) -> int:
        arrays = (self.names, self.born, self.holders, self.kinds)
        return sum(array.nbytes for array in arrays) + (self.by_age.nbytes if self.by_age else 0)


class Fewest:
    """Lower bounds of any choice of persons of one part.

    Args:
        linked: Who is one person.
        born_as: Digest of name and birth date of every person; 0 where unknown.
        ages: Of every person: 0 unknown, 1 minor, 2 of age, 3 contradictory.
        loops: ``scanner.compiled.touches``; None to do without.

    """

    def __init__(self, linked: Linked, born_as: U64, ages: U8, loops: ModuleType | None = None) -> None:
        self._linked = linked
        self._born_as = born_as
        self._ages = ages
        self._loops = loops
        self._name = names_of(linked.graph, linked.person, len(born_as))
        held = linked.held[1]
        anywhere = int(np.bitwise_or.reduce(held, initial=np.uint64(0)))
        self._for_life = {kind: holds(held, kind) for kind in FOR_LIFE if (anywhere >> kind) & 1}

    @cached_property
    def _holdings(self) -> Holdings:
        return Holdings(self._linked)

    @property
    def named(self) -> Mask:
        """Return which persons have a name."""
        return np.asarray(self._name != 0)

    def shown(self, persons: Mask, anchored: Mask, groups: Mask) -> Shown:
        """Return what a scope shows.

        Args:
            persons: The persons of the scope.
            anchored: Those of them that a row of the scope shows by more than nameless contacts.
            groups: Their groups by certain links.

        """
        values = self._values(groups)
        for kind in FOR_LIFE:
            values[kind] = (groups & self._for_life[kind]).sum() if kind in self._for_life else 0
        names = self._name[anchored]
        return Shown(int(persons.sum()), values, names[names != 0])

    def _values(self, groups: Mask) -> I64:
        """Return how many values of every kind some groups hold."""
        if not groups.all():
            return self._holdings.values(groups)
        graph = self._linked.graph
        held = np.zeros(len(graph.kinds), np.bool_)
        if self._loops is not None:
            counts = np.zeros(len(BY_ORDER), np.int64)
            self._loops.count_held(graph.value, graph.kinds, held, counts)
            return counts
        held[graph.value] = True
        kinds = graph.kinds if held.all() else graph.kinds[held]
        return np.bincount(kinds, minlength=len(BY_ORDER))

    def namesakes(self, anchored: Mask, names: U64) -> Namesakes:
        """Return what is known of the anchored persons who have one of the names, which are sorted."""
        persons = np.flatnonzero(anchored)
        number = np.searchsorted(names, self._name[persons])
        among = names[np.minimum(number, len(names) - 1)] == self._name[persons]
        persons, number = persons[among], number[among]
        aged = (self._ages[persons] == 1) | (self._ages[persons] == 2)
        number_by_age = 2 * number[aged] + self._ages[persons[aged]] - 1
        return replace(
            self._namesakes(persons, number),
            by_age=self._namesakes(persons[aged], number_by_age) if aged.any() else None,
        )

    def _namesakes(self, persons: I64, number: I64) -> Namesakes:
        number = narrow(number)
        number_of = cast("I64", np.full(len(self._born_as), -1, np.int32))
        number_of[persons] = number
        holders, kinds = self._holdings.of_each(number_of)
        return Namesakes(number, self._born_as[persons], holders, kinds)


@dataclass(frozen=True, slots=True)
class Outline:
    """What all parts show of a scope.

    Attributes:
        persons: How many there are.
        by_values: The fewest persons by the values of the kind of which there are most.
        once: How many names come once.
        repeated: Names of several persons, sorted.

    """

    persons: int
    by_values: int
    once: int
    repeated: U64

    @classmethod
    def of(cls, parts: Sequence[Shown]) -> Outline:
        """Return what the parts show together."""
        values = np.sum([np.zeros(len(BY_ORDER), np.int64), *(part.values for part in parts)], axis=0)
        names = np.sort(np.concatenate([np.zeros(0, np.uint64), *(part.names for part in parts)]))
        starts = np.flatnonzero(starts_of_runs(names))
        several = np.diff(starts, append=len(names)) > 1
        return cls(
            persons=sum(part.persons for part in parts),
            by_values=int((-(-values // _PER_PERSON)).max()),
            once=int((~several).sum()),
            repeated=names[starts[several]],
        )

    @property
    def least(self) -> int:
        """Return the fewest persons, as far as names alone and values alone show."""
        return min(max(self.by_values, self.once + len(self.repeated)), self.persons)

    def fewest(self, namesakes: Sequence[Namesakes]) -> int:
        """Return the fewest persons, given what each part knows of the persons of the ``repeated`` names."""
        by_names = self.once
        if len(self.repeated):
            by_names += int(_of_names(namesakes, len(self.repeated)).sum())
        return min(max(self.by_values, by_names), self.persons)


def _of_names(parts: Sequence[Namesakes], size: int) -> I64:
    """Return the fewest persons of each of so many names: minors and those of age are different persons."""
    by_age = [part.by_age for part in parts if part.by_age is not None]
    everybody = _of_each(parts, size)
    if not by_age:
        return everybody
    out: I64 = np.maximum(everybody, _of_each(by_age, 2 * size).reshape(size, 2).sum(axis=1))
    return out


def _of_each(parts: Sequence[Namesakes], size: int) -> I64:
    """Return the fewest persons of each of so many names, whatever their age."""
    names = np.concatenate([part.names for part in parts])
    born = np.concatenate([part.born for part in parts])
    dated, _ = distinct_pairs(names[born != 0], numbered(born[born != 0])[1])
    least = np.maximum(np.bincount(dated, minlength=size), 1)
    holders = np.concatenate([part.holders for part in parts])
    kinds = np.concatenate([part.kinds for part in parts])
    for kind in present(kinds):
        held = np.bincount(holders[kinds == kind], minlength=size)
        least = np.maximum(least, -(-held // _PER_PERSON[kind]))
    out: I64 = np.minimum(least, np.bincount(names, minlength=size))
    return out


def names_of(graph: Graph, groups: I64, size: int) -> U64:
    """Return one name per group, 0 without; one in Chinese characters before others."""
    named = np.flatnonzero((graph.names != 0) & (groups >= 0))
    names, script = graph.names[named], np.uint64(63)
    out = np.full(size, np.iinfo(np.uint64).max, np.uint64)
    ranks = (names >> np.uint64(1)) | (names << script)  # the last bit tells the script
    np.minimum.at(out, groups[named], ranks)
    unnamed = np.ones(size, np.bool_)
    unnamed[groups[named]] = False
    out = (out << np.uint64(1)) | (out >> script)
    out[unnamed] = 0
    return out
