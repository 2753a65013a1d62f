"""Lists of contacts: where nearly every phone comes once, one that comes twice is two persons'.

A family that shares a phone shows in such a table as two rows that nothing else tells apart. In a log, where
phones come again and again, the second row says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scanner.census.graph import Rows
from scanner.census.kinds import BY_ORDER, HUB_PERSONS
from scanner.census.linking import Linked
from scanner.census.sorting import distinct_pairs, narrow, numbered, starts_of_runs
from scanner.identifiers import I64, Mask

ONCE = 0.95  # share of the contacts of a list that come once
FEWEST = 20  # contacts without which a table is no list

_SHARERS = np.array([kind.sharers for kind in BY_ORDER], np.int64)


@dataclass(frozen=True, slots=True)
class Lone:
    """Rows that show one contact of somebody and nothing else.

    Attributes:
        rows: Their positions.
        value: The contact that each shows.

    """

    rows: I64
    value: I64

    def only(self, chosen: Mask) -> Lone:
        """Return some of them."""
        return Lone(self.rows[chosen], self.value[chosen])


class Listed:
    """Rows of lists whose contact comes several times, and who is known to use it.

    Args:
        rows: Distinct rows, in the order in which scopes choose them.
        linked: Who is one person.
        tables: How many tables there are.

    Attributes:
        lone: The rows that show one contact of somebody and nothing else.
        contacts: Of every table, and those that come once: two rows; ``are_lists`` decides by them.

    """

    def __init__(self, rows: Rows, linked: Linked, tables: int) -> None:
        values = _lone_values(linked)
        self.lone = _lone_contacts(rows, values)
        entries = _entries_of(rows, self.lone.rows)
        once = entries.table[entries.times == 1]
        self.contacts = np.array([np.bincount(each, minlength=tables) for each in (entries.table, once)])
        self._rows, entry, identity = _repeated(entries)
        self._size = len(rows.table)
        self._table = rows.table[self._rows]
        self._counts = rows.counts[self._rows]
        self._entry = entry
        self._contact, self._contact_of = np.unique(identity, return_inverse=True)
        self._value = values[self._contact]
        self._most = _SHARERS[linked.graph.kinds[self._value]]
        self._person, self._person_contact = self._users(linked)

    def _users(self, linked: Linked) -> tuple[I64, I64]:
        graph = linked.graph
        number = np.zeros(len(graph.kinds), np.int64)
        number[self._value] = np.arange(len(self._value))
        shared = np.zeros(len(graph.kinds), np.bool_)
        shared[self._value] = True
        chosen = np.flatnonzero(shared[graph.value])
        return distinct_pairs(linked.person[graph.identity[chosen]], number[graph.value[chosen]])

    def further(self, rows: I64 | slice, persons: Mask, lists: Mask) -> int:
        """Return how many more persons the rows show than those of ``persons`` who use the same contacts.

        Args:
            rows: Positions of the rows of a scope.
            persons: Which persons they show.
            lists: Which tables are lists.

        """
        if len(self._rows) == 0:
            return 0
        chosen = np.zeros(self._size, np.bool_)
        chosen[rows] = True
        taken = chosen[self._rows] & lists[self._table]
        if not taken.any():
            return 0
        times = np.bincount(self._entry[taken], self._counts[taken], minlength=len(self._contact_of))
        shown = np.zeros(len(self._contact), np.int64)
        np.maximum.at(shown, self._contact_of, times.astype(np.int64))
        users = np.bincount(self._person_contact[persons[self._person]], minlength=len(self._contact))
        return int(np.maximum(np.minimum(shown, self._most) - users, 0).sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entries:
    """Rows of one part that show one contact of somebody and nothing else, by table and contact.

    Attributes:
        rows: Positions of the rows; ``entry`` is the number of what each shows.
        table, identity, times: Of every entry: where, which, in how many rows.

    """

    rows: I64
    entry: I64
    table: I64
    identity: I64
    times: I64


def _lone_contacts(rows: Rows, values: I64) -> Lone:
    lone = np.append(values >= 0, False)  # the last is for nobody, -1
    position = np.flatnonzero(lone[rows.identity] & ~rows.possible)
    return Lone(narrow(position), values[rows.identity[position]])


def _lone_values(linked: Linked) -> I64:
    """Return the value of every identity that carries one contact and nothing else; -1 of the others."""
    graph = linked.graph
    starts = starts_of_runs(graph.identity)
    alone = np.flatnonzero(starts & np.append(starts[1:], True))
    alone = alone[linked.nameless[graph.identity[alone]]]
    out = np.full(graph.size, -1, graph.value.dtype)
    out[graph.identity[alone]] = graph.value[alone]
    return out


def _entries_of(rows: Rows, position: I64) -> _Entries:
    """Return what the rows at some positions show, which carry one contact and nothing else."""
    width = int(rows.identity.max(initial=0)) + 1
    first, entry = numbered(narrow(rows.table[position] * np.int64(width) + rows.identity[position]))
    return _Entries(
        rows=position,
        entry=entry,
        table=rows.table[position[first]].astype(np.int64),
        identity=rows.identity[position[first]],
        times=np.bincount(entry, rows.counts[position], minlength=len(first)).astype(np.int64),
    )


def are_lists(contacts: I64) -> Mask:
    """Return which tables are lists, by their contacts and those that come once; see ``Listed``."""
    entries, once = contacts
    return np.asarray((entries >= FEWEST) & (once >= ONCE * entries))


def _repeated(entries: _Entries) -> tuple[I64, I64, I64]:
    """Return rows of repeated entries, the entry of each, and the identity of every entry."""
    repeated = (entries.times > 1) & (entries.times < HUB_PERSONS)
    kept = repeated[entries.entry]
    number = np.cumsum(repeated) - 1
    return entries.rows[kept], number[entries.entry[kept]], entries.identity[repeated]
