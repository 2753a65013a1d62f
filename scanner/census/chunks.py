"""Chunks: the distinct identities of a slice of one table, as digests, flags and numbers of rows."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from scanner.census.alike import is_repeated
from scanner.census.hashing import identity_keys, row_keys
from scanner.census.kinds import BY_ORDER, KINDS, RELATIONS, THING_NUMBERS, THINGS_REFERRED_TO
from scanner.census.sorting import numbered
from scanner.compiled.loading import Acceleration
from scanner.identifiers import (
    ADULT,
    BLANK,
    I64,
    MINOR_UNDER_18,
    OF_THING,
    RELATION,
    THING,
    U8,
    U32,
    U64,
    Mask,
    Records,
)

MINOR, OF_AGE = 1, 2  # 0 where nothing shows the age
_LOOKED_AT = 16  # one row of so many tells whether rows repeat,
_MOST_LOOKED_AT = 4096  # but no more rows than these
_FEW = 0.1  # share of rows that repeat below which telling them apart costs more than it saves
# What is no kind, and its order.
_BESIDE = {RELATION: RELATIONS, THING: THING_NUMBERS, OF_THING: THINGS_REFERRED_TO}
FIELDS: Mapping[str, type[np.unsignedinteger | np.signedinteger]] = {
    "names": np.uint64,
    "born_as": np.uint64,
    "flags": np.uint32,
    "counts": np.int64,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Rows of one table as (identity, born_as, flags), with the number of rows that each stands for.

    Attributes:
        own: Whether these are the rows' own persons, not second ones such as guardians.
        ids: Order number of the kind, and digests.
        counts: Rows that looked the same; several entries may, where hardly any rows do.
        relations: Whose relative every row shows, once names are lent; before, it stands among ``ids``.

    """

    table: str
    own: bool
    ids: tuple[tuple[int, U64], ...]
    names: U64
    born_as: U64
    flags: U32
    counts: I64
    relations: U64 | None = None

    def __len__(self) -> int:
        return len(self.flags)

    @property
    def known(self) -> Mask:
        """Return which rows identify somebody, or may do so: by whose relative or what thing they tell of."""
        known = np.zeros(len(self), np.bool_)
        for _, digests in self.ids:
            known |= digests != 0
        return known

    @property
    def keys(self) -> U64:
        """Return the identity key of every row; 0 for a row that identifies nobody."""
        return identity_keys(self.ids, self.names, self.ages)

    @property
    def ages(self) -> U8:
        """Return the age class of every row."""
        alike = is_repeated(self.flags)
        flags = self.flags[:1] if alike else self.flags
        minors = ((flags & MINOR_UNDER_18) != 0).view(np.uint8)  # MINOR is 1
        adults = ((flags & ADULT) != 0).view(np.uint8)
        ages = np.maximum(minors, adults * np.uint8(OF_AGE))
        return np.broadcast_to(ages, len(self)) if alike else ages

    @property
    def blank(self) -> Mask:
        """Return which rows show nothing of their own person."""
        return np.asarray(((self.flags & BLANK) != 0) & self.own)

    @property
    def possible(self) -> Mask:
        """Return which rows are about somebody who may be a further person, or the row's own after all."""
        return np.asarray(((self.flags & BLANK) != 0) & (not self.own))

    @property
    def size(self) -> int:
        """Bytes in memory; one number for all rows takes none."""
        columns = [getattr(self, name) for name in FIELDS] + [digests for _, digests in self.ids]
        return int(sum(column.nbytes for column in columns if not is_repeated(column)))

    def only(self, rows: Mask | I64 | slice) -> Chunk:
        """Return the chunk with some of its rows."""
        return Chunk(
            table=self.table,
            own=self.own,
            ids=tuple((order, digests[rows]) for order, digests in self.ids),
            names=self.names[rows],
            born_as=self.born_as[rows],
            flags=self.flags[rows],
            counts=self.counts[rows],
            relations=None if self.relations is None else self.relations[rows],
        )


def condense(records: Records, acceleration: Acceleration | None = None) -> Chunk:
    """Return the present rows, each distinct (identity, born_as, flags) once.

    Args:
        records: Persons of one slot of a batch.
        acceleration: Compiled kernels, for large tables: rows come in another order, and where hardly any
            repeat, those that do are not sought.

    """
    chunk = _present(records)
    loops = acceleration.kernels("rows") if acceleration else None
    if loops is None:
        first, counts = _alike(chunk)
    elif _hardly_repeat(chunk, loops):
        return chunk
    else:
        first, counts = _alike_by_loops(chunk, loops)
    return replace(chunk.only(first), counts=counts)


def _present(records: Records) -> Chunk:
    """Return the present rows, one by one."""
    size = len(records)
    every = Chunk(
        table=records.table,
        own=not records.slot,
        ids=each_once([(_order(kind), digests) for kind, digests in records.ids]),
        names=records.names,
        born_as=records.born_as,
        flags=records.flags,
        counts=np.broadcast_to(np.ones(1, np.int64), size),
    )
    return every if records.present.all() else every.only(records.present)


