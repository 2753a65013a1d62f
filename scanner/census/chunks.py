"""Chunks: the distinct identities of a slice of one table, as digests, flags and numbers of rows."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from scanner.census.hashing import identity_keys, row_keys
from scanner.census.kinds import BY_ORDER, KINDS
from scanner.census.sorting import numbered
from scanner.compiled.loading import Acceleration
from scanner.identifiers import ADULT, BLANK, I64, MINOR_UNDER_18, U8, U32, U64, Mask, Records

UNKNOWN_AGE, MINOR, OF_AGE = 0, 1, 2
_FIELDS: Mapping[str, type[np.unsignedinteger | np.signedinteger]] = {
    "keys": np.uint64,
    "names": np.uint64,
    "ages": np.uint8,
    "born_as": np.uint64,
    "flags": np.uint32,
    "counts": np.int64,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Distinct (identity, born_as, flags) of one table, with the number of rows of each.

    Attributes:
        own: Whether these are the rows' own persons, not second ones such as guardians.
        keys: Identity key of every row; 0 for a row that identifies nobody.
        ids: Order number of the kind, and digests.
        counts: Rows that looked the same.

    """

    table: str
    own: bool
    keys: U64
    ids: tuple[tuple[int, U64], ...]
    names: U64
    ages: U8
    born_as: U64
    flags: U32
    counts: I64

    @property
    def blank(self) -> Mask:
        return np.asarray((self.flags & BLANK) != 0)

    @property
    def size(self) -> int:
        """Bytes in memory."""
        columns = [getattr(self, name) for name in _FIELDS] + [digests for _, digests in self.ids]
        return int(sum(column.nbytes for column in columns))

    def only(self, rows: Mask) -> Chunk:
        """Return the chunk with some of its rows."""
        return Chunk(
            table=self.table,
            own=self.own,
            keys=self.keys[rows],
            ids=tuple((order, digests[rows]) for order, digests in self.ids),
            names=self.names[rows],
            ages=self.ages[rows],
            born_as=self.born_as[rows],
            flags=self.flags[rows],
            counts=self.counts[rows],
        )


def condense(records: Records, acceleration: Acceleration | None = None) -> Chunk:
    """Return the present rows, each distinct (identity, flags) once.

    Args:
        records: Persons of one slot of a batch.
        acceleration: Compiled kernels, for large tables; the rows are the same without, in another order.

    """
    ids = [(_order(kind), digests) for kind, digests in records.ids]
    ages = ages_of(records.flags)
    loops = acceleration.kernels("rows") if acceleration else None
    first, keys, counts = _alike_by_loops(records, ids, ages, loops) if loops else _alike(records, ids, ages)
    return Chunk(
        table=records.table,
        own=not records.slot,
        keys=keys,
        ids=tuple((order, digests[first]) for order, digests in ids),
        names=records.names[first],
        ages=ages[first],
        born_as=records.born_as[first],
        flags=records.flags[first],
        counts=counts,
    )


_Ids = Sequence[tuple[int, U64]]
_Alike = tuple[I64 | slice, U64, I64]  # of every different row: the first, its identity key, how many are so


def _alike(records: Records, ids: _Ids, ages: U8) -> _Alike:
    rows = np.flatnonzero(records.present)
    held = [(order, digests[rows]) for order, digests in ids]
    keys = identity_keys(held, records.names[rows], ages[rows])
    first, ranks = numbered(row_keys(keys, records.born_as[rows], records.flags[rows]))
    return rows[first], keys[first], np.bincount(ranks).astype(np.int64)


def _alike_by_loops(records: Records, ids: _Ids, ages: U8, loops: ModuleType) -> _Alike:
    size = len(records)
    totals, known = np.zeros(size, np.uint64), np.zeros(size, np.bool_)
    for order, digests in ids:
        loops.add_identifiers(digests, order, totals, known)
    says = totals, known, records.present, records.names, ages, records.born_as, records.flags
    table = np.full(slots(size), -1, np.int32)
    row_keys, keys = np.empty(size, np.uint64), np.empty(size, np.uint64)
    first, counts = np.empty(size, np.int64), np.empty(size, np.int64)
    count = loops.distinct_rows(*says, table, row_keys, keys, first, counts)
    return (slice(None) if count == size else first[:count]), keys[:count], counts[:count]


def slots(size: int) -> int:
    """Return how many places a hash table for so many keys has, a power of two."""
    return 1 << max(4, (size * 3 // 2).bit_length())


def joined(chunks: Sequence[Chunk]) -> Chunk:
    """Return the rows of chunks of one table, of own or second persons, with the same kinds, as one chunk."""
    if len(chunks) == 1:
        return chunks[0]
    first = chunks[0]
    return Chunk(
        table=first.table,
        own=first.own,
        ids=tuple(
            (order, np.concatenate([chunk.ids[place][1] for chunk in chunks]))
            for place, (order, _) in enumerate(first.ids)
        ),
        **{name: np.concatenate([getattr(chunk, name) for chunk in chunks]) for name in _FIELDS},
    )


def ages_of(flags: U32) -> U8:
    """Return the age class of every row."""
    ages = np.zeros(len(flags), np.uint8)
    ages[(flags & MINOR_UNDER_18) != 0] = MINOR
    ages[(flags & ADULT) != 0] = OF_AGE
    return ages


def _order(kind: str) -> int:
    if kind not in KINDS:
        raise ValueError(f"'{kind}' is no kind of identifier. Known are: {', '.join(sorted(KINDS))}.")
    return KINDS[kind].order


def to_arrow(chunk: Chunk) -> pa.Table:
    """Return the chunk as a table of one row per distinct (identity, flags)."""
    size = len(chunk.keys)
    columns: dict[str, pa.Array[Any]] = {
        "table": pa.array([chunk.table] * size, pa.string()),
        "own": pa.array([chunk.own] * size),
    }
    seen: dict[int, int] = {}
    for order, digests in chunk.ids:
        seen[order] = seen.get(order, 0) + 1
        columns[f"id:{BY_ORDER[order].id}:{seen[order]}"] = pa.array(digests, mask=digests == 0)
    columns |= {name: pa.array(getattr(chunk, name)) for name in _FIELDS}
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
    ids = tuple(
        (_order(name.split(":")[1]), _numbers(part, name).astype(np.uint64))
        for name in part.column_names
        if name.startswith("id:") and part[name].null_count < part.num_rows
    )
    fields = {name: _numbers(part, name).astype(dtype) for name, dtype in _FIELDS.items()}
    return Chunk(table=part["table"][0].as_py(), own=part["own"][0].as_py(), ids=ids, **fields)


def _numbers(part: pa.Table, name: str) -> npt.NDArray[np.generic]:
    values: npt.NDArray[np.generic] = part[name].combine_chunks().fill_null(0).to_numpy(zero_copy_only=False)
    return values
