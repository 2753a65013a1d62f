"""Lists of contacts: where nearly every phone comes once, one that comes twice is two persons'.

A family that shares a phone shows in such a table as two rows that nothing else tells apart. In a log, where
phones come again and again, the second row says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType

import numpy as np

from scanner.census.graph import Rows
from scanner.census.kinds import BY_ORDER, HUB_PERSONS
from scanner.census.linking import Linked
from scanner.census.lone import Lone, lone_contacts
from scanner.census.sorting import numbered_below
from scanner.identifiers import I64, Mask

ONCE = 0.95  # share of the contacts of a list that come once
FEWEST = 20  # contacts without which a table is no list

_SHARERS = np.array([kind.sharers for kind in BY_ORDER], np.int64)


class Listed:
    """Rows of lists whose contact comes several times, and who is known to use it.

    Args:
        rows: Distinct rows, in the order in which scopes choose them.
        linked: Who is one person.
        tables: How many tables there are.
        loops: ``scanner.compiled.lone``; None to do without.

    Attributes:
        lone: The rows that show one contact of somebody and nothing else.
        contacts: Of every table, and those that come once: two rows; ``are_lists`` decides by them.

    """

    def __init__(self, rows: Rows, linked: Linked, tables: int, loops: ModuleType | None = None) -> None:
        self.lone = lone_contacts(rows, linked, loops)
        entries = _entries_of(rows, self.lone)
        once = entries.table[entries.times == 1]
        self.contacts = np.array([np.bincount(each, minlength=tables) for each in (entries.table, once)])
        self._rows, entry, contact = _repeated(entries)
        self._size = len(rows.table)
        self._table = rows.table[self._rows]
        self._counts = rows.counts[self._rows]
        self._entry = entry
        self._contact, self._contact_of = np.unique(contact, return_inverse=True)
        self._most = _SHARERS[linked.graph.kinds[self.lone.values[self._contact]]]
        self._person, self._person_contact = self._users()

    def _users(self) -> tuple[I64, I64]:
        """Return persons, and which contact of a repeated entry each of them uses."""
        number = np.full(len(self.lone.values), -1, np.int64)
        number[self._contact] = np.arange(len(self._contact))
        used = np.repeat(number, np.diff(self.lone.starts, append=len(self.lone.users)))
        known = used >= 0
        return self.lone.users[known], used[known]

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
        table, contact, times: Of every entry: where, which, in how many rows.

    """

    rows: I64
    entry: I64
    table: I64
    contact: I64
    times: I64


def _entries_of(rows: Rows, lone: Lone) -> _Entries:
    """Return what rows show that show one contact of somebody and nothing else."""
    table, contacts = rows.table[lone.rows].astype(np.int64), len(lone.values)
    places = table * contacts + lone.contact
    first, entry = numbered_below(places, (int(table.max(initial=0)) + 1) * contacts)
    return _Entries(
        rows=lone.rows,
        entry=entry,
        table=table[first],
        contact=lone.contact[first],
        times=np.bincount(entry, rows.counts[lone.rows], minlength=len(first)).astype(np.int64),
    )


def are_lists(contacts: I64) -> Mask:
    """Return which tables are lists, by their contacts and those that come once; see ``Listed``."""
    entries, once = contacts
    return np.asarray((entries >= FEWEST) & (once >= ONCE * entries))


def _repeated(entries: _Entries) -> tuple[I64, I64, I64]:
    """Return rows of repeated entries, the entry of each, and the contact of every entry."""
    repeated = (entries.times > 1) & (entries.times < HUB_PERSONS)
    kept = repeated[entries.entry]
    number = np.cumsum(repeated) - 1
    return entries.rows[kept], number[entries.entry[kept]], entries.contact[repeated]
