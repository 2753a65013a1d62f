"""Chunks waiting to be linked: in memory while they fit, else in a file without a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from scanner.census.chunks import FIELDS, Chunk
from scanner.identifiers import I32, I64, U64
from scanner.machine.spill import Array, Memory, Place, Spill

_SETS = "sets"  # column that is there once the rows are ordered by part
_SHARE = 8  # chunks may take this part of the room there is at first, and again while they are written
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
_Keep = Callable[[Sequence[Array]], Array | Place]


def pack(chunks: Sequence[Chunk], keep: _Keep = np.concatenate) -> Packed:
    """Return like chunks as one; ``keep`` puts the pieces of a column of several numbers together."""
    first = chunks[0]
    packed = Packed(
        first.table,
        first.own,
        tuple(order for order, _ in first.ids),
        sum(map(len, chunks)),
        sum(int(chunk.counts.sum()) for chunk in chunks) if first.own else 0,
        sum(int(chunk.counts[chunk.blank].sum()) for chunk in chunks),
    )
    columns = {name: [getattr(chunk, name) for chunk in chunks] for name in FIELDS}
    columns |= {f"id{place}": [chunk.ids[place][1] for chunk in chunks] for place in range(len(first.ids))}
    for name, pieces in columns.items():
        if (constant := _only_number(pieces)) is not None:
            packed.constants[name] = constant
        else:
            packed.columns[name] = keep(_narrowed(pieces) if name == "counts" else pieces)
    return packed


def _only_number(pieces: Sequence[Array]) -> np.generic | None:
    """Return the number that all are, None if they are several."""
    held = [piece for piece in pieces if len(piece)]
    if not held or any(piece[-1] != held[0][0] for piece in held):
        return None
    number: np.generic = held[0][0]
    return number if all((piece == number).all() for piece in held) else None


def _narrowed(counts: Sequence[Array]) -> list[Array]:
    least = np.min_scalar_type(max(piece.max(initial=0) for piece in counts))
    return [piece.astype(least) for piece in counts]


class Store:
    """Chunks of one census. What is taken in is put together, and written, in a thread of its own.

    Args:
        memory: How much may be used, and where to put the rest.
        threads: How many may work at once; with one, whoever calls waits for the other thread.

    """

    def __init__(self, memory: Memory, threads: int = 1) -> None:
        self._packed: list[Packed] = []
        self._waiting: dict[_Likeness, list[Chunk]] = {}
        self._memory = memory
        self._room = memory.room()
        self._held = 0  # bytes in memory that no thread is writing
        self._threads = threads
        self._hands = ThreadPoolExecutor(1)
        self._at_work: Future[None] | None = None
        self.spill: Spill | None = None

    @property
    def rows(self) -> int:
        return sum(packed.rows for packed in self.packed)

    @property
    def packed(self) -> list[Packed]:
        """Return everything taken in.

        Raises:
            SpillFull: As ``add``.

        """
        self._settle()
        self._pack(list(self._waiting.values()))
        self._waiting.clear()
        return self._packed

    def add(self, chunk: Chunk) -> None:
        """Take in a chunk.

        Raises:
            SpillFull: It, or what was taken in before, fits neither into memory nor on the disk.

        """
        alike = (chunk.table, chunk.own, tuple(order for order, _ in chunk.ids))
        waiting = self._waiting.setdefault(alike, [])
        waiting.append(chunk)
        self._held += chunk.size
        if self._room is None:
            if sum(map(len, waiting)) >= _TOGETHER:
                self._later(self._pack, [self._waiting.pop(alike)])
        elif self._held > self._room // _SHARE:
            self._write()

    def _later(self, work: Callable[..., None], *given: object) -> None:
        """Have something done in the other thread, once that has done what it is at."""
        self._settle()
        self._at_work = self._hands.submit(work, *given)
        if self._threads == 1:
            self._settle()

    def _settle(self) -> None:
        """Wait for the other thread; raise what it raised, every time: rows of any table are lost then."""
        if self._at_work:
            self._at_work.result()
        self._at_work = None

    def _pack(self, groups: Sequence[Sequence[Chunk]], keep: _Keep = np.concatenate) -> None:
        self._packed += [pack(chunks, keep) for chunks in groups]

    def cut(self, length: int) -> None:
        """Forget what was taken in since there were ``length`` in ``packed``."""
        self._settle()
        self._waiting.clear()
        del self._packed[length:]
        self._held = sum(packed.size for packed in self._packed)

    def _write(self) -> None:
        """Have all that is in memory written."""
        self.spill = self.spill or Spill(self._memory.folder)
        waiting, self._waiting, self._held = self._waiting, {}, 0
        self._later(self._put_away, list(waiting.values()), self.spill)

    def _put_away(self, groups: Sequence[Sequence[Chunk]], spill: Spill) -> None:
        for packed in self._packed:
            for name, column in packed.columns.items():
                if not isinstance(column, Place):
                    packed.columns[name] = spill.write(column)
        self._pack(groups, lambda pieces: spill.write(*pieces))

    def digests(self, packed: Packed, place: int, start: int, stop: int) -> U64:
        """Return the digests of the identifier at a place in the chunk, from one row to another."""
        digests: U64 = self._column(packed, f"id{place}", start, stop)
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
            if name in FIELDS and (number := _everywhere(slices, name)) is not None:
                return np.broadcast_to(number, sum(stop - start for _, start, stop in slices))
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


def _everywhere(slices: Sequence[_Slice], name: str) -> np.generic | None:
    """Return the one number that all rows of slices have in a column; None if there are several."""
    numbers = {packed.constants.get(name) for packed, *_ in slices}
    return numbers.pop() if len(numbers) == 1 else None
