"""The fewest persons that a scope can be about: the lower end of an interval.

Each person has at most as many values of a kind as ``kinds.py`` assumes. What names say, ``namesakes.py``
tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType

import numpy as np

from scanner.census.graph import Graph
from scanner.census.holdings import Holdings
from scanner.census.kinds import ACCOUNT, BY_ORDER, FOR_LIFE, holds
from scanner.census.linking import Linked
from scanner.census.namesakes import ByNames, Chosen, Named, Namesakes, at_most
from scanner.census.sorting import distinct, distinct_pairs
from scanner.identifiers import I64, U8, U64, Mask

_MEASURABLE = [kind.order for kind in BY_ORDER if kind.order not in FOR_LIFE]
_ACCOUNTS = [kind.order for kind in BY_ORDER if kind.strength == ACCOUNT]
_PER_PERSON = np.array([kind.per_person for kind in BY_ORDER], np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a scope shows of the persons of one part.

    Attributes:
        rows: How many rows are about somebody.
        persons: How many there are.
        values: How many values of every kind they hold; of numbers for life, how many groups hold one.
        named: Which of those who have a name it shows by it, whatever contacts say.

    """

    rows: int
    persons: int
    values: I64
    named: Chosen


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
        self._named = np.flatnonzero(self._name)
        held = linked.held[1]
        self._anywhere = int(np.bitwise_or.reduce(held, initial=np.uint64(0)))
        self._for_life = {kind: holds(held, kind) for kind in FOR_LIFE if (self._anywhere >> kind) & 1}

    @cached_property
    def _holdings(self) -> Holdings:
        graph, groups = self._linked.graph, self._linked.certain
        return Holdings(groups[graph.identity], graph.value, graph.kinds, len(self._linked.held[1]))

    @property
    def named(self) -> Mask:
        """Return which persons have a name."""
        return np.asarray(self._name != 0)

    def shown(self, rows: int, persons: Mask, by_name: Mask, groups: Mask) -> Shown:
        """Return what a scope shows.

        Args:
            rows: How many rows are about somebody.
            persons: The persons of the scope.
            by_name: Those of them shown by a row that is of somebody of their name, whatever contacts say.
            groups: Their groups by certain links.

        """
        values = self._values(groups)
        for kind, (person, group, value) in self._crowded.items():
            shown = groups[group]
            values[kind] = _of_accounts(kind, person[shown], value[shown])
        for kind in FOR_LIFE:
            values[kind] = (groups & self._for_life[kind]).sum() if kind in self._for_life else 0
        return Shown(
            rows=rows, persons=int(persons.sum()), values=values, named=Chosen.of(by_name[self._named])
        )

    @cached_property
    def _crowded(self) -> dict[int, tuple[I64, I64, I64]]:
        """Return persons, groups and accounts that they hold, of kinds of which one holds too many."""
        graph, found = self._linked.graph, {}
        for kind in (kind for kind in _ACCOUNTS if (self._anywhere >> kind) & 1):
            links = np.flatnonzero(graph.kinds[graph.value] == kind)
            identity, value = graph.identity[links], graph.value[links]
            person, group = self._linked.person[identity], self._linked.certain[identity]
            if np.bincount(distinct_pairs(person, value)[0]).max(initial=0) > _PER_PERSON[kind]:
                found[kind] = person, group, value
        return found

    def _values(self, groups: Mask) -> I64:
        """Return how many values of every kind some groups hold."""
        if not groups.all():
            return self._holdings.values(groups)
        graph = self._linked.graph
        if self._linked.owned is not None:
            return self._of_each_kind(graph.kinds)
        held = np.zeros(len(graph.kinds), np.bool_)
        if self._loops is not None:
            counts = np.zeros(len(BY_ORDER), np.int64)
            self._loops.count_held(graph.value, graph.kinds, held, counts)
            return counts
        held[graph.value] = True
        return self._of_each_kind(graph.kinds[held])

    def _of_each_kind(self, kinds: U8) -> I64:
        """Return how many values there are of each kind; few kinds are held anywhere."""
        counts = np.zeros(len(BY_ORDER), np.int64)
        for kind in (kind.order for kind in BY_ORDER if (self._anywhere >> kind.order) & 1):
            counts[kind] = np.count_nonzero(kinds == kind)
        return counts

    def named_persons(self) -> Named:
        """Return the persons who have a name."""
        if not len(self._named):
            return Named.nobody()
        graph = self._linked.graph
        links = np.flatnonzero(self._linked.by_name[graph.identity])
        person = self._linked.person[graph.identity[links]]
        holdings = Holdings(person, graph.value[links], graph.kinds, len(self._born_as))
        held, common = holdings.of_each(self._named, self._name[self._named])
        return Named(
            names=self._name[self._named],
            born=self._born_as[self._named],
            ages=self._ages[self._named],
            held=held,
            common=common,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What all parts show of a scope.

    Attributes:
        somebody: Whether a row is about somebody.
        persons: How many there are.
        values: How many values there are of the kind of which there are most, numbers for life left out.
        by_values: The fewest persons by the values of the kind that shows most.
        by_names: The fewest persons by names.

    """

    somebody: bool
    persons: int
    values: int
    by_values: int
    by_names: ByNames

    @classmethod
    def of(cls, parts: Sequence[Shown], namesakes: Namesakes) -> Outline:
        """Return what the parts show together, given all persons who have a name."""
        values = np.sum([np.zeros(len(BY_ORDER), np.int64), *(part.values for part in parts)], axis=0)
        return cls(
            somebody=any(part.rows for part in parts),
            persons=sum(part.persons for part in parts),
            values=int(values[_MEASURABLE].max()),
            by_values=int((-(-values // _PER_PERSON)).max()),
            by_names=namesakes.of([part.named for part in parts]),
        )

    @property
    def repeat(self) -> bool:
        """Return whether a name comes several times."""
        return self.by_names.several > 0

    @property
    def least(self) -> int:
        """Return the fewest persons, as far as names alone and values alone show."""
        return min(max(self.by_values, self.by_names.names), self.persons)

    @property
    def fewest(self) -> int:
        """Return the fewest persons, also by what is known of those of one name."""
        return min(max(self.by_values, self.by_names.fewest), self.persons)


def _of_accounts(kind: int, person: I64, value: I64) -> int:
    """Return how many accounts persons hold, no more of each than is assumed; what several hold is one."""
    person, value = distinct_pairs(person, value)
    shared = len(value) - len(distinct(value))
    return int(at_most(np.bincount(person), kind).sum()) - shared


def names_of(graph: Graph, groups: I64, size: int) -> U64:
    """Return one name per group, 0 without; one in Chinese characters before others."""
    named = np.flatnonzero((graph.names != 0) & (groups >= 0))
    if len(named) == 0:
        return np.zeros(size, np.uint64)
    names, script = graph.names[named], np.uint64(63)
    out = np.full(size, np.iinfo(np.uint64).max, np.uint64)
    ranks = (names >> np.uint64(1)) | (names << script)  # the last bit tells the script
    np.minimum.at(out, groups[named], ranks)
    unnamed = np.ones(size, np.bool_)
    unnamed[groups[named]] = False
    out = (out << np.uint64(1)) | (out >> script)
    out[unnamed] = 0
    return out
