"""Rows that show one contact of somebody and nothing else, and who is known to use that contact."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType

import numpy as np

from scanner.census.graph import Rows
from scanner.census.kinds import PHONES
from scanner.census.linking import Linked
from scanner.census.sorting import distinct_pairs, narrow, numbered, starts_of_runs
from scanner.identifiers import I64, Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class Lone:
    """Rows that show one contact of somebody and nothing else.

    Attributes:
        rows: Their positions.
        contact: Number of the contact that each shows.
        values: The contacts, as numbers of values; in ascending order.
        users: Persons who use them, contact by contact; each of them once.
        starts: Where the users of every contact begin.

    """

    rows: I64
    contact: I64
    values: I64
    users: I64
    starts: I64

    def only(self, chosen: Mask) -> Lone:
        """Return some of the rows, and their contacts."""
        if chosen.all():
            return self
        first, contact = numbered(self.contact[chosen])
        kept = np.zeros(len(self.values), np.bool_)
        kept[self.contact[chosen][first]] = True
        used = np.repeat(kept, np.diff(self.starts, append=len(self.users)))
        return Lone(
            rows=self.rows[chosen],
            contact=contact,
            values=self.values[kept],
            users=self.users[used],
            starts=np.cumsum(used)[self.starts[kept]] - 1,
        )


def lone_contacts(rows: Rows, linked: Linked, loops: ModuleType | None = None) -> Lone:
    """Return the rows that show one contact of somebody and nothing else.

    Args:
        rows: Distinct rows.
        linked: Who is one person.
        loops: ``scanner.compiled.lone``; None to do without.

    """
    return _shown_by(rows, linked, _carried(linked, loops), loops)


def lone_phones(rows: Rows, linked: Linked) -> Lone:
    """Return the rows that show one contact, or one phone beside other contacts, and nothing else."""
    graph = linked.graph
    carried = _carried(linked, None)
    is_phone = np.isin(graph.kinds, sorted(PHONES))
    phones = np.flatnonzero(is_phone[graph.value] & linked.nameless[graph.identity])
    identity = graph.identity[phones]
    once = np.bincount(identity, minlength=graph.size)[identity] == 1
    carried[identity[once]] = graph.value[phones[once]]
    return _shown_by(rows, linked, carried, None)


def _shown_by(rows: Rows, linked: Linked, carried: I64, loops: ModuleType | None) -> Lone:
    """Return the rows that show the contact that their identity carries, and who uses those contacts."""
    position, shown = _showing(rows, carried, loops)
    own = ~rows.possible_at(position)
    first, contact = numbered(shown[own])
    values = shown[own][first]
    users, starts = _users(values, linked, loops)
    return Lone(
        rows=narrow(position[own]),
        contact=narrow(contact),
        values=values,
        users=narrow(users),
        starts=narrow(starts),
    )


def _carried(linked: Linked, loops: ModuleType | None) -> I64:
    """Return the one value that each identity carries, without a name, or -1; one more, for nobody."""
    graph = linked.graph
    carried = np.full(graph.size + 1, -1, graph.value.dtype)
    if loops is None:
        alone = np.flatnonzero((graph.degrees == 1) & linked.nameless)
        carried[alone] = graph.value[(np.cumsum(graph.degrees) - graph.degrees)[alone]]
    else:
        loops.values_carried(graph.degrees, graph.value, linked.nameless, carried)
    return carried


def _showing(rows: Rows, carried: I64, loops: ModuleType | None) -> tuple[I64, I64]:
    """Return positions of rows, and the one value that the identity of each carries, without a name."""
    if loops is None:
        position = np.flatnonzero(carried[rows.identity] >= 0)
        return position, carried[rows.identity[position]]
    size = len(rows.identity)
    position, shown = np.empty(size, np.int64), np.empty(size, carried.dtype)
    count = loops.rows_showing(rows.identity, carried, position, shown)
    return position[:count], shown[:count]


def _users(values: I64, linked: Linked, loops: ModuleType | None) -> tuple[I64, I64]:
    """Return who uses values, value by value, and where the users of each begin."""
    graph = linked.graph
    if linked.owned is not None:
        return linked.owners(loops)[values], np.arange(len(values))
    number = np.full(len(graph.kinds), -1, np.int64)
    number[values] = np.arange(len(values))
    if loops is None:
        links = np.flatnonzero((number >= 0)[graph.value])
        numbers, persons = number[graph.value[links]], linked.person[graph.identity[links]]
    else:
        numbers, persons = np.empty((2, len(graph.value)), np.int64)
        count = loops.holders_of(graph.identity, graph.value, linked.person, number, numbers, persons)
        numbers, persons = numbers[:count], persons[:count]
    numbers, users = distinct_pairs(numbers, persons)
    return users, np.flatnonzero(starts_of_runs(numbers))
