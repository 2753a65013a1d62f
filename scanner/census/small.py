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

from scanner.census.chunks import Chunk
from scanner.census.graph import Graph
from scanner.census.kinds import HUB_PERSONS
from scanner.census.linking import Linked
from scanner.census.plain import FIRM, ONCE, Divided, left_over, rows_of
from scanner.identifiers import I32, I64, U8, U64

_MOST = HUB_PERSONS - 1  # rows of a set in which no value can be a hub
_FIRM, _ONCE = (
    np.bitwise_or.reduce(np.uint64(1) << np.flatnonzero(kinds).astype(np.uint64)) for kinds in (FIRM, ONCE)
)
_Links = tuple[I64, U64, U8]  # where those of every row start, digests, kinds


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
    starts, order = np.zeros(int(sets.max(initial=-1)) + 2, np.int64), np.empty(len(sets), np.int32)
    loops.group_rows(sets, starts, order)
    links = _links(chunks, len(sets), loops)
    names, ages, counts = (
        np.concatenate([getattr(chunk, name) for chunk in chunks]) for name in ("names", "ages", "counts")
    )
    size, length = len(sets), len(links[1])
    identity, first, weights, person, certain = np.empty((5, size), np.int32)
    loose, kinds, value = np.empty(size, np.bool_), np.empty(length, np.uint8), np.empty(length, np.int32)
    spans, held = np.zeros(size + 1, np.int64), np.zeros((2, size), np.uint64)
    known, values, persons, groups = loops.link_small(
        *(order, starts, links, (names, ages, counts), _ONCE, _FIRM, _MOST),
        (identity, first, weights, loose),
        (person, certain),
        (kinds, spans, value),
        (held[0], held[1]),
    )
    graph = Graph(
        names=names[first[:known]],
        ages=ages[first[:known]],
        weights=_kept(weights, known),
        identity=cast("I64", np.repeat(np.arange(known, dtype=np.int32), np.diff(spans[: known + 1]))),
        value=_kept(value, int(spans[known])),
        kinds=kinds[:values].copy(),
    )
    linked = Linked(
        graph=graph,
        person=_kept(person, known),
        certain=_kept(certain, known),
        contact_only=loose[:known].copy(),
        held=(held[0, :persons].copy(), held[1, :groups].copy()),
    )
    return identity, linked


def _kept(numbers: I32, size: int) -> I64:
    """Return the first numbers, without the room behind them; half as wide as those of other parts."""
    return cast("I64", numbers[:size].copy())


def _links(chunks: Sequence[Chunk], size: int, loops: ModuleType) -> _Links:
    """Return the identifiers of every row, sorted by kind."""
    most = sum(len(digests) for chunk in chunks for _, digests in chunk.ids)
    starts, digests, kinds = (
        np.zeros(size + 1, np.int64),
        np.empty(most + 1, np.uint64),
        np.empty(most + 1, np.uint8),
    )
    first = 0
    for chunk in chunks:
        ids = sorted(chunk.ids, key=itemgetter(0))
        columns = np.array([column for _, column in ids], np.uint64).reshape(len(ids), len(chunk))
        loops.fill_links(
            columns, np.array([kind for kind, _ in ids], np.uint8), first, starts, digests, kinds
        )
        first += len(chunk)
    return starts, digests[: starts[-1]], kinds[: starts[-1]]
