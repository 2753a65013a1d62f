"""The graph of identities and identifiers, as arrays: who carries what, and what hangs together.

An identity is a distinct combination of identifiers, name and age class, from whatever tables. Identities
and identifiers are numbered in the order of their digests, so nothing depends on the order of rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from scanner.census.chunks import Chunk, relations_of
from scanner.census.kinds import ACCOUNT, BY_ORDER, CONTACT, HUB_PERSONS, STRONG, THINGS
from scanner.census.sorting import canonical, distinct_pairs, numbered, present
from scanner.identifiers import BLANK, I32, I64, U8, U32, U64, Mask

ORDERS = {s: [k.order for k in BY_ORDER if k.strength == s] for s in (STRONG, ACCOUNT, CONTACT)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Distinct (table, identity, flags); ``identity`` is -1 for rows that identify nobody.

    ``own`` tells the rows' own persons from second ones, such as guardians. ``relations`` tells whose
    relative is reached under which phone, 0 where a row does not; None where no row does.
    """

    table: I32
    own: Mask
    identity: I64
    born_as: U64
    flags: U32
    counts: I64
    relations: U64 | None = None

    @property
    def possible(self) -> Mask:
        """Return which are about somebody who may be a further person, or the row's own after all."""
        return self.possible_at(slice(None))

    def possible_at(self, rows: I64 | slice) -> Mask:
        """Return which of some rows are."""
        return np.asarray(((self.flags[rows] & BLANK) != 0) & ~self.own[rows])


@dataclass(frozen=True, kw_only=True)
class Graph:
    """Identities and what they carry.

    Attributes:
        names, ages: One entry per identity.
        degrees: How many links every identity has.
        value: One entry per link, sorted by identity, then value.
        kinds: Order number of the kind of every value; values are sorted by kind and digest.

    """

    names: U64
    ages: U8
    degrees: I64
    value: I64
    kinds: U8

    @property
    def size(self) -> int:
        return len(self.names)

    @cached_property
    def identity(self) -> I64:
        """Return the identity of every link."""
        return np.repeat(np.arange(self.size, dtype=self.value.dtype), self.degrees)

    def of_strength(self, *strengths: str) -> Mask:
        """Return which values are of these strengths."""
        chosen = np.zeros(len(BY_ORDER), np.bool_)
        chosen[[order for s in strengths for order in ORDERS[s]]] = True
        return np.asarray(chosen[self.kinds])

    def without(self, values: Mask) -> Graph:
        """Return the graph without the links to some values."""
        return self.only(~values[self.value])

    def only(self, links: Mask) -> Graph:
        """Return the graph with some links."""
        degrees = np.bincount(self.identity[links], minlength=self.size)
        return replace(self, degrees=degrees, value=self.value[links])


def build(chunks: Sequence[Chunk], tables: Sequence[str]) -> tuple[Rows, Graph]:
    """Return the rows and the graph of chunks; ``tables`` are the tables of all chunks there are, sorted."""
    if not chunks:
        return _no_rows(), _no_graph()
    keys = np.concatenate([chunk.keys for chunk in chunks])
    first, identity = numbered(keys)
    anonymous = int(len(first) > 0 and keys[first[0]] == 0)
    identity -= anonymous
    rows = Rows(
        table=np.concatenate([np.full(len(c), tables.index(c.table), np.int32) for c in chunks]),
        own=np.concatenate([np.full(len(c), c.own) for c in chunks]),
        identity=identity,
        born_as=np.concatenate([chunk.born_as for chunk in chunks]),
        flags=np.concatenate([chunk.flags for chunk in chunks]),
        counts=np.concatenate([chunk.counts for chunk in chunks]),
        relations=relations_of(chunks),
    )
    return rows, _graph(chunks, rows, first[anonymous:])


def _graph(chunks: Sequence[Chunk], rows: Rows, first: I64) -> Graph:
    identities, values, kinds = [], [], []
    total = 0
    for order, holders, digests in _by_kind(chunks, rows, first):
        first_of, codes = numbered(digests)
        identities.append(holders)
        values.append(codes + total)
        kinds.append(np.full(len(first_of), order, np.uint8))
        total += len(first_of)
    identity, value = distinct_pairs(np.concatenate([*identities, _EMPTY]), np.concatenate([*values, _EMPTY]))
    names = np.concatenate([chunk.names for chunk in chunks])[first]
    return Graph(
        names=names,
        ages=np.concatenate([chunk.ages for chunk in chunks])[first],
        degrees=np.bincount(identity, minlength=len(names)),
        value=value,
        kinds=np.concatenate([*kinds, np.zeros(0, np.uint8)]),
    )


_EMPTY: I64 = np.zeros(0, np.int64)


