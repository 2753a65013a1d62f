"""Divide the rows of a closed part: those that nothing contradicts, linked here, and the others.

Most people are plain: all that is linked to them has one name or none, one document of a kind, one age, no
hub. By the rules of ``linking`` each is one person at once; compiled loops come to the same result.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType

import numpy as np

from scanner.census.alike import joined, repeated, taken
from scanner.census.chunks import Chunk, relations_of, slots
from scanner.census.graph import Graph, Rows
from scanner.census.kinds import ACCOUNT, BY_ORDER, HUB_PERSONS, PERSONAL_ACCOUNTS, STRONG
from scanner.census.linking import Linked, held_by
from scanner.identifiers import I32, I64, U8, U64, Mask
from scanner.machine.shrinking import Array

FIRM = np.array([kind.strength in (STRONG, ACCOUNT) for kind in BY_ORDER])
ONCE = np.array([kind.strength == STRONG or kind.order in PERSONAL_ACCOUNTS for kind in BY_ORDER])


@dataclass(frozen=True, slots=True)
class Divided:
    """The rows of one part that are plain, linked, and the chunks of the others."""

    rows: Rows
    linked: Linked
    others: tuple[Chunk, ...]


def divide(chunks: Sequence[Chunk], tables: Sequence[str], loops: ModuleType) -> Divided:
    """Link the plain rows of a closed part.

    Args:
        chunks: All rows of the part.
        tables: The tables of all chunks there are, sorted.
        loops: ``scanner.compiled.plain``.

    """
    identity, first = _identities(chunks, loops)
    linked, new = _linked(_carried(chunks, identity, first, loops), loops)
    row_identity = np.append(new, np.int32(-1))[identity]
    chosen = (identity < 0) | (row_identity >= 0)
    rows = rows_of(chunks, tables, row_identity.astype(np.int64), chosen)
    return Divided(rows, linked, tuple(left_over(chunks, ~chosen)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Carried:
    """The identities of a part and what they carry.

    Attributes:
        starts, value: Where the values of every identity begin, and the values.
        kinds: Of every value.
        names, ages: Of every identity.

    """

    starts: I64
    value: I32
    kinds: U8
    names: U64
    ages: U8


def _carried(chunks: Sequence[Chunk], identity: I32, first: I64, loops: ModuleType) -> _Carried:
    links, kinds = _links(chunks, identity, first, loops)
    starts, value = np.zeros(len(first) + 1, np.int64), np.empty(links.shape[1], np.int32)
    kept = loops.sort_links(links, starts, value)
    return _Carried(
        starts=starts,
        value=value[:kept],
        kinds=kinds,
        names=np.concatenate([chunk.names for chunk in chunks])[first],
        ages=np.concatenate([chunk.ages for chunk in chunks])[first],
    )


def _linked(carried: _Carried, loops: ModuleType) -> tuple[Linked, I32]:
    """Return the plain identities, linked, and the number that each identity has there, -1 for the others."""
    size, values = len(carried.names), len(carried.kinds)
    links = (carried.starts, carried.value)
    sets, doubtful = np.arange(values, dtype=np.int32), np.zeros(values, np.bool_)
    loops.judge(*links, carried.kinds, ONCE, carried.names, carried.ages, HUB_PERSONS, sets, doubtful)
    firm, kept = FIRM[carried.kinds], ~doubtful[sets]
    certain_sets, anchors = np.arange(values, dtype=np.int32), np.empty(size, np.int32)
    loops.unite_certain(*links, firm, certain_sets, anchors)
    new, left = np.full(size, -1, np.int32), np.empty(len(carried.value), np.int64)
    person, certain, degrees = np.empty((3, size), np.int64)
    size, length = loops.label(*links, kept, sets, certain_sets, anchors, new, person, certain, degrees, left)
    plain = new >= 0
    graph = Graph(
        names=carried.names[plain],
        ages=carried.ages[plain],
        degrees=degrees[:size],
        value=left[:length],
        kinds=carried.kinds[kept],
    )
    person, certain = person[:size], certain[:size]
    return Linked(
        graph=graph,
        person=person,
        certain=certain,
        contact_only=~firm[anchors[plain]],
        held=(held_by(graph, person), held_by(graph, certain)),
    ), new


def _room(size: int) -> tuple[U64, I32]:
    """Return the room of a hash table for so many keys: keys, and their numbers."""
    return np.zeros(slots(size), np.uint64), np.empty(slots(size), np.int32)


def _identities(chunks: Sequence[Chunk], loops: ModuleType) -> tuple[I32, I64]:
    """Return the number of every row's identity, -1 for nobody, and the first row of each."""
    keys = np.concatenate([chunk.keys for chunk in chunks])
    identity, first = np.empty(len(keys), np.int32), np.empty(len(keys), np.int64)
    count = loops.number_identities(keys, *_room(len(keys)), identity, first)
    return identity, first[:count]


def _links(chunks: Sequence[Chunk], identity: I32, first: I64, loops: ModuleType) -> tuple[I32, U8]:
    """Return links (identities, values), and the kind of every value."""
    starts = np.cumsum([0, *(len(chunk) for chunk in chunks)])
    columns = [
        (order, start, digests)
        for start, chunk in zip(starts.tolist(), chunks, strict=False)
        for order, digests in chunk.ids
    ]
    links = np.empty((2, sum(len(digests) for _, _, digests in columns)), np.int32)
    values = count = 0
    kinds: list[U8] = []
    for kind in sorted({order for order, _, _ in columns}):
        mine = [(start, digests) for order, start, digests in columns if order == kind]
        table = _room(sum(len(digests) for _, digests in mine))
        before = values
        for start, digests in mine:
            held = np.ascontiguousarray(digests)
            values, count = loops.number_values(held, start, identity, first, *table, links, values, count)
        kinds.append(np.full(values - before, kind, np.uint8))
    return links[:, :count], np.concatenate([*kinds, np.zeros(0, np.uint8)])


def rows_of(chunks: Sequence[Chunk], tables: Sequence[str], identity: I64, chosen: Mask) -> Rows:
    """Return the chosen rows of chunks, with the numbers of their identities."""

    def of(chunk: Chunk, number: np.generic) -> Array:
        return repeated(number, len(chunk))

    return Rows(
        table=taken(joined([of(chunk, np.int32(tables.index(chunk.table))) for chunk in chunks]), chosen),
        own=taken(joined([of(chunk, np.bool_(chunk.own)) for chunk in chunks]), chosen),
        identity=identity[chosen],
        born_as=taken(joined([chunk.born_as for chunk in chunks]), chosen),
        flags=np.concatenate([chunk.flags for chunk in chunks])[chosen],
        counts=taken(joined([chunk.counts for chunk in chunks]), chosen),
        relations=None if (relations := relations_of(chunks)) is None else relations[chosen],
    )


def left_over(chunks: Sequence[Chunk], rows: Mask) -> Iterator[Chunk]:
    """Yield what is left of chunks with these of all their rows."""
    start = 0
    for chunk in chunks:
        mine = np.flatnonzero(rows[start : start + len(chunk)])
        start += len(chunk)
        if len(mine):
            yield chunk.only(mine)
