"""Rows that show nobody, but refer to a thing: they are about the person of the row that has the thing.

A diagnosis says of which visit it is, and the visit says of which patient. So such a row takes the
identifiers of the other, and is one of the same person's, as a row is that has them itself.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scanner.census.chunks import Chunk, each_once
from scanner.census.hashing import identity_keys
from scanner.census.kinds import BY_ORDER, CONTACT, THING_NUMBERS, THINGS_REFERRED_TO
from scanner.census.small import in_columns
from scanner.census.sorting import numbered
from scanner.identifiers import I64, U8, U64, Mask

_STEPS = 4  # from thing to thing: of an item to its prescription, of that to the visit
_KEPT = range(THING_NUMBERS)  # identifiers, and whose relative a row shows
_ALL = {kind.order for kind in BY_ORDER}
_FIRM = {kind.order for kind in BY_ORDER if kind.strength != CONTACT}


def lend_persons(chunks: Sequence[Chunk]) -> tuple[list[Chunk], bool]:
    """Return chunks whose rows have the identifiers of the row that has the thing to which they refer.

    Rows with documents or accounts take none, and none is taken where the rows of a thing show several
    people. No number of a thing is left. The second value says whether rows that such numbers held together
    share identifiers now, if they have any.
    """
    lent = list(chunks)
    if not any(order >= THING_NUMBERS for chunk in lent for order, _ in chunk.ids):
        return lent, True
    for _ in range(_STEPS):
        lenders = _Lenders.among(lent)
        taken = [_with_person(chunk, lenders) for chunk in lent]
        if all(now is before for now, before in zip(taken, lent, strict=True)):
            together = lenders.agree and not any(_left_alone(chunk) for chunk in lent)
            return [_with(chunk, _KEPT) for chunk in lent], together
        lent = taken
    return [_with(chunk, _KEPT) for chunk in lent], False


def _columns(chunk: Chunk, order: int) -> list[U64]:
    return [digests for held, digests in chunk.ids if held == order]


def _with(chunk: Chunk, orders: Container[int]) -> Chunk:
    """Return a chunk with the columns of some kinds only."""
    kept = tuple((order, digests) for order, digests in chunk.ids if order in orders)
    return chunk if len(kept) == len(chunk.ids) else replace(chunk, ids=kept)


def _have(chunk: Chunk, orders: Container[int]) -> Mask:
    """Return which rows have an identifier of some kinds."""
    return _with(chunk, orders).known


def _left_alone(chunk: Chunk) -> bool:
    """Return whether rows with identifiers refer to a thing whose person they have not."""
    identified = _have(chunk, _ALL)
    return any((identified & (digests != 0)).any() for digests in _columns(chunk, THINGS_REFERRED_TO))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lenders:
    """Things, sorted, and what the row of each has.

    Attributes:
        ids: Things x columns; ``kinds`` says of which kind each column is.
        agree: Whether no other rows of a thing have something else.
    """

    things: U64
    ids: U64
    names: U64
    kinds: U8
    agree: bool

    @classmethod
    def among(cls, chunks: Sequence[Chunk]) -> _Lenders:
        """Return what rows with identifiers have, where the rows of a thing have the same."""
        shown = [
            (digests[rows], _with(chunk, _ALL).only(rows))
            for chunk in chunks
            for digests in _columns(chunk, THING_NUMBERS)
            if (rows := np.flatnonzero((digests != 0) & _have(chunk, _ALL))).size
        ]
        if not shown:
            none = np.zeros(0, np.uint64)
            return cls(things=none, ids=none[:, None], names=none, kinds=np.zeros(0, np.uint8), agree=True)
        things = np.concatenate([digests for digests, _ in shown])
        ids, (kinds, _) = in_columns([chunk for _, chunk in shown])
        names = np.concatenate([chunk.names for _, chunk in shown])
        first, place = numbered(things)
        alike = identity_keys([*zip(kinds.tolist(), ids.T, strict=True)], names, np.zeros(len(ids), np.uint8))
        agreed = np.ones(len(first), np.bool_)
        agreed[place[alike != alike[first][place]]] = False
        rows = first[agreed]
        return cls(
            things=things[rows], ids=ids[rows], names=names[rows], kinds=kinds, agree=bool(agreed.all())
        )

    def of(self, numbers: U64) -> I64:
        """Return the place of each number among the things; -1 where it is none."""
        place = np.minimum(np.searchsorted(self.things, numbers), len(self.things) - 1)
        return np.where((numbers != 0) & (self.things[place] == numbers), place, -1)


def _with_person(chunk: Chunk, lenders: _Lenders) -> Chunk:
    """Return a chunk whose rows have what the row of their thing has, and refer to it no more."""
    if not len(lenders.things):
        return chunk
    wanted = ~_have(chunk, _FIRM)
    for number, (order, digests) in enumerate(chunk.ids):
        if order != THINGS_REFERRED_TO:
            continue
        rows = np.flatnonzero(wanted & (digests != 0))
        place = lenders.of(digests[rows])
        rows, place = rows[place >= 0], place[place >= 0]
        if rows.size:
            left = digests.copy()
            left[rows] = 0
            kept = (*chunk.ids[:number], (order, left), *chunk.ids[number + 1 :])
            return _lent(replace(chunk, ids=kept), lenders, rows, place)
    return chunk


def _lent(chunk: Chunk, lenders: _Lenders, rows: I64, place: I64) -> Chunk:
    """Return a chunk some of whose rows have what things have, beside what they show, and the name."""
    names = chunk.names.copy()
    names[rows] = np.where(names[rows] != 0, names[rows], lenders.names[place])
    columns = ((int(kind), lenders.ids[place, number]) for number, kind in enumerate(lenders.kinds))
    held = [(kind, _placed(digests, rows, len(chunk))) for kind, digests in columns if digests.any()]
    return replace(chunk, ids=each_once([*chunk.ids, *held]), names=names)


def _placed(digests: U64, rows: I64, size: int) -> U64:
    out = np.zeros(size, np.uint64)
    out[rows] = digests
    return out
