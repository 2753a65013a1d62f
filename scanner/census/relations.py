"""Relatives whom rows show under a phone without a name: guardians of children, emergency contacts.

The guardian of one child under one phone is one person, whatever table says so: a row without a name takes it
from another. Of those that nothing names, how many are different people is measured on the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scanner.census.chunks import MINOR, Chunk
from scanner.census.graph import Graph, Rows
from scanner.census.kinds import BY_ORDER, CONTACT, PHONES, RELATIONS
from scanner.census.linking import Linked
from scanner.census.sorting import distinct_pairs, numbered, starts_of_runs
from scanner.census.sums import Sums
from scanner.identifiers import I64, LENT_NAME, U64, Mask

FEWEST = 30  # relatives known by name, without which nothing says how many of the others are different people


def lend_names(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Return chunks whose relatives with contacts only have the name that other rows give the same relative.

    Where other rows give several names, none is taken.
    """
    relations = [_relations(chunk) for chunk in chunks]
    if not any(held is not None for held in relations):
        return list(chunks)
    lenders = _lenders([(c, held) for c, held in zip(chunks, relations, strict=True) if held is not None])
    return [
        chunk if held is None else _with_lent_names(chunk, held, *lenders)
        for chunk, held in zip(chunks, relations, strict=True)
    ]


def _relations(chunk: Chunk) -> U64 | None:
    return next((digests for order, digests in chunk.ids if order == RELATIONS), None)


def _lenders(related: Iterable[tuple[Chunk, U64]]) -> tuple[U64, U64]:
    """Return relations with one name, sorted, and the name of each."""
    named = [((held != 0) & (chunk.names != 0), chunk, held) for chunk, held in related]
    relations = np.concatenate([held[rows] for rows, _, held in named])
    names = np.concatenate([chunk.names[rows] for rows, chunk, _ in named])
    first, place = numbered(relations)
    agreed = np.ones(len(first), np.bool_)
    agreed[place[names != names[first][place]]] = False
    return relations[first][agreed], names[first][agreed]


