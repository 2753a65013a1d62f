"""Who holds which values: what a scope of some persons shows of each kind, without a look at all links."""

from __future__ import annotations

import numpy as np

from scanner.census.kinds import BY_ORDER
from scanner.census.linking import Linked
from scanner.census.sorting import distinct, distinct_pairs, least, narrow, numbered, present
from scanner.identifiers import I64, U8, U64, Mask

_MANY = 8  # one in so many groups, from which on it is quicker to look at all


class Holdings:
    """Distinct pairs of a group by certain links and a value, sorted by group.

    Args:
        linked: Who is one person.

    """

    def __init__(self, linked: Linked) -> None:
        graph = linked.graph
        group, value = distinct_pairs(linked.certain[graph.identity], graph.value)
        self._group, self._value = narrow(group), narrow(value)
        self._kinds = graph.kinds
        self._kind = graph.kinds[value]
        self._shared = (np.bincount(value, minlength=len(graph.kinds)) > 1)[value]
        size = len(linked.held[1])
        self._starts = np.searchsorted(self._group, np.arange(size + 1))
        self._person = np.zeros(size, linked.person.dtype)
        self._person[linked.certain[linked.certain >= 0]] = linked.person[linked.certain >= 0]
        self._persons = len(linked.held[0])

    def values(self, groups: Mask) -> I64:
        """Return how many values of every kind some groups hold."""
        pairs = self._of(groups)
        shared = self._shared[pairs]
        alone: I64 = np.bincount(self._kind[pairs[~shared]], minlength=len(BY_ORDER))
        common = self._kinds[distinct(self._value[pairs[shared]])]
        together: I64 = alone + np.bincount(common, minlength=len(BY_ORDER))
        return together

    def of_persons(self, persons: I64, names: U64) -> tuple[dict[int, I64], tuple[I64, I64, I64]]:
        """Return what some persons hold.

        Args:
            persons: Numbers, sorted.
            names: A digest of every person of the part.

        Returns:
            How many values of every kind each holds, of the kinds there are; and the values that several of
            one name hold: holder (a place in ``persons``), number of the name and value, kind.

        """
        place = np.full(self._persons, -1, np.int64)
        place[persons] = np.arange(len(persons))
        held = place[self._person[self._group]]
        known = np.flatnonzero(held >= 0)
        value, holder = distinct_pairs(self._value[known], held[known])
        kind = self._kinds[value]
        counts = {
            each: least(np.bincount(holder[kind == each], minlength=len(persons))) for each in present(kind)
        }
        return counts, _common(holder, value, kind, names[persons])

    def _of(self, groups: Mask) -> I64:
        """Return the positions of the pairs of some groups."""
        chosen = np.flatnonzero(groups)
        if len(chosen) * _MANY > len(groups):
            return np.flatnonzero(groups[self._group])
        starts = self._starts[chosen]
        widths = self._starts[chosen + 1] - starts
        ends = np.cumsum(widths)
        pairs: I64 = np.arange(int(widths.sum())) + np.repeat(starts - (ends - widths), widths)
        return pairs


def _common(holder: I64, value: I64, kind: U8, names: U64) -> tuple[I64, I64, I64]:
    """Return those of some values (sorted) that several persons of one name hold; see ``of_persons``."""
    shared = np.flatnonzero((np.bincount(value) > 1)[value]) if len(value) else value
    name = numbered(names[holder[shared]])[1]
    pair = numbered(value[shared] * (int(name.max(initial=0)) + 1) + name)[1]
    several = np.flatnonzero((np.bincount(pair) > 1)[pair]) if len(pair) else pair
    chosen = shared[several]
    return holder[chosen], numbered(pair[several])[1], kind[chosen].astype(np.int64)
