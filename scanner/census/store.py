"""Chunks waiting to be linked: in memory while they fit, else in a file without a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np

from scanner.census.alike import is_repeated, repeated
from scanner.census.chunks import FIELDS, Chunk
from scanner.census.columns import Filed, Held, Pieces, Put, sizes_of_pieces
from scanner.identifiers import I32, I64, U64
from scanner.machine.rooms import Rooms
from scanner.machine.shrinking import Array
from scanner.machine.spill import Memory, Spill

_SHARE = 12  # chunks may take this part of the room there is at first, and again while they are written
_MOST_WAITING = 128 << 20  # bytes; larger chunks take more room to be brought into order
_TOGETHER = 4_000_000  # rows of like chunks that become one: parts are gathered from few places then

_Likeness = tuple[str, bool, tuple[int, ...]]  # table, own, orders of the kinds
_Keep = Callable[[Pieces], Held | Filed]


@dataclass(slots=True, kw_only=True)
class Packed:
    """Like chunks put together.

    Attributes:
        rows: Distinct rows.
        own_rows, blank_rows: How many rows of the table they stand for: of the rows' own persons, blank ones.
        columns: Those of several numbers.
        constants: The others: the one number that all rows have.
        sets: The closed set of every row, once the rows are in the order of parts; numbered part by part.
        bounds: Where each part begins then.

    """

    table: str
    own: bool
    orders: tuple[int, ...]
    rows: int
    own_rows: int
    blank_rows: int
    columns: Held | Filed
    constants: dict[str, np.generic]
    sets: I32 | None = None
    bounds: I64 | None = None

    @property
    def likeness(self) -> _Likeness:
        return self.table, self.own, self.orders

    def digests(self, place: int) -> Iterator[U64]:
        """Yield the digests of the identifier at a place in the chunk, piece by piece."""
        name = f"id{place}"
        if name in self.constants:
            yield from (np.full(size, self.constants[name]) for size in sizes_of_pieces(self.rows))
        else:
            yield from self.columns.read(name)

    def reorder(self, places: I32, sets: I32, bounds: I64, put: Put, rooms: Rooms) -> None:
        """Bring every row to its place; ``sets`` are those of the rows, in the order of places."""
        self.columns.reorder(places, bounds, put, rooms)
        self.sets, self.bounds = sets, bounds

    def whole(self) -> Chunk:
        """Return all rows."""
        return _chunk(self.likeness, {name: self._column(name) for name in _names(self.orders)})

    def size(self, part: int) -> int:
        """Return how many rows are in a part."""
        _, bounds = self._in_order
        return int(bounds[part + 1] - bounds[part])

    def sets_of(self, part: int) -> I32:
        """Return the sets of the rows of a part."""
        sets, bounds = self._in_order
        return sets[bounds[part] : bounds[part + 1]]

    @property
    def _in_order(self) -> tuple[I32, I64]:
        if self.sets is None or self.bounds is None:
            raise RuntimeError("The rows are not in the order of parts.")
        return self.sets, self.bounds

    def _column(self, name: str) -> Array:
        if name in self.constants:
            return np.full(self.rows, self.constants[name])
        pieces = list(self.columns.read(name))
        return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)


def pack(chunks: Sequence[Chunk], keep: _Keep = Held) -> Packed:
    """Return like chunks as one; ``keep`` puts the pieces of columns of several numbers together."""
    first = chunks[0]
    pieces = {name: [getattr(chunk, name) for chunk in chunks] for name in FIELDS}
    pieces |= {f"id{place}": [chunk.ids[place][1] for chunk in chunks] for place in range(len(first.ids))}
    numbers = {name: _only_number(held) for name, held in pieces.items()}
    several = {name: held for name, held in pieces.items() if numbers[name] is None}
    if "counts" in several:
        several["counts"] = _narrowed(several["counts"])
    return Packed(
        table=first.table,
        own=first.own,
        orders=tuple(order for order, _ in first.ids),
        rows=sum(map(len, chunks)),
        own_rows=sum(int(chunk.counts.sum()) for chunk in chunks) if first.own else 0,
        blank_rows=sum(int(chunk.counts[chunk.blank].sum()) for chunk in chunks),
        columns=keep(several),
        constants={name: number for name, number in numbers.items() if number is not None},
    )


def _only_number(pieces: Sequence[Array]) -> np.generic | None:
    """Return the number that all are, None if they are several."""
    held = [piece for piece in pieces if len(piece)]
    if not held or any(piece[-1] != held[0][0] for piece in held):
        return None
    number: np.generic = held[0][0]
    return number if all(is_repeated(piece) or (piece == number).all() for piece in held) else None


def _narrowed(counts: Sequence[Array]) -> list[Array]:
    least = np.min_scalar_type(max(piece.max(initial=0) for piece in counts))
    return [piece.astype(least) for piece in counts]


def _names(orders: Sequence[int]) -> list[str]:
    """Return the names of the columns of a chunk with these kinds of identifiers."""
    return [*FIELDS, *(f"id{place}" for place in range(len(orders)))]


def _chunk(likeness: _Likeness, columns: dict[str, Array]) -> Chunk:
    table, own, orders = likeness
    return Chunk(
        table=table,
        own=own,
        ids=tuple((order, columns[f"id{place}"]) for place, order in enumerate(orders)),
        **{name: columns[name].astype(dtype, copy=False) for name, dtype in FIELDS.items()},
    )


def _part_of(several: Sequence[Packed], part: int) -> Chunk:
    """Return the rows of a part, of like chunks, as one."""
    sizes, orders = [packed.size(part) for packed in several], several[0].orders
    ids = np.empty((sum(sizes), len(orders)), np.uint64)  # row by row and by kind, as ``link_small`` has them
    by_kind = sorted(range(len(orders)), key=orders.__getitem__)
    columns, left = {}, {f"id{place}": ids[:, column] for column, place in enumerate(by_kind)}
    for name, dtype in FIELDS.items():
        number = _everywhere(several, name)
        if number is None:
            left[name] = np.empty(sum(sizes), dtype)
        else:
            columns[name] = np.broadcast_to(number, sum(sizes))
    read = [packed.columns.part(part) for packed in several]
    for name, column in left.items():
        pieces = [
            held[name] if name in held else repeated(packed.constants[name], size)
            for packed, held, size in zip(several, read, sizes, strict=True)
        ]
        np.concatenate(pieces, out=column)
    for packed in several:
        packed.columns.give_up(part)
    return _chunk(several[0].likeness, columns | left)


def _everywhere(several: Sequence[Packed], name: str) -> np.generic | None:
    """Return the one number that all rows of chunks have in a column; None if there are several."""
    numbers = {packed.constants.get(name) for packed in several}
    return numbers.pop() if len(numbers) == 1 else None


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
        self._spent = False
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
        if self._spent:
            raise RuntimeError("The rows were linked, and others were written over them.")
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
        elif self._held > min(self._room // _SHARE, _MOST_WAITING):
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

    def _pack(self, groups: Sequence[Sequence[Chunk]], keep: _Keep = Held) -> None:
        self._packed += [pack(chunks, keep) for chunks in groups]

    def cut(self, length: int) -> None:
        """Forget what was taken in since there were ``length`` in ``packed``."""
        self._settle()
        if self._waiting or len(self._packed) > length:
            self._waiting.clear()
            del self._packed[length:]
            self._held = sum(packed.columns.nbytes for packed in self._packed)

    def _write(self) -> None:
        """Have all that is in memory written."""
        self.spill = self.spill or Spill(self._memory.folder)
        waiting, self._waiting, self._held = self._waiting, {}, 0
        self._later(self._put_away, list(waiting.values()), self.spill)

    def _put_away(self, groups: Sequence[Sequence[Chunk]], spill: Spill) -> None:
        for packed in self._packed:
            packed.columns = packed.columns.put_away(spill)
        self._pack(groups, partial(Filed, spill))

    def spend(self) -> None:
        """Forget all rows: they were read part by part, and none can be asked for again."""
        self._packed, self._spent = [], True

    def chunks(self) -> Iterator[Chunk]:
        """Yield all chunks whole."""
        for packed in self.packed:
            yield packed.whole()

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
        """Return the rows of one part, those of like chunks together, and the closed set of every row.

        They can be read once: something else takes their place.
        """
        alike: dict[_Likeness, list[Packed]] = {}
        for packed in self.packed:
            if packed.size(number):
                alike.setdefault(packed.likeness, []).append(packed)
        sets = [packed.sets_of(number) for several in alike.values() for packed in several]
        chunks = [_part_of(several, number) for several in alike.values()]
        return chunks, np.concatenate([np.zeros(0, np.int32), *sets])