def _by_kind(chunks: Sequence[Chunk], rows: Rows, first: I64) -> Iterator[tuple[int, I64, U64]]:
    """Yield, kind by kind, the identities that carry the kind and their digests."""
    representative = np.zeros(len(rows.identity), np.bool_)
    representative[first] = True
    starts = np.cumsum([0, *(len(chunk) for chunk in chunks)])
    parts: dict[int, list[tuple[I64, U64]]] = {}
    for start, chunk in zip(starts[:-1], chunks, strict=True):
        chosen = representative[start : start + len(chunk)]
        for order, digests in chunk.ids:
            held = np.flatnonzero(chosen & (digests != 0))
            parts.setdefault(order, []).append((rows.identity[start + held], digests[held]))
    for order in sorted(parts):
        found = parts[order]
        yield order, np.concatenate([who for who, _ in found]), np.concatenate([what for _, what in found])


def _no_rows() -> Rows:
    return Rows(
        table=np.zeros(0, np.int32),
        own=np.zeros(0, np.bool_),
        identity=_EMPTY,
        born_as=np.zeros(0, np.uint64),
        flags=np.zeros(0, np.uint32),
        counts=_EMPTY,
    )


def _no_graph() -> Graph:
    nothing = np.zeros(0, np.uint8)
    return Graph(
        names=np.zeros(0, np.uint64),
        ages=nothing,
        degrees=_EMPTY,
        value=_EMPTY,
        kinds=nothing,
    )


def components(graph: Graph, values: Mask) -> I64:
    """Return a component number for every value, linking those (of ``values``) that one identity carries."""
    kept = values[graph.value]
    identity, value = graph.identity[kept], graph.value[kept]
    same = identity[1:] == identity[:-1]
    ends = (value[:-1][same].astype(np.int32), value[1:][same].astype(np.int32))
    size = len(graph.kinds)
    edges = coo_array((np.ones(len(ends[0]), np.int8), ends), shape=(size, size))
    return connected_components(edges, directed=False)[1].astype(np.int64)


def label_identities(graph: Graph, values: Mask, component: I64) -> I64:
    """Return the component of every identity; those that carry none of ``values`` stay alone."""
    labels = np.arange(graph.size, dtype=np.int64) + len(component)
    kept = np.flatnonzero(values[graph.value])
    labels[graph.identity[kept]] = component[graph.value[kept]]
    return canonical(labels)


def hubs(graph: Graph) -> Mask:
    """Return values that meet implausibly many persons and so identify nobody.

    A person is met by name, by document or by another identifier; of those that one person commonly
    has several of, as many as that count as one. A document is a hub by its names only. Of a value under one
    name, in half its identities or more, documents alone are evidence: a patient has a number for each visit.
    """
    degree = np.bincount(graph.value, minlength=len(graph.kinds))
    links = np.flatnonzero(degree[graph.value] >= HUB_PERSONS)
    met = _met_names(graph, links)
    named = links[graph.names[graph.identity[links]] != 0]
    of_one_name = (met == 1) & (2 * np.bincount(graph.value[named], minlength=len(degree)) >= degree)
    strong = graph.of_strength(STRONG)
    links = links[~strong[graph.value[links]]]
    for order, persons in _met_values(graph, links):
        kind = BY_ORDER[order]
        tells = ~of_one_name | (kind.strength == STRONG)
        met = np.maximum(met, np.where(tells, -(-persons // kind.per_person), 0))
    return met >= HUB_PERSONS


def _met_names(graph: Graph, links: I64) -> I64:
    met = np.zeros(len(graph.kinds), np.int64)
    names = graph.names[graph.identity[links]]
    for script in (0, 1):
        chosen = (names != 0) & ((names & np.uint64(1)) == script)
        _, codes = numbered(names[chosen])
        values, _ = distinct_pairs(graph.value[links][chosen], codes)
        met = np.maximum(met, np.bincount(values, minlength=len(met)))
    return met


def _met_values(graph: Graph, links: I64) -> Iterator[tuple[int, I64]]:
    """Yield, kind by kind, how many other values of the kind every value meets in one identity."""
    starts = np.searchsorted(graph.identity, np.arange(graph.size + 1))
    holders = graph.identity[links]
    widths = starts[holders + 1] - starts[holders]
    mine = np.repeat(graph.value[links], widths)
    offsets = np.arange(int(widths.sum())) - np.repeat(np.cumsum(widths) - widths, widths)
    theirs = graph.value[np.repeat(starts[holders], widths) + offsets]
    mine, theirs = distinct_pairs(mine[mine != theirs], theirs[mine != theirs])
    for order in present(graph.kinds[theirs]):
        if BY_ORDER[order].id in THINGS:
            continue
        yield order, np.bincount(mine[graph.kinds[theirs] == order], minlength=len(graph.kinds))
