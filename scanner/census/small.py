"""Link the closed sets of few rows in which nothing contradicts: most people, in most tables.

By the rules of ``linking`` such a set is one person at once; no value of it can be a hub. Compiled loops
compare its rows with one another. What is left goes to ``plain``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from types import ModuleType
from typing import cast

import numpy as np

from scanner.census.alike import is_repeated, joined, repeated, table_of
from scanner.census.chunks import Chunk
from scanner.census.graph import Graph
from scanner.census.kinds import HUB_PERSONS
from scanner.census.linking import Linked
from scanner.census.plain import FIRM, ONCE, Divided, left_over, rows_of
from scanner.identifiers import I32, I64, U8, U64, Mask
from scanner.machine.shrinking import Array

_FIRM, _ONCE = (
    np.bitwise_or.reduce(np.uint64(1) << np.flatnonzero(kinds).astype(np.uint64)) for kinds in (FIRM, ONCE)
)


def divide_small(chunks: Sequence[Chunk], sets: I32, tables: Sequence[str], loops: ModuleType) -> Divided:
    """Link the small sets of a closed part.

    Args:
        chunks: All rows of the part.
        sets: The closed set of every row, numbered from 0.
        tables: The tables of all chunks there are, sorted.
        loops: ``scanner.compiled.small``.

    """
    identity, linked = _linked(chunks, sets, loops)
    chosen = identity != loops.OTHER
    return Divided(
        rows_of(chunks, tables, cast("I64", identity), chosen), linked, tuple(left_over(chunks, ~chosen))
    )


def columns_of(several: Iterable[Sequence[int]]) -> tuple[U8, I64]:
    """Return columns in which rows of any of these kinds of identifiers find room for each of theirs.

    Returns the kind of every column, in ascending order, and the first column of its kind.
    """
    most: Counter[int] = Counter()
    for orders in several:
        most |= Counter(orders)
    kinds = np.array(sorted(most.elements()), np.uint8)
    return kinds, np.searchsorted(kinds, kinds)


def _linked(chunks: Sequence[Chunk], sets: I32, loops: ModuleType) -> tuple[I32, Linked]:
    """Return the number of every row's identity, and the identities, linked."""
    most = min(loops.MOST_ROWS, HUB_PERSONS - 1)  # rows of a set in which no value can be a hub
    starts, order = np.zeros(most + 2, np.int64), np.empty(len(sets), np.uint32)
    loops.order_sets(sets, np.zeros(int(sets.max(initial=-1)) + 1, np.int32), starts, order)
    names, ages = (
        _shortest(joined([getattr(chunk, name) for chunk in chunks])) for name in ("names", "ages")
    )
    width = max(len(chunk.ids) for chunk in chunks)
    room = _Room.of(len(sets) + 1, sum(len(chunk) * len(chunk.ids) for chunk in chunks) + width + 1)
    ends = loops.link_small(
        *(starts, width, (order, *in_columns(chunks), (names, ages)), _ONCE, _FIRM),
        *(room.identities, room.persons, room.found, room.held),
    )
    first = room.identities[1][: ends[0]]
    return room.identities[0][: len(sets)], room.linked(_of_rows(names, first), _of_rows(ages, first), ends)


@dataclass(frozen=True, slots=True)
class _Room:
    """What ``link_small`` fills in, and names it so."""

    identities: tuple[I32, I32, Mask]
    persons: tuple[I32, I32]
    found: tuple[U8, U8, I32]
    held: tuple[U64, U64, U8]

    @classmethod
    def of(cls, rows: int, links: int) -> _Room:
        """Return room for so many rows and links."""
        identity, first, person, certain = np.empty((4, rows), np.int32)
        of_persons, of_groups = np.empty((2, rows), np.uint64)
        return cls(
            identities=(identity, first, np.empty(rows, np.bool_)),
            persons=(person, certain),
            found=(np.empty(links, np.uint8), np.empty(rows, np.uint8), np.empty(links, np.int32)),
            held=(of_persons, of_groups, np.empty(rows, np.uint8)),
        )

    def linked(self, names: U64, ages: U8, ends: tuple[int, int, int, int, int]) -> Linked:
        """Return who is one person, with names and ages of identities and what ``link_small`` returned."""
        identities, values, persons, groups, links = ends
        kinds, degrees, value = self.found
        return Linked(
            graph=Graph(
                names=names,
                ages=ages,
                degrees=_kept(degrees, identities),
                value=_kept(value, links),
                kinds=kinds[:values],
            ),
            person=_kept(self.persons[0], identities),
            certain=_kept(self.persons[1], identities),
            contact_only=self.identities[2][:identities],
            held=(self.held[0][:persons], self.held[1][:groups]),
            owned=self.held[2][:persons],
        )


def _kept(numbers: I32 | U8, size: int) -> I64:
    """Return the first numbers, without the room behind them; not as wide as those of other parts."""
    return cast("I64", numbers[:size])


def _shortest(column: Array) -> Array:
    """Return one number where all are that number."""
    return column[:1].copy() if is_repeated(column) else column


def _of_rows(column: Array, rows: I32) -> Array:
    """Return what rows have in a column as ``_shortest`` returns it."""
    return column[rows] if len(column) > 1 else repeated(column[0], len(rows))


def in_columns(chunks: Sequence[Chunk]) -> tuple[U64, tuple[U8, I64]]:
    """Return the identifiers of all rows (rows x columns; 0 is none), and ``columns_of`` them."""
    kinds, first = columns_of([order for order, _ in chunk.ids] for chunk in chunks)
    if len(chunks) == 1:
        table = table_of([column for _, column in sorted(chunks[0].ids, key=itemgetter(0))])
        if table is not None:
            return table, (kinds, first)
    every = all(len(chunk.ids) == len(kinds) for chunk in chunks)
    digests = (np.empty if every else np.zeros)((sum(map(len, chunks)), len(kinds)), np.uint64)
    start = 0
    for chunk in chunks:
        free = dict(zip(kinds.tolist(), first.tolist(), strict=True))
        for kind, column in chunk.ids:
            digests[start : start + len(chunk), free[kind]] = column
            free[kind] += 1
        start += len(chunk)
    return digests, (kinds, first)
