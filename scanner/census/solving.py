"""Link everything collected: at once where it is little, else closed part by closed part."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from scanner.census import joins
from scanner.census.chunks import Chunk
from scanner.census.closing import close
from scanner.census.graph import build
from scanner.census.lending import lend_persons
from scanner.census.linking import link
from scanner.census.marks import Marks
from scanner.census.parts import Part
from scanner.census.people import People
from scanner.census.plain import divide
from scanner.census.relations import lend_names
from scanner.census.small import columns_of, divide_small
from scanner.census.store import Store
from scanner.census.walks import Walks
from scanner.compiled.loading import Acceleration
from scanner.identifiers import I32, I64
from scanner.machine.allocation import give_back_freed_memory
from scanner.machine.apart import copied_apart
from scanner.machine.parallel import mapped
from scanner.machine.rooms import Rooms
from scanner.machine.spill import Memory, Place, Spill

PART_ROWS = 250_000  # rows linked at a time where memory does not call for fewer
_ROW_BYTES = 700  # of memory that linking a row takes
_LOOP_BYTES, _LINK_BYTES = 120, 60  # that it takes compiled loops, and more for each of its identifiers
_COLUMN_BYTES = 8  # and more for every column that rows of any table fill
_SET_BYTES = 4  # of memory that any row takes meanwhile
_LEAST_ROOM = 32 << 20  # bytes
_MOST_PARTS = 1 << 14
_MOST_TOGETHER = 8  # parts of which what is left over is linked together
_SPANS = 4  # of parts at least, for every thread


def solve(
    store: Store, memory: Memory, acceleration: Acceleration, threads: int, part_rows: int = PART_ROWS
) -> People:
    """Return the people of a store, linked in parts of about ``part_rows`` or, if memory is short, fewer.

    A store of more rows than that is empty afterwards.
    """
    tables, things = store.tables(), store.about_things()
    acceleration.expect(store.rows)
    if memory.limit is not None:
        give_back_freed_memory()
    row_bytes = threads * _row_bytes(store, acceleration)
    number = _parts(store.rows, memory, row_bytes, part_rows)
    if number == 1:
        lent, _ = lend_persons(list(store.chunks()))
        whole = _linked(lend_names(_about(lent, things)), tables)
        return People(tables, Walks([whole], Marks.of(whole.marks), memory=memory))
    rooms = close(store, number, acceleration.kernels("joins") or joins, memory.room(), threads)
    spill = store.spill or Spill(memory.folder) if memory.limit is not None else None
    linking = _Linking(
        store=store,
        tables=tables,
        things=things,
        acceleration=acceleration,
        spill=spill,
        rooms=rooms,
        part_rows=store.rows // number,
    )
    together = max(1, min(_MOST_TOGETHER, number // (threads * _SPANS)))
    shown, linked = zip(*mapped(linking.link, _spans(number, together, threads), threads), strict=True)
    store.spend()
    rooms.give_back()
    kept = list(itertools.chain.from_iterable(linked))
    walks = Walks(
        kept if spill is None else _Spilled(kept, spill),
        Marks.of(sum(shown)),
        memory=memory,
        threads=threads,
        loops=acceleration.kernels("touches"),
    )
    return People(tables, walks)


def _row_bytes(store: Store, acceleration: Acceleration) -> int:
    """Return how many bytes of memory it takes to link a row; kernels are loaded if rows are many."""
    if store.spill is None or not acceleration.kernels("small"):
        return _ROW_BYTES
    orders = [packed.orders for packed in store.packed]
    kinds, _ = columns_of(orders)
    return _LOOP_BYTES + _LINK_BYTES * max(map(len, orders)) + _COLUMN_BYTES * len(kinds)


def _parts(rows: int, memory: Memory, row_bytes: int, part_rows: int) -> int:
    """Return into how many parts to divide, a power of two, if linking a row takes so many bytes."""
    room = memory.room()
    if room is not None:
        part_rows = min(part_rows, max(room - rows * _SET_BYTES, _LEAST_ROOM) // row_bytes)
    return min(1 << max(0, -(-rows // part_rows) - 1).bit_length(), _MOST_PARTS)


def _spans(number: int, together: int, threads: int) -> Iterator[range]:
    """Yield which parts are linked together: fewer towards the end, so that no thread is done long before."""
    first = 0
    while first < number:
        most = max(1, min(together, (number - first) // threads))
        yield range(first, first + most)
        first += most


def _about(chunks: Sequence[Chunk], things: frozenset[str]) -> list[Chunk]:
    """Return the chunks without the blank rows of tables that are about things."""
    return [chunk.only(~chunk.blank) if chunk.table in things else chunk for chunk in chunks]


def _about_people(
    chunks: Sequence[Chunk], sets: I32, things: frozenset[str]
) -> tuple[list[Chunk], I32 | None]:
    """Return what ``_about`` keeps, and the sets of its rows; None if rows left out held one together."""
    if not any(chunk.table in things and chunk.blank.any() for chunk in chunks):
        return list(chunks), sets
    left_out = [chunk.blank & (chunk.table in things) for chunk in chunks]
    if any((chunk.known & rows).any() for chunk, rows in zip(chunks, left_out, strict=True)):
        return _about(chunks, things), None
    return _about(chunks, things), sets[~np.concatenate(left_out)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Linking:
    """Closed parts on their way to persons.

    Attributes:
        things: Tables that are about things.
        spill: Where to put what is linked; None to keep it in memory.
        rooms: Memory for it.
        part_rows: How many rows left over by several parts are linked together at most.

    """

    store: Store
    tables: tuple[str, ...]
    things: frozenset[str]
    acceleration: Acceleration
    spill: Spill | None
    rooms: Rooms
    part_rows: int

    def link(self, numbers: Iterable[int]) -> tuple[I64, list[Part | Place]]:
        """Return what some closed parts show of all tables, for ``Marks``, and their persons."""
        shown, kept = np.zeros((3, len(self.tables)), np.int64), []
        for part in self._parted(numbers):
            shown += part.marks
            kept.append(self._kept(part))
        return shown, kept

    def _kept(self, part: Part) -> Part | Place:
        """Return the part apart from what made it, which takes more memory."""
        if self.spill is not None:
            return self.spill.write_object(part)
        copy = copied_apart(part, self.rooms)
        copy.tables = self.tables  # one and the same for all parts
        return copy

    def _parted(self, numbers: Iterable[int]) -> Iterator[Part]:
        """Yield the small sets of every part, if there are compiled loops, and what several leave over."""
        small, lone = self.acceleration.kernels("small"), self.acceleration.kernels("lone")
        left: list[Chunk] = []
        for number in numbers:
            chunks, of_rows = self.store.part(number)
            lent, together = lend_persons(chunks)
            chunks, sets = _about_people(lent, of_rows, self.things)
            others: Sequence[Chunk] = lend_names(chunks)
            if small and others and sets is not None and together:
                divided = divide_small(others, sets, self.tables, small)
                yield Part(self.tables, divided.rows, divided.linked, lone)
                others = divided.others
            if _rows(left) + _rows(others) > self.part_rows:
                yield from self._rest(left)
                left = []
            left += others
        yield from self._rest(left)

    def _rest(self, chunks: Sequence[Chunk]) -> Iterator[Part]:
        """Yield plain rows by themselves, if there are compiled loops, then the others."""
        plain, lone = self.acceleration.kernels("plain"), self.acceleration.kernels("lone")
        if plain and chunks:
            divided = divide(chunks, self.tables, plain)
            yield Part(self.tables, divided.rows, divided.linked, lone)
            chunks = divided.others
        if chunks:
            yield _linked(chunks, self.tables)


def _rows(chunks: Sequence[Chunk]) -> int:
    return sum(map(len, chunks))


def _linked(chunks: Sequence[Chunk], tables: tuple[str, ...]) -> Part:
    rows, graph = build(chunks, tables)
    return Part(tables, rows, link(graph, rows))


class _Spilled(Sequence[Part]):
    """Parts that lie in the file and are read one at a time."""

    def __init__(self, places: Sequence[Place], spill: Spill) -> None:
        self._spill = spill
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> Part: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Part]: ...
    def __getitem__(self, index: int | slice) -> Part | Sequence[Part]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        part: Part = self._spill.read_object(self._places[index])
        return part
