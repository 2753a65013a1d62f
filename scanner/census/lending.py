"""Rows that show nobody, but the number of a thing: they are about the person of whoever has the thing.

A diagnosis says of which visit it is, and the visit says of which patient. So such a row takes the
identifiers of the other, and is one of the same person's, as a row is that has them itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from scanner.census.chunks import Chunk
from scanner.census.hashing import identity_keys
from scanner.census.kinds import RELATIONS, THING_NUMBERS
from scanner.census.small import in_columns
from scanner.census.sorting import numbered
from scanner.identifiers import I64, U8, U64, Mask

_STEPS = 4  # from thing to thing: of an item to its prescription, of that to the visit


def lend_persons(chunks: Sequence[Chunk]) -> tuple[list[Chunk], bool]:
    """Return chunks whose rows about a thing have the identifiers and the name of the row that has it.

    Where other rows give several persons, none is taken. No number of a thing is left. The second value says
    whether rows of one thing show one person at most: else such a number may have held several together.
    """
    lent = list(chunks)
    if not any(_numbers(chunk) for chunk in lent):
        return lent, True
    for _ in range(_STEPS):
        lenders = _Lenders.among(lent)
        taken = [_with_person(chunk, lenders) for chunk in lent]
        if all(now is before for now, before in zip(taken, lent, strict=True)):
            return [_without_numbers(chunk) for chunk in lent], lenders.agree
        lent = taken
    return [_without_numbers(chunk) for chunk in lent], False


def _numbers(chunk: Chunk) -> list[U64]:
    return [digests for order, digests in chunk.ids if order == THING_NUMBERS]


def _without_numbers(chunk: Chunk) -> Chunk:
    kept = tuple((order, digests) for order, digests in chunk.ids if order != THING_NUMBERS)
    return chunk if len(kept) == len(chunk.ids) else replace(chunk, ids=kept)


def _identified(chunk: Chunk) -> Mask:
    return replace(chunk, ids=tuple((o, digests) for o, digests in chunk.ids if o < RELATIONS)).known


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lenders:
    """Things, sorted, and what the row of each has.

    Attributes:
        kinds: Of every column of ``ids``, the kind and its number among those of the kind.
        agree: Whether no other rows of a thing have something else.
    """

    things: U64
    ids: U64
    names: U64
    kinds: tuple[tuple[int, int], ...]
    agree: bool

    @classmethod
    def among(cls, chunks: Sequence[Chunk]) -> _Lenders:
        """Return what rows with identifiers have, where the rows of a thing have the same."""
        shown = [
            (digests[rows], _without_numbers(chunk).only(rows))
            for chunk in chunks
            for digests in _numbers(chunk)
            if (rows := np.flatnonzero((digests != 0) & _identified(chunk))).size
        ]
        if not shown:
            none = np.zeros(0, np.uint64)
            return cls(things=none, ids=none.reshape(0, 0), names=none, kinds=(), agree=True)
        things = np.concatenate([digests for digests, _ in shown])
        people = [chunk for _, chunk in shown]
        ids, (kinds, before) = in_columns(people)
        names = np.concatenate([chunk.names for chunk in people])
        first, place = numbered(things)
        alike = identity_keys([*zip(kinds.tolist(), ids.T, strict=True)], names, np.zeros(len(ids), np.uint8))
        agreed = np.ones(len(first), np.bool_)
        agreed[place[alike != alike[first][place]]] = False
        rows = first[agreed]
        return cls(
            things=things[rows],
            ids=ids[rows],
            names=names[rows],
            kinds=_of_kind(kinds, before),
            agree=bool(agreed.all()),
        )

    def of(self, numbers: U64) -> I64:
        """Return the place of each number among the things; -1 where it is none."""
        place = np.minimum(np.searchsorted(self.things, numbers), len(self.things) - 1)
        return np.where((numbers != 0) & (self.things[place] == numbers), place, -1)


def _of_kind(kinds: U8, before: I64) -> tuple[tuple[int, int], ...]:
    """Return of every column its kind, and how many columns of the kind stand before it."""
    return tuple(zip(kinds.tolist(), (np.arange(len(kinds)) - before).tolist(), strict=True))


def _with_person(chunk: Chunk, lenders: _Lenders) -> Chunk:
    """Return a chunk whose rows that show nobody have what the row of their thing has."""
    numbers = _numbers(chunk)
    if not numbers or not len(lenders.things):
        return chunk
    place = np.full(len(chunk), -1, np.int64)
    wanted = ~_identified(chunk) & ~chunk.blank & (chunk.names == 0)
    for digests in numbers:
        rows = np.flatnonzero(wanted & (place < 0))
        place[rows] = lenders.of(digests[rows])
    rows = np.flatnonzero(place >= 0)
    if not rows.size:
        return chunk
    names = chunk.names.copy()
    names[rows] = lenders.names[place[rows]]
    return replace(chunk, ids=_with_ids(chunk, lenders, rows, place[rows]), names=names)


def _with_ids(chunk: Chunk, lenders: _Lenders, rows: I64, place: I64) -> tuple[tuple[int, U64], ...]:
    """Return the identifiers of a chunk, with those lent to some rows in the columns of their kinds."""
    held: dict[tuple[int, int], U64] = {}
    seen: Counter[int] = Counter()
    for order, digests in chunk.ids:
        held[order, seen[order]] = digests
        seen[order] += 1
    for number, column in enumerate(lenders.kinds):
        lent = lenders.ids[place, number]
        if lent.any():
            digests = held.get(column, np.zeros(len(chunk), np.uint64)).copy()
            digests[rows] = lent
            held[column] = digests
    return tuple((order, digests) for (order, _), digests in held.items())
