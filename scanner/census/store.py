"""Chunks waiting to be linked: in memory while they fit, else in a file without a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import numpy as np

from scanner.census.chunks import FIELDS, Chunk, joined
from scanner.identifiers import I32, I64, U64
from scanner.machine.spill import Array, Memory, Place, Spill

_SETS = "sets"  # column that is there once the rows are ordered by part
_SHARE = 4  # the chunks may take this part of the room that there is at first
_TOGETHER = 2_000_000  # rows of like chunks that become one: parts are gathered from few places then

_Likeness = tuple[str, bool, tuple[int, ...]]  # table, own, orders of the kinds


@dataclass(slots=True)
class Packed:
    """A chunk whose columns are numbers, or the one number that all rows have, or lie in the file.

    Attributes:
        rows: Distinct rows.
        own_rows, blank_rows: How many rows of the table they stand for: of the rows' own persons, blank ones.
        bounds: Where each part begins, once the rows are ordered by part.

    """

    table: str
    own: bool
    orders: tuple[int, ...]
    rows: int
    own_rows: int
    blank_rows: int
    columns: dict[str, Array | Place] = field(default_factory=dict)
    constants: dict[str, np.generic] = field(default_factory=dict)
    bounds: I64 | None = None

    @property
    def size(self) -> int:
        """Bytes in memory."""
        return sum(column.nbytes for column in self.columns.values() if not isinstance(column, Place))


_Slice = tuple[Packed, int, int]  # rows from one place to another


def pack(chunk: Chunk) -> Packed:
    """Return the chunk with columns of one number only kept as that number."""
    own_rows = int(chunk.counts.sum()) if chunk.own else 0
    packed = Packed(
        chunk.table,
        chunk.own,
        tuple(order for order, _ in chunk.ids),
        len(chunk),
        own_rows,
        int(chunk.counts[chunk.blank].sum()),
    )
    columns = {name: getattr(chunk, name) for name in FIELDS}
    columns |= {f"id{place}": digests for place, (_, digests) in enumerate(chunk.ids)}
    for name, column in columns.items():
        if len(column) and (column == column[0]).all():
            packed.constants[name] = column[0]
        else:
            packed.columns[name] = column
    if "counts" in packed.columns:  # small numbers nearly always
        packed.columns["counts"] = chunk.counts.astype(np.min_scalar_type(chunk.counts.max()))
    return packed


class Store:
    """Chunks of one census.

    Args:
        memory: How much may be used, and where to put the rest.

    """

    def __init__(self, memory: Memory) -> None:
        self._packed: list[Packed] = []
        self._waiting: dict[_Likeness, list[Chunk]] = {}
        self._memory = memory
        self._room = memory.room()
        self._held = 0
        self.spill: Spill | None = None

    @property
    def rows(self) -> int:
        return sum(packed.rows for packed in self.packed)

    @property
    def packed(self) -> list[Packed]:
        """Return everything taken in."""
        for alike in list(self._waiting):
            self._pack(alike)
        return self._packed

    def add(self, chunk: Chunk) -> None:
        """Take in a chunk.

        Raises:
            SpillFull: It fits neither into memory nor on the disk.

        """
        alike = (chunk.table, chunk.own, tuple(order for order, _ in chunk.ids))
        waiting = self._waiting.setdefault(alike, [])
        waiting.append(chunk)
        self._held += chunk.size
        if sum(len(each) for each in waiting) >= _TOGETHER:
            self._pack(alike)
        if self._room is not None and self._held > self._room // _SHARE:
            self._write()

    def _pack(self, alike: _Likeness) -> None:
        chunks = self._waiting.pop(alike)
        packed = pack(joined(chunks))
        self._packed.append(packed)
        self._held += packed.size - sum(chunk.size for chunk in chunks)

    def cut(self, length: int) -> None:
        """Forget what was taken in since there were ``length`` in ``packed``."""
        waiting = chain.from_iterable(self._waiting.values())
        self._held -= sum(chunk.size for chunk in waiting)
        self._held -= sum(packed.size for packed in self._packed[length:])
        self._waiting.clear()
        del self._packed[length:]

    def _write(self) -> None:
        if self.spill is None:
            self.spill = Spill(self._memory.folder)
        for packed in self.packed:
            for name, column in packed.columns.items():
                if not isinstance(column, Place):
                    packed.columns[name] = self.spill.write(column)
        self._held = 0

    def digests(self, packed: Packed, place: int) -> U64:
        """Return the digests of the identifier at a place in the chunk."""
        digests: U64 = self._column(packed, f"id{place}", 0, packed.rows)
        return digests

    def reorder(self, packed: Packed, places: I64, sets: I32, bounds: I64) -> None:
        """Bring every row of a chunk to its place; ``sets`` are those of the rows, in the order of places."""
        for name, column in packed.columns.items():
            held = self._column(packed, name, 0, packed.rows)
            moved = np.empty_like(held)
            moved[places] = held
            if isinstance(column, Place) and self.spill is not None:
                self.spill.rewrite(column, moved)
            else:
                packed.columns[name] = moved
        packed.columns[_SETS] = self.spill.write(sets) if self.spill else sets
        packed.bounds = bounds

    def chunks(self) -> Iterator[Chunk]:
        """Yield all chunks whole."""
        for packed in self.packed:
            yield self._joined([(packed, 0, packed.rows)])

    def tables(self) -> tuple[str, ...]:
        """Return the tables, sorted."""
        return tuple(sorted({packed.table for packed in self.packed}))

    def about_things(self) -> frozenset[str]:
        """Return tables in which most rows are blank: those are about things, not people."""
        rows: dict[str, int] = {}
        blank: dict[str, int] = {}
        for packed in self.packed:
            rows[packed.table] = rows.get(packed.table, 0) + packed.own_rows
            blank[packed.table] = blank.get(packed.table, 0) + packed.blank_rows
        return frozenset(table for table, number in rows.items() if blank[table] * 2 > number)

    def part(self, number: int) -> tuple[list[Chunk], I32]:
        """Return the rows of one part, those of like chunks together, and the closed set of every row."""
        alike: dict[_Likeness, list[_Slice]] = {}
        for packed in self.packed:
            start, stop = _bounds(packed, number)
            if stop > start:
                alike.setdefault((packed.table, packed.own, packed.orders), []).append((packed, start, stop))
        sets = [self._column(packed, _SETS, *span) for slices in alike.values() for packed, *span in slices]
        chunks = [self._joined(slices) for slices in alike.values()]
        return chunks, np.concatenate([np.zeros(0, np.int32), *sets])

    def _joined(self, slices: Sequence[_Slice]) -> Chunk:
        first = slices[0][0]

        def column(name: str) -> Array:
            columns = [self._column(packed, name, *span) for packed, *span in slices]
            return np.concatenate(columns, dtype=FIELDS.get(name, np.uint64), casting="same_kind")

        return Chunk(
            table=first.table,
            own=first.own,
            ids=tuple((order, column(f"id{place}")) for place, order in enumerate(first.orders)),
            **{name: column(name) for name in FIELDS},
        )

    def _column(self, packed: Packed, name: str, start: int, stop: int) -> Any:
        if name in packed.constants:
            return np.full(stop - start, packed.constants[name])
        column = packed.columns[name]
        if isinstance(column, Place):
            if self.spill is None:
                raise RuntimeError("The file is closed.")
            return self.spill.read(column, start, stop)
        return column[start:stop]


def _bounds(packed: Packed, part: int) -> tuple[int, int]:
    if packed.bounds is None:
        raise RuntimeError("The chunk is not in the order of parts.")
    return int(packed.bounds[part]), int(packed.bounds[part + 1])
