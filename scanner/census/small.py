"""Link the closed sets of few rows in which nothing contradicts: most people, in most tables.

By the rules of ``linking`` such a set is one person at once; no value of it can be a hub. Compiled loops
compare its rows with one another. What is left goes to ``plain``.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from types import ModuleType
from typing import cast

import numpy as np

from scanner.census.alike import is_repeated, joined, taken
from scanner.census.chunks import Chunk
from scanner.census.graph import Graph
from scanner.census.kinds import HUB_PERSONS
from scanner.census.linking import Linked
from scanner.census.plain import FIRM, ONCE, Divided, left_over, rows_of
from scanner.identifiers import I32, I64, U8, U64
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


def _linked(chunks: Sequence[Chunk], sets: I32, loops: ModuleType) -> tuple[I32, Linked]:
    """Return the number of every row's identity, and the identities, linked."""
    size = len(sets)
    most = min(loops.MOST_ROWS, HUB_PERSONS - 1)  # rows of a set in which no value can be a hub
    starts, places = np.zeros(most + 2, np.int64), np.empty(size, np.int32)
    loops.order_sets(sets, np.zeros(int(sets.max(initial=-1)) + 1, np.int32), starts, places)
    links = _links(chunks, places, loops)
    says = [_in_places(chunks, name, places) for name in ("names", "ages")]
    identity, first, person, certain = np.empty((4, size + 1), np.int32)
    loose, kinds = np.empty(size + 1, np.bool_), np.empty(links[0].size, np.uint8)
    holder, value = np.empty((2, links[0].size), np.int32)
    held = np.empty((2, size), np.uint64)
    known, values, persons, groups, length = loops.link_small(
        *(starts, *links, tuple(map(np.ascontiguousarray, says)), _ONCE, _FIRM),
        (identity[:size], first, loose),
        (person, certain),
        (kinds, holder, value),
        (held[0], held[1]),
    )
    graph = Graph(
        names=taken(says[0], first[:known]),
        ages=taken(says[1], first[:known]),
        identity=_kept(holder, length),
        value=_kept(value, length),
        kinds=kinds[:values],
    )
    linked = Linked(
        graph=graph,
        person=_kept(person, known),
        certain=_kept(certain, known),
        contact_only=loose[:known],
        held=(held[0, :persons], held[1, :groups]),
    )
    return identity[places], linked


def _kept(numbers: I32, size: int) -> I64:
    """Return the first numbers, without the room behind them; half as wide as those of other parts."""
    return cast("I64", numbers[:size])


def _in_places(chunks: Sequence[Chunk], name: str, places: I32) -> Array:
    """Return a column of all rows, every row at its place."""
    column: Array = joined([getattr(chunk, name) for chunk in chunks])
    if is_repeated(column):
        return column
    placed = np.empty_like(column)
    placed[places] = column
    return placed


def _links(chunks: Sequence[Chunk], places: I32, loops: ModuleType) -> tuple[U64, U8]:
    """Return the identifiers of every row, at its place and sorted by kind, and their kinds.

    There is room for as many rows again as are read at once.
    """
    shape = len(places) + loops.WORDS, max(1, *(len(chunk.ids) for chunk in chunks))
    links, link_kinds = np.zeros(shape, np.uint64), np.zeros(shape, np.uint8)
    first = 0
    for chunk in chunks:
        mine = places[first : first + len(chunk)]
        for column, (kind, digests) in enumerate(sorted(chunk.ids, key=itemgetter(0))):
            loops.place_links(digests, kind, column, mine, links, link_kinds)
        first += len(chunk)
    return links, link_kinds
