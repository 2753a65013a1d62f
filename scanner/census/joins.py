"""Do with numpy what ``scanner.compiled.joins`` does: the same functions, in more time."""

from __future__ import annotations

from threading import Lock

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from scanner.census.sorting import numbered, starts_of_runs
from scanner.identifiers import I32, I64, U64
from scanner.machine.shrinking import Array

_FOREST = Lock()  # several threads unite rows in it


def count_parts(digests: U64, shift: np.uint64, counts: I64) -> None:
    """Add to ``counts`` how many digests belong to each part, by their highest bits; 0 is none."""
    counts += np.bincount(_parts(digests[digests != 0], shift), minlength=len(counts))


def put_by_part(digests: U64, shift: np.uint64, keys: U64, bounds: I64) -> None:
    """Put digests where their part is to stand, and where each part begins; 0 is none."""
    ordered = np.sort(digests[digests != 0])
    keys[: len(ordered)] = ordered
    bounds[1:] = np.cumsum(np.bincount(_parts(ordered, shift), minlength=len(bounds) - 1))


def count_distinct(keys: U64, table: U64) -> int:  # noqa: ARG001 -- room for hashing
    """Return how many different keys there are."""
    return int(starts_of_runs(np.sort(keys)).sum())


def fill_parts(  # noqa: PLR0913, PLR0917 -- as compiled
    digests: U64, first: int, shift: np.uint64, low: int, high: int, places: I64, keys: U64, rows: I32
) -> None:
    """Put digests and their row numbers where their part is to stand; only parts from ``low`` to ``high``."""
    part = _parts(digests, shift) - low
    chosen = np.flatnonzero((part >= 0) & (part < high - low) & (digests != 0))
    chosen = chosen[np.argsort(part[chosen], kind="stable")]
    counts = np.bincount(part[chosen], minlength=high - low)
    at = np.repeat(places - (np.cumsum(counts) - counts), counts) + np.arange(len(chosen))
    keys[at], rows[at] = digests[chosen], first + chosen
    places += counts


def unite_equal(keys: U64, rows: I32, table: U64, holders: I32, parents: I32) -> None:  # noqa: ARG001 -- room
    """Unite the rows of equal keys."""
    order = np.argsort(keys, kind="stable")
    keys, rows = keys[order], rows[order]
    same = np.flatnonzero(keys[1:] == keys[:-1])
    with _FOREST:
        _unite(parents, rows[same], rows[same + 1])


unite_first = unite_equal


def _unite(parents: I32, some: I32, others: I32) -> None:
    """Unite pairs of rows: the smallest row of a set becomes its root."""
    found = _roots(parents, np.concatenate([some, others]))
    first, ends = numbered(found.astype(np.int64))
    roots, pairs = found[first], (ends[: len(some)], ends[len(some) :])
    graph = coo_array((np.ones(len(some), np.int8), pairs), shape=(len(roots), len(roots)))
    number, sets = connected_components(graph, directed=False)
    smallest = np.empty(number, np.int32)
    smallest[sets[::-1]] = roots[::-1]
    parents[roots] = smallest[sets]


def _roots(parents: I32, rows: I32) -> I32:
    above = parents[rows]
    while (further := parents[above] != above).any():
        above[further] = parents[above[further]]
    parents[rows] = above
    return above


def count_roots(parents: I32, first: int) -> int:
    """Return how many rows are roots, of those whose parents these are; ``first`` is the first of them."""
    return int((parents == np.arange(first, first + len(parents))).sum())


def number_roots(parents: I32, first: int, number: int) -> None:
    """Put ``~number``, and so on, in place of the parents of roots; see ``count_roots``."""
    roots = np.flatnonzero(parents == np.arange(first, first + len(parents)))
    parents[roots] = ~np.arange(number, number + len(roots))


def number_others(parents: I32, first: int, last: int) -> None:
    """Put what their roots have got in place of the parents of other rows, from ``first`` to ``last``."""
    above = parents[first:last].copy()
    while (further := above >= 0).any():
        above[further] = parents[above[further]]
    parents[first:last] = above


def place_by_part(sets: I32, bits: int, bounds: I64, places: I32, within: I32) -> None:
    """Fill in the places of rows that bring those of one part together, and where each part begins.

    Sets go to the parts in turn: ``bits`` of their numbers say to which. ``within`` are, by place, numbers
    of the rows' sets in their part.
    """
    part = sets & ((1 << bits) - 1)
    order = np.argsort(part, kind="stable")
    places[order], within[:] = np.arange(len(sets)), sets[order] >> bits
    bounds[1:] = np.cumsum(np.bincount(part, minlength=len(bounds) - 1))


def put_in_places(numbers: Array, places: I32, out: Array) -> None:
    """Put numbers in their places."""
    out[places] = numbers


def _parts(digests: U64, shift: np.uint64) -> I64:
    return (digests >> shift).astype(np.int64)
