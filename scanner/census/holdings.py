"""Who holds which values: what a scope of some persons shows of each kind, without a look at all links."""

from __future__ import annotations

import numpy as np

from scanner.census.kinds import BY_ORDER
from scanner.census.sorting import distinct_pairs, least, narrow, numbered, present, starts_of_runs
from scanner.identifiers import I64, U8, U64, Mask

_MANY = 8  # one in so many holders, from which on it is quicker to look at all
Common = tuple[I64, I64, I64]


class Holdings:
    """Values that holders hold, persons or groups: each pair once.

    Args:
        holder, value: Number of a holder, and of a value that it holds.
        kinds: The kind of every value.
        size: How many holders there are.

    """

    def __init__(self, holder: I64, value: I64, kinds: U8, size: int) -> None:
        self._kinds, self._size = kinds, size
        value, holder = distinct_pairs(value, holder)
        starts = starts_of_runs(value)
        alone = _alone(starts)
        self._alone = self._by_kind(holder[alone], kinds[value[alone]])
        common = np.flatnonzero(~alone)
        order = common[np.argsort(holder[common], kind="stable")]
        self._holder, self._value = narrow(holder[order]), narrow(value[order])
        self._starts = np.searchsorted(self._holder, np.arange(size + 1))

    def _by_kind(self, holder: I64, kind: U8) -> dict[int, I64]:
        """Return, of every kind there is, how many values every holder has."""
        return {
            each: least(np.bincount(holder[kind == each], minlength=self._size)) for each in present(kind)
        }

    def values(self, chosen: Mask) -> I64:
        """Return how many values of every kind some holders hold."""
        ordered = np.sort(self._common(chosen))
        return self._counted(chosen, ordered[starts_of_runs(ordered)])

    def values_of_one(self, chosen: Mask) -> I64:
        """Return how many values of every kind exactly one of some holders holds."""
        ordered = np.sort(self._common(chosen))
        starts = starts_of_runs(ordered)
        return self._counted(chosen, ordered[_alone(starts)])

    def values_of_two(self, chosen: Mask) -> I64:
        """Return how many values of every kind exactly two of some holders hold."""
        ordered = np.sort(self._common(chosen))
        first = np.flatnonzero(starts_of_runs(ordered))
        twice = ordered[first[np.diff(first, append=len(ordered)) == 2]]
        return np.bincount(self._kinds[twice], minlength=len(BY_ORDER))

    def _counted(self, chosen: Mask, common: I64) -> I64:
        """Return how many values of every kind: those that some hold alone, and these of the common ones."""
        out: I64 = np.bincount(self._kinds[common], minlength=len(BY_ORDER))
        places = np.flatnonzero(chosen)
        for kind, held in self._alone.items():
            out[kind] += held[places].sum(dtype=np.int64)
        return out

    def _common(self, chosen: Mask) -> I64:
        """Return the values that some holders share with any: each as often as one of them holds it."""
        holders = np.flatnonzero(chosen)
        if len(holders) * _MANY > len(chosen):
            return self._value[chosen[self._holder]]
        starts = self._starts[holders]
        widths = self._starts[holders + 1] - starts
        ends = np.cumsum(widths)
        places: I64 = np.arange(int(widths.sum())) + np.repeat(starts - (ends - widths), widths)
        return self._value[places]

    def of_each(self, holders: I64, names: U64) -> tuple[dict[int, I64], Common]:
        """Return what some holders hold.

        Args:
            holders: Numbers, sorted.
            names: A digest of each of them.

        Returns:
            How many values of every kind each holds, of the kinds there are; and the values that several of
            one name hold: holder (a place in ``holders``), number of the name and value, kind.

        """
        kind = self._kinds[self._value]
        shared = self._by_kind(self._holder, kind)
        counts = {
            each: least(_held(self._alone, each, holders) + _held(shared, each, holders))
            for each in sorted({*self._alone, *shared})
        }
        place = np.full(self._size, -1, np.int64)
        place[holders] = np.arange(len(holders))
        known = np.flatnonzero(place[self._holder] >= 0)
        return counts, _of_one_name(place[self._holder[known]], self._value[known], kind[known], names)


def _alone(starts: Mask) -> Mask:
    """Return which runs are of one, given where runs start."""
    return np.asarray(starts & np.append(starts[1:], starts[:1]))  # the first one always starts


def _held(held: dict[int, I64], kind: int, holders: I64) -> I64:
    if kind not in held:
        return np.zeros(len(holders), np.int64)
    return held[kind][holders].astype(np.int64)


def _of_one_name(holder: I64, value: I64, kind: U8, names: U64) -> Common:
    """Return those of some values that several holders of one name hold; see ``of_each``."""
    if len(holder) == 0:
        return holder, holder, holder
    name = numbered(names[holder])[1]
    pair = numbered(value.astype(np.int64) * (int(name.max()) + 1) + name)[1]
    several = np.flatnonzero((np.bincount(pair) > 1)[pair])
    return holder[several], numbered(pair[several])[1], kind[several].astype(np.int64)
