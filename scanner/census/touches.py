"""What the rows of a part touch: persons, groups by certain links, and contacts that stand alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from types import ModuleType

import numpy as np

from scanner.census.kinds import BY_ORDER, holds
from scanner.census.linking import Linked
from scanner.census.parts import Part
from scanner.census.sorting import distinct, numbered
from scanner.identifiers import I64, LENT_NAME, U64, UNPROVEN, Mask

Choice = I64 | slice  # positions of rows, or from which to which
_FEW = 8  # rows of this part of the groups at most are sorted rather than added up group by group


@dataclass(frozen=True, slots=True, kw_only=True)
class Touches:
    """What some rows touch.

    Attributes:
        persons: Which persons they show.
        anchored: Which of them by more than nameless contacts.
        by_name: Which of them by rows that are of somebody of their name, whatever contacts say.
        groups: Which groups by certain links.
        further: How many more persons than groups may be: a nameless contact may be several people's.
        rows, anonymous: How many rows there are, and how many are about nobody known.
        possible: How many may be further persons: values of cells with several.
        proven: Groups that a row proves: not one of several values of a cell.

    """

    persons: Mask
    anchored: Mask
    by_name: Mask
    groups: Mask
    further: int
    rows: int
    anonymous: int
    proven: Mask
    possible: int = 0


class Touching:
    """Rows of a part and whom they show. The arrays have one entry per row, ``sharers`` one per group.

    Args:
        part: The part.
        linked: Who is one person in it.
        loops: ``scanner.compiled.touches``; None to do without.

    """

    def __init__(self, part: Part, linked: Linked, loops: ModuleType | None = None) -> None:
        self._part, self._rows, self._linked = part, part.rows, linked
        self._loops = loops

    @cached_property
    def person(self) -> I64:
        """Return the person of every row; -1 for nobody."""
        return _looked_up(self._linked.person, self._rows.identity)

    @cached_property
    def certain(self) -> I64:
        """Return the group by certain links of every row; -1 for none."""
        return _looked_up(self._linked.certain, self._rows.identity)

    @cached_property
    def nameless(self) -> Mask:
        """Return rows that show nothing but contacts, also where another row lends them a name."""
        nameless = np.append(self._linked.nameless, False)[self._rows.identity]
        if self._part.relatives is None:
            return nameless
        lent = ((self._rows.flags & LENT_NAME) != 0) & (self.person >= 0)
        return np.asarray(nameless | lent)

    @cached_property
    def by_name(self) -> Mask:
        """Return rows of somebody of a name, whatever contacts say; not those that another row lends one."""
        by_name = self._linked.by_name
        if not by_name.any():
            return np.zeros(len(self._rows.identity), np.bool_)
        return np.asarray(np.append(by_name, False)[self._rows.identity] & ~self.nameless)

    @cached_property
    def _unproven(self) -> Mask:
        """Return rows that show one of several values of a cell, so that somebody else may be its person."""
        unproven: Mask = np.asarray((self._rows.flags & UNPROVEN) != 0)
        if not unproven.any():
            return unproven
        named = np.append(self._linked.graph.names != 0, False)[self._rows.identity]
        return np.asarray(unproven & ~named)

    @cached_property
    def _in_cells(self) -> Mask:
        return self._rows.possible | self._unproven

    @cached_property
    def _have_cells(self) -> bool:
        return bool(self._in_cells.any())

    def shown(self, rows: Choice) -> Choice:
        """Return rows without those about somebody who may be the row's own person after all."""
        return self._places(rows, ~self._rows.possible) if self._have_cells else rows

    def proven(self, rows: Choice) -> Choice:
        """Return rows without those that show one of several values of a cell."""
        return self._places(rows, ~self._in_cells) if self._have_cells else rows

    @cached_property
    def sharers(self) -> I64:
        """Return, for every group, how many persons may share one of its contacts."""
        return _most_sharers(self._linked.held[1])

    def of(self, rows: Choice) -> Touches:
        """Return what some rows touch."""
        if isinstance(rows, slice) and rows == slice(0, len(self._rows.table)):
            return self._of_all
        return self._of(rows)

    @cached_property
    def _of_all(self) -> Touches:
        return self._of(slice(None))

    def _of(self, rows: Choice) -> Touches:
        if not self._have_cells:
            return self._of_shown(rows)
        shown = self.shown(rows)
        return replace(
            self._of_shown(shown),
            possible=self._further_persons(self._places(rows, self._rows.possible)),
            proven=touched(self.certain[self._places(shown, ~self._unproven)], len(self.sharers)),
        )

    def _further_persons(self, rows: I64) -> int:
        """Return how many persons some rows may be about; one each, where they show no usable value."""
        known = self._rows.identity[rows] >= 0
        return len(distinct(self._rows.identity[rows[known]])) + int(self._rows.counts[rows[~known]].sum())

    def _places(self, rows: Choice, chosen: Mask) -> I64:
        """Return the positions of those of some rows that are chosen."""
        return np.arange(len(chosen))[rows][chosen[rows]]

    def _of_shown(self, rows: Choice) -> Touches:
        return self._by_numpy(rows) if self._loops is None else self._by_loops(rows, self._loops)

    def _by_loops(self, rows: Choice, loops: ModuleType) -> Touches:
        persons, anchored = np.zeros((2, self._part.persons), np.bool_)
        groups, named = np.zeros((2, len(self.sharers)), np.bool_)
        alone = np.zeros(len(self.sharers), np.int64)
        lent = np.zeros(0, np.uint32) if self._part.relatives is None else self._rows.flags[rows] & LENT_NAME
        found, anonymous = loops.touch(
            *(self._rows.identity[rows], np.ascontiguousarray(self._rows.counts[rows]), lent),
            *(self._linked.nameless, self._linked.person, self._linked.certain),
            *(persons, anchored, groups, named, alone),
        )
        return Touches(
            persons=persons,
            anchored=anchored,
            by_name=self._shown_by_name(rows),
            groups=groups,
            proven=groups,
            further=loops.further_users(named, alone, self.sharers),
            rows=found,
            anonymous=anonymous,
        )

    def _by_numpy(self, rows: Choice) -> Touches:
        person, certain, nameless = self.person[rows], self.certain[rows], self.nameless[rows]
        counts = self._rows.counts[rows]
        groups = touched(certain, len(self.sharers))
        return Touches(
            persons=touched(person, self._part.persons),
            anchored=touched(person[~nameless], self._part.persons),
            by_name=self._shown_by_name(rows),
            groups=groups,
            proven=groups,
            further=self._further_users(certain, nameless, counts),
            rows=int(counts.sum()),
            anonymous=int(counts[person < 0].sum()),
        )

    def _shown_by_name(self, rows: Choice) -> Mask:
        if not self.by_name.any():
            return np.zeros(self._part.persons, np.bool_)
        return touched(self.person[rows][self.by_name[rows]], self._part.persons)

    def _further_users(self, certain: I64, nameless: Mask, counts: I64) -> int:
        named = touched(certain[~nameless], len(self.sharers))
        groups, alone = _sums(certain[nameless], counts[nameless], len(self.sharers))
        possible = np.minimum(named[groups] + alone, self.sharers[groups])
        return int(np.maximum(possible - 1, 0).sum())


def touched(groups: I64, size: int) -> Mask:
    """Return which of so many groups are among these; -1 is none."""
    out = np.zeros(size + 1, np.bool_)
    out[groups] = True
    return out[:size]


def _looked_up(groups: I64, identity: I64) -> I64:
    return np.append(groups, -1).astype(np.int64, copy=False)[identity]


def _sums(groups: I64, counts: I64, size: int) -> tuple[I64, I64]:
    """Return the groups there are among so many, and the sum of the counts of each."""
    if len(groups) * _FEW < size:
        first, place = numbered(groups)
        return groups[first], np.bincount(place, counts, minlength=len(first)).astype(np.int64)
    sums = np.bincount(groups, counts, minlength=size)
    found = np.flatnonzero(sums)
    return found, sums[found].astype(np.int64)


def _most_sharers(held: U64) -> I64:
    """Return, for every group, how many persons may share one of its contacts, by the kinds that it holds."""
    out = np.ones(len(held), np.int64)
    anywhere = np.bitwise_or.reduce(held, initial=np.uint64(0))
    for kind in BY_ORDER:
        if kind.sharers > 1 and (int(anywhere) >> kind.order) & 1:
            np.maximum(out, holds(held, kind.order) * np.int64(kind.sharers), out=out)
    return out
