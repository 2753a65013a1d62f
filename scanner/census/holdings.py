"""Who holds which values: what a scope of some persons shows of each kind, without a look at all links."""

from __future__ import annotations

import numpy as np

from scanner.census.kinds import BY_ORDER
from scanner.census.linking import Linked
from scanner.census.sorting import distinct, distinct_pairs, narrow
from scanner.identifiers import I64, U8, Mask

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

    def values(self, groups: Mask) -> I64:
        """Return how many values of every kind some groups hold."""
        pairs = self._of(groups)
        shared = self._shared[pairs]
        alone: I64 = np.bincount(self._kind[pairs[~shared]], minlength=len(BY_ORDER))
        common = self._kinds[distinct(self._value[pairs[shared]])]
        together: I64 = alone + np.bincount(common, minlength=len(BY_ORDER))
        return together

    def of_each(self, number: I64) -> tuple[I64, U8]:
        """Return the values of the numbered: number and kind of every distinct pair of number and value.

        Args:
            number: Of every person, shared by some; -1 for those left out.

        """
        of_group = number[self._person]
        pairs = self._of(of_group >= 0)
        holder, shared = of_group[self._group[pairs]], self._shared[pairs]
        value, common = distinct_pairs(self._value[pairs[shared]], holder[shared])
        holders = np.concatenate([holder[~shared], narrow(common)])
        return holders, np.concatenate([self._kind[pairs[~shared]], self._kinds[value]])

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
