"""The fewest persons that a scope can be about: the lower end of an interval.

Persons of different names are different persons. Of those with one name (or with none), each has at most as
many values of a kind as ``kinds.py`` assumes.
"""

from __future__ import annotations

import numpy as np

from scanner.census.graph import Graph
from scanner.census.kinds import BY_ORDER, FOR_LIFE
from scanner.census.linking import Linked
from scanner.census.sorting import distinct_pairs, numbered
from scanner.identifiers import I64, U8, U64, Mask

_PER_PERSON = np.array([kind.per_person for kind in BY_ORDER], np.int64)


class Fewest:
    """Lower bounds of any choice of persons.

    Args:
        linked: Who is one person.
        born_as: Digest of name and birth date of every person; 0 where unknown.

    """

    def __init__(self, linked: Linked, born_as: U64) -> None:
        graph = linked.graph
        self._born_as = born_as
        self._name = names_of(graph, linked.person, len(born_as))
        self._kinds = graph.kinds
        self._person, self._value = _held(graph, linked.person)
        self._certain, self._certain_value = _held(graph, linked.certain)
        self._for_life = _for_life(graph, linked.certain)
        self._most = np.bincount(graph.kinds[np.unique(graph.value)], minlength=len(BY_ORDER))

    def count(self, persons: Mask, anchored: Mask, groups: Mask) -> int:
        """Return the fewest persons.

        Args:
            persons: The persons of the scope.
            anchored: Those of them that a row of the scope shows by more than nameless contacts.
            groups: Their groups by certain links.

        """
        best = self._by_names(anchored)
        for kind in np.flatnonzero(self._most).tolist():
            if -(-self._most[kind] // _PER_PERSON[kind]) > best:
                best = max(best, -(-self._values(groups, kind) // int(_PER_PERSON[kind])))
        return int(min(best, persons.sum()))

    def _values(self, groups: Mask, kind: int) -> int:
        """Return how many values of a kind the groups hold."""
        if kind in FOR_LIFE:
            return int((groups & self._for_life[kind]).sum())
        held = self._certain_value[groups[self._certain]]
        shown = np.zeros(len(self._kinds), np.bool_)
        shown[held[self._kinds[held] == kind]] = True
        return int(shown.sum())

    def _by_names(self, persons: Mask) -> int:
        """Return the sum, over all names, of the fewest persons of that name."""
        chosen = np.flatnonzero(persons & (self._name >= 0))
        many = np.bincount(self._name[chosen]) > 1
        alone = int((np.bincount(self._name[chosen]) == 1).sum())
        namesakes = chosen[many[self._name[chosen]]] if len(chosen) else chosen
        return alone + self._namesakes(namesakes)

    def _namesakes(self, persons: I64) -> int:
        """Return the fewest persons among those who share their name with another."""
        if len(persons) == 0:
            return 0
        _, names = numbered(self._name[persons])
        size = int(names.max()) + 1
        number = np.full(len(self._name), -1, np.int64)
        number[persons] = names
        fewest = np.ones(size, np.int64)
        born, _ = distinct_pairs(names, numbered(self._born_as[persons])[1])
        undated = np.bincount(names, self._born_as[persons] == 0, minlength=size) > 0
        fewest = np.maximum(fewest, np.bincount(born, minlength=size) - undated)
        chosen = number[self._person] >= 0
        value, name = distinct_pairs(self._value[chosen], number[self._person[chosen]])
        kinds = self._kinds[value]
        for kind in np.unique(kinds).tolist():
            values = np.bincount(name[kinds == kind], minlength=size)
            fewest = np.maximum(fewest, -(-values // _PER_PERSON[kind]))
        return int(np.minimum(fewest, np.bincount(names, minlength=size)).sum())


def names_of(graph: Graph, groups: I64, size: int) -> I64:
    """Return the number of one name per group, -1 without; one in Chinese characters before others."""
    named = np.flatnonzero((graph.names != 0) & (groups >= 0))
    names = graph.names[named]
    order = np.lexsort((names, names & np.uint64(1)))[::-1]
    out = np.full(size, -1, np.int64)
    out[groups[named[order]]] = numbered(names)[1][order]
    return out


def _held(graph: Graph, groups: I64) -> tuple[I64, I64]:
    """Return groups and the values that they hold."""
    holders = groups[graph.identity]
    return distinct_pairs(holders[holders >= 0], graph.value[holders >= 0])


def _for_life(graph: Graph, groups: I64) -> dict[int, Mask]:
    """Return, for every kind of number for life, which groups hold one."""
    size = int(groups.max(initial=-1)) + 1
    kinds: U8 = graph.kinds[graph.value]
    out = {}
    for kind in FOR_LIFE:
        out[kind] = np.zeros(size, np.bool_)
        out[kind][groups[graph.identity[kinds == kind]]] = True
    return out
