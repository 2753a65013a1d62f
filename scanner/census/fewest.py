"""The fewest persons that a scope can be about: the lower end of an interval.

Persons of different names are different persons. Of those with one name (or with none), each has at most as
many values of a kind as ``kinds.py`` assumes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from scanner.census.graph import Graph
from scanner.census.kinds import BY_ORDER, FOR_LIFE
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
        names: The number of the name of every person that has one and is anchored.

    """

    persons: int
    values: I64
    names: I64


@dataclass(frozen=True, slots=True)
class Namesakes:
    """What is known of the persons of some names in one part.

    Attributes:
        names: The number of the name of every person.
        born: Name and birth (``born_as``) of every person; 0 where unknown.
        holders, kinds: Distinct pairs of a name and a value that somebody of the name holds: name, kind.

    """

    names: I64
    born: U64
    holders: I64
    kinds: U8


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
        self._person, self._certain = linked.person, linked.certain
        order = self._by_value_and_name(graph)
        self._value, self._identity = graph.value[order], graph.identity[order]
        self._numbers: I64 | None = None
        self._for_life = {
            kind: np.asarray((held >> np.uint64(kind)) & np.uint64(1) != 0) for kind in FOR_LIFE
        }

    def _by_value_and_name(self, graph: Graph) -> I64 | slice:
        """Return an order of the links for ``namesakes``; any will do without names."""
        if not self._name.any():
            return slice(None)
        names = np.append(self._name, np.uint64(0))[self._person[graph.identity]]
        return np.lexsort((names, graph.value))

    @property
    def named(self) -> Mask:
        """Return which persons have a name."""
        return np.asarray(self._name != 0)

    @property
    def names(self) -> U64:
        """Return the distinct names, sorted."""
        names = np.sort(self._name[self._name != 0])
        return names[starts_of_runs(names)]

    def shown(self, persons: Mask, anchored: Mask, groups: Mask, names: U64) -> Shown:
        """Return what a scope shows.

        Args:
            persons: The persons of the scope.
            anchored: Those of them that a row of the scope shows by more than nameless contacts.
            groups: Their groups by certain links.
            names: All names of all parts, sorted.

        """
        held = np.zeros(len(self._kinds), np.bool_)
        held[self._value[_of(self._certain, groups)[self._identity]]] = True
        values = np.bincount(self._kinds[held], minlength=len(BY_ORDER))
        for kind in FOR_LIFE:
            values[kind] = (groups & self._for_life[kind]).sum()
        numbers = self._numbered(names)[anchored]
        return Shown(int(persons.sum()), values, numbers[numbers >= 0])

    def namesakes(self, anchored: Mask, names: U64, chosen: Mask) -> Namesakes:
        """Return what is known of the anchored persons who have one of the chosen names."""
        numbers = self._numbered(names)
        persons = anchored & np.append(chosen, False)[numbers]
        links = np.flatnonzero(_of(self._person, persons)[self._identity])
        value, holder = self._value[links], numbers[self._person[self._identity[links]]]
        first = starts_of_runs(value) | starts_of_runs(holder)
        return Namesakes(numbers[persons], self._born_as[persons], holder[first], self._kinds[value[first]])

    def _numbered(self, names: U64) -> I64:
        """Return the number of every person's name among all names; -1 without."""
        if self._numbers is None:
            numbers = np.searchsorted(names, self._name)
            self._numbers = narrow(np.where(self._name != 0, numbers, -1))
        return self._numbers


def fewest(shown: Sequence[Shown], names: int, namesakes: Callable[[Mask], Sequence[Namesakes]]) -> int:
    """Return the fewest persons of a scope over all parts.

    Args:
        shown: What each part shows.
        names: How many names there are.
        namesakes: Returns what each part knows of the persons of the names chosen.

    """
    values = np.sum([part.values for part in shown], axis=0)
    by_values = int((-(-values // _PER_PERSON)).max())
    times = np.bincount(np.concatenate([part.names for part in shown]), minlength=names)
    by_names = int((times == 1).sum())
    if by_names < len(times) - int((times == 0).sum()):
        by_names += _of_one_name(namesakes(times > 1), np.cumsum(times > 1) - 1)
    return min(max(by_values, by_names), sum(part.persons for part in shown))


def _of_one_name(parts: Sequence[Namesakes], place: I64) -> int:
    """Return the sum, over the chosen names, of the fewest persons of that name.

    Args:
        parts: What is known of the persons of these names.
        place: By number of a name, its position among those chosen.

    """
    size = int(place[-1]) + 1
    names = place[np.concatenate([part.names for part in parts])]
    born = np.concatenate([part.born for part in parts])
    dated, _ = distinct_pairs(names[born != 0], numbered(born[born != 0])[1])
    least = np.maximum(np.bincount(dated, minlength=size), 1)
    holders = place[np.concatenate([part.holders for part in parts])]
    kinds = np.concatenate([part.kinds for part in parts])
    for kind in present(kinds):
        held = np.bincount(holders[kinds == kind], minlength=size)
        least = np.maximum(least, -(-held // _PER_PERSON[kind]))
    return int(np.minimum(least, np.bincount(names, minlength=size)).sum())


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