def _with_lent_names(chunk: Chunk, held: U64, relations: U64, names: U64) -> Chunk:
    ids = tuple((order, digests) for order, digests in chunk.ids if order != RELATIONS)
    place = np.searchsorted(relations, held)
    lent = (chunk.names == 0) & (held != 0) & (np.append(relations, np.uint64(0))[place] == held)
    for order, digests in ids:
        if BY_ORDER[order].strength != CONTACT:
            lent &= digests == 0
    return replace(
        chunk,
        ids=ids,
        names=np.where(lent, np.append(names, np.uint64(0))[place], chunk.names),
        flags=chunk.flags | np.where(lent, np.uint32(LENT_NAME), np.uint32(0)),
        relations=held,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown(Sums):
    """Relatives under phones that other people of a scope use, too; one entry per table that shows them.

    Attributes:
        known: Relatives whose name or document is known.
        apart: Those of them who are in the scope as this relative only.
        unknown: Relatives of whom nothing is known but the phone, less one where nobody else uses it.
        counted: Persons counted for the latter.

    """

    known: I64
    apart: I64
    unknown: I64
    counted: int


def unseen(parts: Sequence[Shown]) -> int:
    """Return how many persons are to be expected among unknown relatives beyond those counted."""
    if not parts:
        return 0
    shown = Shown.total(parts)
    told = shown.known >= FEWEST
    expected = float((shown.unknown[told] * shown.apart[told] / shown.known[told]).sum())
    return max(0, round(expected - shown.counted))


class Relatives:
    """Relatives whom the rows of a part show under phones, and who else uses the phones.

    Args:
        rows: Rows of the part, some of which show a relative.
        linked: Who is one person.
        relations: Whose relative every row shows; 0 where it shows none.
        tables: How many tables there are.

    """

    def __init__(self, rows: Rows, linked: Linked, relations: U64, tables: int) -> None:
        phones = _phones(linked.graph)
        phone = np.append(phones, -1)[rows.identity]
        self._rows = np.flatnonzero((relations != 0) & (phone >= 0))
        identity = rows.identity[self._rows]
        person = linked.person[identity].astype(np.int64)
        first, self._item = _numbered_pairs(numbered(relations[self._rows])[1], person)
        unknown = linked.nameless[identity]
        self._known = np.zeros(len(first), np.bool_)
        self._known[self._item[~unknown]] = True
        value, self._phone = np.unique(phone[self._rows][first], return_inverse=True)
        persons, self._person = np.unique(person[first], return_inverse=True)
        sure = np.ones(len(rows.identity), np.bool_)
        sure[self._rows[unknown]] = False
        sure[rows.possible] = False
        self._users = _users(rows, linked.graph, value, sure)
        self._mine = _rows_of_persons(rows, linked.person, persons, sure)
        self._size = len(sure)
        self._table, self._tables = rows.table[self._rows].astype(np.int64), tables

    def shown(self, rows: I64 | slice) -> Shown:
        """Return what some rows show of relatives."""
        chosen = np.zeros(self._size, np.bool_)
        chosen[rows] = True
        related = chosen[self._rows]
        if not related.any():
            nobody = np.zeros(self._tables, np.int64)
            return Shown(known=nobody, apart=nobody, unknown=nobody, counted=0)
        seen = np.bincount(self._item[related], minlength=len(self._known))
        users = _counted(self._users, chosen, self._phone)
        mine = _counted(self._mine, chosen, self._person)
        item, table = distinct_pairs(self._item[related], self._table[related])
        known = self._known & (seen > 0) & (users > seen)
        further, counted = self._unknown(np.flatnonzero(~self._known & (seen > 0)), users > 0, mine > 0)

        def by_table(items: Mask) -> I64:
            return np.bincount(table[items], minlength=self._tables)

        return Shown(
            known=by_table(known[item]),
            apart=by_table((known & (mine == seen))[item]),
            unknown=by_table(further[item] & starts_of_runs(item)),
            counted=counted,
        )

    def _unknown(self, unknown: I64, used: Mask, elsewhere: Mask) -> tuple[Mask, int]:
        """Return which unknown relatives may be further persons, and how many are counted as such.

        Args:
            unknown: The unknown relatives; the others have one entry per relative.
            used: Whose phone somebody else uses.
            elsewhere: Whose person is in the scope otherwise.

        """
        phones, first, of_phone = np.unique(self._phone[unknown], return_index=True, return_inverse=True)
        first = first[~used[unknown[first]]]
        further = np.zeros(len(used), np.bool_)
        further[unknown] = True
        further[unknown[first]] = False
        alone = ~elsewhere[unknown]
        phone, _ = distinct_pairs(of_phone[alone], self._person[unknown[alone]])
        counted = np.bincount(phone, minlength=len(phones))
        counted[of_phone[first]] -= 1
        return further, int(np.maximum(counted, 0).sum())


def _counted(pairs: tuple[I64, I64], chosen: Mask, group: I64) -> I64:
    """Return how many chosen rows belong to every given group, of pairs of a row and a group."""
    rows, groups = pairs
    size = int(group.max(initial=-1)) + 1
    counts: I64 = np.bincount(groups[chosen[rows]], minlength=size)[group]
    return counts


def _phones(graph: Graph) -> I64:
    """Return the phone of every identity, a mobile before a landline; -1 for none, or several of a kind."""
    out = np.full(graph.size, -1, np.int64)
    for kind in sorted(PHONES, reverse=True):
        links = np.flatnonzero((graph.kinds == kind)[graph.value])
        holders = graph.identity[links]
        out[holders] = graph.value[links]
        out[np.bincount(holders, minlength=graph.size) > 1] = -1
    return out


def _numbered_pairs(left: I64, right: I64) -> tuple[I64, I64]:
    return numbered(left * (int(right.max(initial=0)) + 1) + right)


def _users(rows: Rows, graph: Graph, phones: I64, sure: Mask) -> tuple[I64, I64]:
    """Return rows that show a user of a phone who may be a relative, and the number of the phone."""
    number = np.full(len(graph.kinds), -1, np.int64)
    number[phones] = np.arange(len(phones))
    links = np.flatnonzero((number[graph.value] >= 0) & (graph.ages[graph.identity] != MINOR))
    holders, used = graph.identity[links], number[graph.value[links]]
    starts = np.searchsorted(holders, np.arange(graph.size + 1))
    widths = np.append(np.diff(starts), 0)[rows.identity] * sure
    row = np.repeat(np.arange(len(widths)), widths)
    within = np.arange(len(row)) - np.repeat(np.cumsum(widths) - widths, widths)
    return row, used[starts[rows.identity[row]] + within]


def _rows_of_persons(rows: Rows, person: I64, persons: I64, sure: Mask) -> tuple[I64, I64]:
    """Return the rows of some persons (sorted), and the number of the person."""
    number = np.full(int(person.max(initial=-1)) + 2, -1, np.int64)  # the last one is nobody's
    number[persons] = np.arange(len(persons))
    whose = number[np.append(person, -1)[rows.identity]]
    row = np.flatnonzero((whose >= 0) & sure)
    return row, whose[row]