def each_once(ids: Sequence[tuple[int, U64]]) -> tuple[tuple[int, U64], ...]:
    """Return identifiers without those that a row shows in an earlier column, too."""
    kept: list[tuple[int, U64]] = []
    for order, digests in ids:
        for earlier in [others for kind, others in kept if kind == order]:
            digests = np.where(digests == earlier, np.uint64(0), digests)  # noqa: PLW2901 -- narrowed down
        kept.append((order, digests))
    return tuple(kept)


def _alike(chunk: Chunk) -> tuple[I64, I64]:
    """Return the first of every different row, and how many are so."""
    first, ranks = numbered(row_keys(chunk.keys, chunk.born_as, chunk.flags))
    return first, np.bincount(ranks).astype(np.int64)


def _alike_by_loops(chunk: Chunk, loops: ModuleType) -> tuple[I64, I64]:
    size = len(chunk)
    totals, known = np.zeros(size, np.uint64), np.zeros(size, np.bool_)
    for order, digests in chunk.ids:
        loops.add_identifiers(digests, order, totals, known)
    of_chunk = (np.require(each, None, ["C", "W"]) for each in (chunk.names, chunk.ages, chunk.born_as))
    says = totals, known, *of_chunk, chunk.flags
    table, keys = np.full(slots(size), -1, np.int32), np.empty(size, np.uint64)
    first, counts = np.empty(size, np.int64), np.empty(size, np.int64)
    count = loops.distinct_rows(*says, table, keys, first, counts)
    return first[:count], counts[:count]


def _hardly_repeat(chunk: Chunk, loops: ModuleType) -> bool:
    """Return whether, going by the first rows, few of all are alike.

    Blank rows are as many among all as among the first; of others, pairs grow with the square of the rows.
    """
    sample = chunk.only(slice(min(len(chunk) // _LOOKED_AT, _MOST_LOOKED_AT)))
    known = sample.only(sample.known)
    blank = len(sample) - len(known)
    repeated = len(known) - len(_alike_by_loops(known, loops)[0])
    return blank * len(sample) + repeated * len(chunk) < _FEW * len(sample) ** 2


def slots(size: int) -> int:
    """Return how many places a hash table for so many keys has, a power of two."""
    return 1 << max(4, (size * 3 // 2).bit_length())


def relations_of(chunks: Sequence[Chunk]) -> U64 | None:
    """Return whose relative every row of chunks shows, 0 where it does not; None if no row does."""
    if all(chunk.relations is None for chunk in chunks):
        return None
    return np.concatenate(
        [np.zeros(len(c), np.uint64) if c.relations is None else c.relations for c in chunks]
    )


def _order(kind: str) -> int:
    if kind in _BESIDE:
        return _BESIDE[kind]
    if kind not in KINDS:
        raise ValueError(f"'{kind}' is no kind of identifier. Known are: {', '.join(sorted(KINDS))}.")
    return KINDS[kind].order


def _kind(order: int) -> str:
    beside = [kind for kind, held in _BESIDE.items() if held == order]
    return beside[0] if beside else BY_ORDER[order].id


def to_arrow(chunk: Chunk) -> pa.Table:
    """Return the chunk as a table of one row per distinct (identity, flags)."""
    size = len(chunk)
    columns: dict[str, pa.Array[Any]] = {
        "table": pa.array([chunk.table] * size, pa.string()),
        "own": pa.array([chunk.own] * size),
    }
    seen: dict[int, int] = {}
    for order, digests in chunk.ids:
        seen[order] = seen.get(order, 0) + 1
        kind = _kind(order)
        columns[f"id:{kind}:{seen[order]}"] = pa.array(digests, mask=digests == 0)
    columns |= {name: pa.array(getattr(chunk, name)) for name in FIELDS}
    return pa.table(columns)


def split_tables(state: pa.Table) -> list[pa.Table]:
    """Return the rows of every table, own and second persons apart."""
    ordered = state.sort_by([("table", "ascending"), ("own", "ascending")]).combine_chunks()
    table = np.asarray(ordered["table"].combine_chunks().dictionary_encode().indices)
    group = table * 2 + np.asarray(ordered["own"].combine_chunks()).astype(np.int64)
    cuts = [0, *(np.flatnonzero(np.diff(group)) + 1).tolist(), len(group)]
    return [ordered.slice(start, end - start) for start, end in itertools.pairwise(cuts)]


def from_arrow(part: pa.Table) -> Chunk:
    """Return the chunk of one table, own or second persons."""
    ids = each_once(
        [
            (_order(name.split(":")[1]), _numbers(part, name).astype(np.uint64))
            for name in part.column_names
            if name.startswith("id:") and part[name].null_count < part.num_rows
        ]
    )
    fields = {name: _numbers(part, name).astype(dtype) for name, dtype in FIELDS.items()}
    return Chunk(table=part["table"][0].as_py(), own=part["own"][0].as_py(), ids=ids, **fields)


def _numbers(part: pa.Table, name: str) -> npt.NDArray[np.generic]:
    values: npt.NDArray[np.generic] = part[name].combine_chunks().fill_null(0).to_numpy(zero_copy_only=False)
    return values
