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
from scanner.census.sorting import distinct_pairs, numbered
from scanner.identifiers import I64, LENT_NAME, U64, Mask

FEWEST = 30  # relatives known by name, without which nothing says how many of the others are different people


# ------------------------------------------------------------------------------------ names


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


# ------------------------------------------------------------------------------------ numbers


@dataclass(frozen=True, slots=True)
class Shown:
    """Relatives under phones that other people of a scope use, too.

    Attributes:
        known: Relatives whose name or document is known.
        apart: Those of them who are in the scope as this relative only.
        unknown: Relatives of whom nothing is known but the phone, less one where nobody else uses it.
        counted: Persons counted for the latter.

    """

    known: int
    apart: int
    unknown: int
    counted: int


def unseen(parts: Sequence[Shown]) -> int:
    """Return how many persons are to be expected among unknown relatives beyond those counted."""
    known = sum(part.known for part in parts)
    if known < FEWEST:
        return 0
    expected = sum(part.unknown for part in parts) * sum(part.apart for part in parts) / known
    return max(0, round(expected - sum(part.counted for part in parts)))


class Relatives:
    """Relatives whom the rows of a part show under phones, and who else uses the phones.

    Args:
        rows: Rows of the part, some of which show a relative.
        linked: Who is one person.
        relations: Whose relative every row shows; 0 where it shows none.

    """

    def __init__(self, rows: Rows, linked: Linked, relations: U64) -> None:
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
        self._users = _users(rows, linked.graph, value, sure)
        self._mine = _rows_of_persons(rows, linked.person, persons, sure)
        self._size = len(sure)

    def shown(self, rows: I64 | slice) -> Shown:
        """Return what some rows show of relatives."""
        chosen = np.zeros(self._size, np.bool_)
        chosen[rows] = True
        seen = np.bincount(self._item[chosen[self._rows]], minlength=len(self._known))
        users = _counted(self._users, chosen, self._phone)
        mine = _counted(self._mine, chosen, self._person)
        known = self._known & (seen > 0) & (users > seen)
        unknown = np.flatnonzero(~self._known & (seen > 0))
        phones, of_phone = np.unique(self._phone[unknown], return_inverse=True)
        unused = np.ones(len(phones), np.bool_)
        unused[of_phone[users[unknown] > 0]] = False
        alone = unknown[mine[unknown] == 0]
        where, _ = distinct_pairs(np.searchsorted(phones, self._phone[alone]), self._person[alone])
        counted = np.bincount(where, minlength=len(phones))
        return Shown(
            known=int(known.sum()),
            apart=int((known & (mine == seen)).sum()),
            unknown=len(unknown) - int(unused.sum()),
            counted=int(np.maximum(counted - unused, 0).sum()),
        )


def _counted(pairs: tuple[I64, I64], chosen: Mask, group: I64) -> I64:
    """Return how many chosen rows belong to every given group, of pairs of a row and a group."""
    rows, groups = pairs
    size = int(group.max(initial=-1)) + 1
    counts: I64 = np.bincount(groups[chosen[rows]], minlength=size)[group]
    return counts


def _phones(graph: Graph) -> I64:
    """Return the first phone of every identity; -1 where it has none."""
    out = np.full(graph.size, -1, np.int64)
    links = np.flatnonzero(np.isin(graph.kinds, sorted(PHONES))[graph.value])[::-1]
    out[graph.identity[links]] = graph.value[links]
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
