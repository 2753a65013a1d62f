"""Seeded choices: the same seed on the same data gives the same rows. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int64]
Chunk = TypeVar("Chunk", bound=Sized)


def chosen(total: int, wanted: int, rng: np.random.Generator) -> Indices:
    """Return ``wanted`` of the numbers below ``total`` (all, if there are no more), ascending.

    >>> chosen(5, 9, np.random.default_rng(0)).tolist()
    [0, 1, 2, 3, 4]
    """
    if wanted >= total:
        return np.arange(total, dtype=np.int64)
    return np.sort(rng.choice(total, size=wanted, replace=False, shuffle=False)).astype(np.int64)


def picked(
    chunks: Iterable[Chunk], rows: Indices, take: Callable[[Chunk, Indices], Chunk]
) -> Iterator[Chunk]:
    """Yield of each chunk the rows that are wanted; ``rows`` counts through all chunks, ascending."""
    start = 0
    for chunk in chunks:
        inside = rows[(rows >= start) & (rows < start + len(chunk))] - start
        start += len(chunk)
        yield take(chunk, inside)


def shares(sizes: Sequence[int], wanted: int) -> list[int]:
    """Split ``wanted`` over parts in proportion to their sizes, never more than a part has.

    >>> shares([100, 300, 0], 40)
    [10, 30, 0]
    >>> shares([1, 2], 40)
    [1, 2]
    """
    total = sum(sizes)
    if wanted >= total:
        return list(sizes)
    edges = [wanted * done // total for done in np.cumsum([0, *sizes]).tolist()]
    return [after - before for before, after in pairwise(edges)]


def pieces_to_read(sizes: Sequence[int], wanted: int, fewest: int, rng: np.random.Generator) -> list[int]:
    """Return which pieces to draw ``wanted`` rows from, ascending.

    At least ``fewest`` pieces, where there are so many, so that the sample reaches all over the
    table; more where the chosen ones hold fewer than ``wanted`` rows.
    """
    picked: list[int] = []
    rows = 0
    for piece in rng.permutation(len(sizes)).tolist():
        if len(picked) >= fewest and rows >= wanted:
            break
        if sizes[piece]:
            picked.append(piece)
            rows += sizes[piece]
    return sorted(picked)


def reservoir(
    chunks: Iterable[Chunk],
    take: Callable[[Chunk, Indices], Chunk],
    wanted: int,
    rng: np.random.Generator,
) -> list[Chunk]:
    """Return chunks that together hold ``wanted`` rows, drawn with equal chance from all rows.

    Every row draws a random key and the smallest keys win, so that memory holds a few times
    ``wanted`` rows only.
    """
    kept: list[tuple[Chunk, NDArray[np.float64]]] = []
    limit = np.inf
    held = 0
    for chunk in chunks:
        keys = rng.random(len(chunk))
        kept.append(_below(chunk, keys, limit, take))
        held += len(kept[-1][1])
        if held > 4 * wanted:
            limit = _limit(kept, wanted)
            kept = [_below(part, part_keys, limit, take) for part, part_keys in kept]
            held = sum(len(part_keys) for _, part_keys in kept)
    limit = _limit(kept, wanted)
    return [_below(part, keys, limit, take)[0] for part, keys in kept]


def _limit(kept: Sequence[tuple[Any, NDArray[np.float64]]], wanted: int) -> float:
    keys = np.concatenate([np.empty(0), *(keys for _, keys in kept)])
    if len(keys) <= wanted:
        return float("inf")
    return float(np.partition(keys, wanted)[wanted])


def _below(
    chunk: Chunk, keys: NDArray[np.float64], limit: float, take: Callable[[Chunk, Indices], Chunk]
) -> tuple[Chunk, NDArray[np.float64]]:
    if np.isinf(limit):
        return chunk, keys
    winners = np.flatnonzero(keys < limit)
    return take(chunk, winners), keys[winners]
