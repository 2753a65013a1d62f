"""The fewest persons that a scope can be about: the lower end of an interval.

Persons of different names are different persons. Of those with one name (or with none), each has at most as
many values of a kind as ``kinds.py`` assumes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scanner.census.graph import Graph
from scanner.census.kinds import BY_ORDER, FOR_LIFE
from scanner.census.linking import Linked
from scanner.census.sorting import distinct_pairs, narrow, numbered, present, starts_of_runs
from scanner.identifiers import I64, U64, Mask

_PER_PERSON = np.array([kind.per_person for kind in BY_ORDER], np.int64)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a scope shows of the persons of one part.

    Attributes:
        persons: How many there are.
        values: How many values of every kind they hold; of numbers for life, how many groups hold one.
        names: A name of every person that has one and is anchored.

    """

    persons: int
    values: I64
    names: U64


@dataclass(frozen=True, slots=True)
class Namesakes:
    """What is known of the persons of some names in one part.

    Attributes:
        names: Sorted, each once; ``persons`` and ``values`` (by kind) have one entry per name.
        born: Distinct pairs of name and birth (``born_as``).

    """

    names: U64
    persons: I64
    born: tuple[U64, U64]
    values: Mapping[int, I64]


class Fewest:
    """Lower bounds of any choice of persons of one part.

    Args:
        linked: Who is one person.
        born_as: Digest of name and birth date of every person; 0 where unknown.
        held: Bits of the kinds that every certain group holds.

    """

    def __init__(self, linked: Linked, born_as: U64, held: U64) -> None:
        graph = linked.graph
        self._born_as = born_as
        self._name = names_of(graph, linked.person, len(born_as))
        self._kinds = graph.kinds
        self._value = narrow(graph.value)
        self._person = narrow(linked.person[graph.identity])
        self._certain = narrow(linked.certain[graph.identity])
        self._for_life = {
            kind: np.asarray((held >> np.uint64(kind)) & np.uint64(1) != 0) for kind in FOR_LIFE
        }

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
        held = np.zeros(len(self._kinds), np.bool_)
        held[self._value[_of(self._certain, groups)]] = True
        values = np.bincount(self._kinds[held], minlength=len(BY_ORDER))
        for kind in FOR_LIFE:
            values[kind] = (groups & self._for_life[kind]).sum()
        return Shown(int(persons.sum()), values, self._name[anchored & (self._name != 0)])

    def namesakes(self, anchored: Mask, names: U64) -> Namesakes:
        """Return what is known of the anchored persons of these names (sorted)."""
        persons = np.flatnonzero(anchored & np.isin(self._name, names))
        found, number = _numbered(self._name[persons])
        of_person = np.full(len(self._name), -1, np.int64)
        of_person[persons] = number
        dated = self._born_as[persons] != 0
        births, birth = _numbered(self._born_as[persons[dated]])
        of, birth = distinct_pairs(number[dated], birth)
        chosen = _of(self._person, of_person >= 0)
        value, name = distinct_pairs(self._value[chosen], of_person[self._person[chosen]])
        kinds = self._kinds[value]
        return Namesakes(
            found,
            np.bincount(number, minlength=len(found)),
            (found[of], births[birth]),
            {kind: np.bincount(name[kinds == kind], minlength=len(found)) for kind in present(kinds)},
        )


def fewest(shown: Sequence[Shown], namesakes: Callable[[U64], Sequence[Namesakes]]) -> int:
    """Return the fewest persons of a scope over all parts.

    Args:
        shown: What each part shows.
        namesakes: Returns what each part knows of the persons of some names.

    """
    values = np.sum([part.values for part in shown], axis=0)
    by_values = int((-(-values // _PER_PERSON)).max())
    names = np.sort(np.concatenate([part.names for part in shown]))
    starts = np.flatnonzero(starts_of_runs(names))
    several = np.diff(np.append(starts, len(names))) > 1
    by_names = int((~several).sum())
    if several.any():
        by_names += _of_one_name(namesakes(names[starts[several]]))
    return min(max(by_values, by_names), sum(part.persons for part in shown))


def _of_one_name(parts: Sequence[Namesakes]) -> int:
    """Return the sum, over all names, of the fewest persons of that name."""
    names, number = _numbered(np.concatenate([part.names for part in parts]))
    size = len(names)
    persons = np.bincount(number, np.concatenate([part.persons for part in parts]), minlength=size)
    born, _ = distinct_pairs(
        np.searchsorted(names, np.concatenate([part.born[0] for part in parts])).astype(np.int64),
        _numbered(np.concatenate([part.born[1] for part in parts]))[1],
    )
    least = np.maximum(np.bincount(born, minlength=size), 1)
    for kind in {kind for part in parts for kind in part.values}:
        held = np.zeros(size, np.int64)
        for part in parts:
            if kind in part.values:
                np.add.at(held, np.searchsorted(names, part.names), part.values[kind])
        least = np.maximum(least, -(-held // _PER_PERSON[kind]))
    return int(np.minimum(least, persons.astype(np.int64)).sum())


def _numbered(values: U64) -> tuple[U64, I64]:
    first, ranks = numbered(values)
    return values[first], ranks


def names_of(graph: Graph, groups: I64, size: int) -> U64:
    """Return one name per group, 0 without; one in Chinese characters before others."""
    named = np.flatnonzero((graph.names != 0) & (groups >= 0))
    names = graph.names[named]
    order = np.lexsort((names, names & np.uint64(1)))[::-1]
    out = np.zeros(size, np.uint64)
    out[groups[named[order]]] = names[order]
    return out


def _of(holders: I64, chosen: Mask) -> Mask:
    """Return which holders, -1 for nobody, are chosen."""
    return np.append(chosen, False)[holders]
