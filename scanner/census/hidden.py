"""Further users of contacts in lists, hidden where the row of a contact may as well be its known user's.

In a list each person comes once. A contact of one known user comes twice if somebody else who uses it is in
the list, too. So how many come twice says how likely a known user is in the list; the other rows are somebody
else's, also where they come once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType

import numpy as np

from scanner.census.graph import Rows
from scanner.census.holdings import Holdings
from scanner.census.kinds import BY_ORDER, CONTACT, HUB_PERSONS
from scanner.census.linking import Linked
from scanner.census.lone import Lone
from scanner.census.sorting import numbered_below, starts_of_runs
from scanner.census.sums import Sums
from scanner.identifiers import I32, I64, Mask

FEWEST_TWICE = 5  # contacts that come twice without which nothing says how likely users are in the list
FEWEST_TWICE_HERE = 2  # and without which a scope shows no further users
_IS_CONTACT = np.array([kind.strength == CONTACT for kind in BY_ORDER])
MOST_OF_CHANCE = 0.5  # as many come twice, of those that would if rows fell on the contacts at random


@dataclass(frozen=True, slots=True, kw_only=True)
class Use(Sums):
    """How often contacts of one known user come in lists; one entry per kind.

    Attributes:
        contacts: Contacts of one known user, whether or not in a list.
        rows: How often they come.
        twice: Pairs of rows that show the same one.
        counted: Persons other than the known user who are counted for them.

    """

    contacts: I64
    rows: I64
    twice: I64
    counted: I64


class Contacts:
    """The contacts of a part: who uses them, and how they come in lists.

    Args:
        rows: All rows.
        linked: Who is one person.
        lone: Rows in lists that show one contact of somebody and nothing else.
        loops: ``scanner.compiled.touches``; None to do without.

    """

    def __init__(self, rows: Rows, linked: Linked, lone: Lone, loops: ModuleType | None = None) -> None:
        graph = linked.graph
        self._linked = linked
        self._loops = loops  # until they were used once
        self._rows = lone.rows
        self._person = linked.person[rows.identity[lone.rows]]
        self._counts = rows.counts[lone.rows]
        self._place = lone.contact
        self._kinds = graph.kinds[lone.values]
        self._users = lone.users, lone.starts
        width = _width(rows.table)
        places = self._place * width + rows.table[lone.rows]
        entries, self._entry = numbered_below(places, len(lone.values) * width)
        self._entries = len(entries)
        self._in_lists = np.flatnonzero(starts_of_runs(self._place[entries]))

    def use(self, rows: Mask, known: Mask) -> Use:
        """Return how often contacts come in lists.

        Args:
            rows: The rows of the lists that are looked at.
            known: Which persons are known in another way.

        """
        contacts = self._of_one(known)
        if len(self._rows) == 0:
            none = np.zeros(len(BY_ORDER), np.int64)
            return Use(contacts=contacts, rows=none, twice=none, counted=none)
        user = self._only_user(known)
        times, others = self._times(np.flatnonzero(rows[self._rows]), user)
        hubs = (user >= 0) & (times >= HUB_PERSONS)
        chosen = np.flatnonzero((user >= 0) & (times > 0) & ~hubs)
        times, kinds = times[chosen], self._kinds[chosen]

        def by_kind(numbers: I64) -> I64:
            return np.bincount(kinds, numbers, minlength=len(BY_ORDER)).astype(np.int64)

        return Use(
            contacts=contacts - np.bincount(self._kinds[hubs], minlength=len(BY_ORDER)),
            rows=by_kind(times),
            twice=by_kind(times * (times - 1) // 2),
            counted=by_kind(np.maximum(times - 1, others[chosen])),
        )

    def _of_one(self, known: Mask) -> I64:
        """Return how many contacts of every kind exactly one of some persons has."""
        graph = self._linked.graph
        if self._linked.owned is not None:
            return self._of_owners(known)
        if self._loops is None:
            return self._held.values_of_one(known)
        loops, self._loops = self._loops, None  # looking at every link is quicker once, and slower twice
        counts, user = np.zeros(len(BY_ORDER), np.int64), np.full(len(graph.kinds), -1, np.int32)
        loops.count_of_one(graph.identity, graph.value, self._linked.person, graph.kinds, known, user, counts)
        return np.where(_IS_CONTACT, counts, 0)

    def _of_owners(self, known: Mask) -> I64:
        kinds = self._linked.graph.kinds
        if self._loops is None:
            counts = np.bincount(kinds[known[self._owners]], minlength=len(BY_ORDER))
        else:
            counts = np.zeros(len(BY_ORDER), np.int64)
            self._loops.count_owned(self._owners, kinds, known, counts)
        return np.where(_IS_CONTACT, counts, 0)

    @cached_property
    def _owners(self) -> I64:
        return self._linked.owners(self._loops)

    @cached_property
    def _held(self) -> Holdings:
        return contacts_held(self._linked)

    def _only_user(self, known: Mask) -> I64:
        """Return the known person of every contact in lists; -1 where there is none, or several."""
        user, starts = self._users
        among = known[user]
        number = np.add.reduceat(among, starts, dtype=np.int64)
        return np.where(number == 1, np.add.reduceat(np.where(among, user, 0), starts), -1)

    def _times(self, chosen: I64, user: I64) -> tuple[I64, Mask]:
        """Return how often each contact comes in one list, and whether it shows somebody else than a user."""
        place = self._place[chosen]
        in_list = np.bincount(self._entry[chosen], self._counts[chosen], minlength=self._entries)
        others = np.zeros(len(user), np.bool_)
        others[place[self._person[chosen] != user[place]]] = True
        return np.maximum.reduceat(in_list.astype(np.int64), self._in_lists), others


def contacts_held(linked: Linked) -> Holdings:
    """Return the contacts of every person."""
    graph = linked.graph
    person = linked.person[graph.identity]
    links = np.flatnonzero(_IS_CONTACT[graph.kinds][graph.value] & (person >= 0))
    return Holdings(person[links], graph.value[links], graph.kinds, len(linked.held[0]))


def _width(tables: I32) -> int:
    return int(tables.max(initial=0)) + 1


@dataclass(frozen=True, slots=True)
class Uses:
    """What a scope that has lists shows in one part.

    Attributes:
        here: Use of the contacts of those known in the scope.
        everywhere: Use of the contacts of all who are known.

    """

    here: Use
    everywhere: Use


def hidden_users(parts: Sequence[Uses]) -> int:
    """Return how many persons the lists of a scope show beyond those counted."""
    if not parts:
        return 0
    here = Use.total(part.here for part in parts)
    everywhere = Use.total(part.everywhere for part in parts)
    kinds = np.flatnonzero((everywhere.twice >= FEWEST_TWICE) & (here.twice >= FEWEST_TWICE_HERE))
    return sum(_hidden_users(here, everywhere, kind) for kind in kinds.tolist())


def _hidden_users(here: Use, everywhere: Use, kind: int) -> int:
    mean = int(everywhere.rows[kind]) / int(everywhere.contacts[kind])
    by_others = 2 * int(everywhere.twice[kind]) / int(everywhere.contacts[kind])
    if by_others > MOST_OF_CHANCE * mean**2:
        return 0
    listed: float = (mean**2 - by_others) ** 0.5
    theirs = int(here.rows[kind]) - listed * int(here.contacts[kind])
    return max(0, round(theirs - int(here.counted[kind])))
