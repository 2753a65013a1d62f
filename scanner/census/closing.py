"""Divide collected rows into closed parts: rows that share a value, directly or through others, lie in one.

Nothing links rows of different parts, so each is linked by itself, in a thread of its own and in little
memory, with the result of linking all at once.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType

import numpy as np

from scanner.census.distinct import empty_table
from scanner.census.kinds import THING_NUMBERS, THINGS_REFERRED_TO
from scanner.census.store import Store
from scanner.identifiers import I32, I64, U64
from scanner.machine.parallel import mapped
from scanner.machine.rooms import Rooms
from scanner.machine.shrinking import Array

_VALUES = 1 << 18  # hashed at once at most, so that the table fits the cache
_LEAST_BITS, _MOST_BITS = 8, 12  # of a value, that say to which part of the values it belongs
_DIGEST, _ROW = 8, 4  # bytes
_PAIR = _DIGEST + _ROW
_MEANWHILE = 64 << 20  # bytes, or half of all: for what is read and hashed while pairs are held
_LEAST_PAIRS = 24_000_000  # at a time: reading digests again takes less time than getting more memory
_FEWEST_PAIRS = 2_000_000  # at a time, however little memory there is: digests are read again for each time
_SPAN = 1 << 20  # rows numbered at a time


def close(store: Store, parts: int, joins: ModuleType, room: int | None, threads: int) -> Rooms:
    """Bring the rows of a store into the order of ``parts`` closed parts (a power of two, at least 2).

    Returns where the memory of rows goes that have been read.

    Args:
        store: What was collected.
        parts: How many parts.
        joins: Compiled kernels, or ``scanner.census.joins``.
        room: Bytes that may be used meanwhile; None for any number.
        threads: How many may work at once.

    """
    packed, starts = store.packed, _starts_of(store)
    rooms = Rooms(threads=threads)
    sets = _joined(store, joins, room, threads, rooms)

    def reorder(number: int) -> None:
        mine = sets[starts[number] : starts[number + 1]]
        bounds = np.zeros(parts + 1, np.int64)
        room = rooms.take(2 * mine.nbytes)
        places, within = room.view(np.int32).reshape(2, -1)
        joins.place_by_part(mine, parts.bit_length() - 1, bounds, places, within)
        mine[:] = within
        packed[number].reorder(places, mine, bounds, joins.put_in_places, rooms)
        rooms.free(room, 0, len(room))

    for _ in mapped(reorder, range(len(packed)), threads):
        pass
    if room is not None:
        rooms.give_back()
    return rooms


def _starts_of(store: Store) -> I64:
    """Return where the rows of every chunk begin, and where the last ones end."""
    return np.cumsum([0, *(packed.rows for packed in store.packed)])


def _joined(store: Store, joins: ModuleType, room: int | None, threads: int, rooms: Rooms) -> I32:
    """Return the number of every row's closed set, by hashing values part by part."""
    starts = _starts_of(store)
    if starts[-1] > np.iinfo(np.int32).max:
        raise OverflowError("More than 2,147,483,647 distinct rows cannot be linked at once.")
    parents = _each_alone(int(starts[-1]), rooms, threads)
    left = None if room is None else max(room - parents.nbytes, 0)
    most = max(_LEAST_PAIRS, len(parents) // 4)
    if left is not None:
        most = max(min(most, max(left // 2, left - _MEANWHILE) // _PAIR), _FEWEST_PAIRS)
    joining = _Joining(
        store=store,
        starts=starts,
        parents=parents,
        bits=min(max((len(parents) // _VALUES).bit_length(), _LEAST_BITS), _MOST_BITS),
        joins=joins,
        threads=threads,
    )
    kinds = [joining.kind(order) for order in _orders(store)]
    pairs = rooms.take(max((kind.most_held(most) for kind in kinds), default=0) * _PAIR)
    for number, kind in enumerate(kinds):
        joining.unite(kind, most, pairs, first=number == 0)
    rooms.free(pairs, 0, len(pairs))
    _number_sets(parents, joins, threads)
    return parents


def _each_alone(rows: int, rooms: Rooms, threads: int) -> I32:
    """Return a forest in which every row is a root."""
    parents = rooms.take(rows * _ROW).view(np.int32)

    def fill(span: tuple[int, int]) -> None:
        parents[slice(*span)] = np.arange(*span, dtype=np.int32)

    for _ in mapped(fill, _spans_of(parents), threads):
        pass
    return parents


def _spans_of(rows: I32) -> list[tuple[int, int]]:
    return [(start, min(start + _SPAN, len(rows))) for start in range(0, len(rows), _SPAN)]


def _number_sets(parents: I32, joins: ModuleType, threads: int) -> None:
    """Put the number of a row's set, from 0 in the order of their first rows, in place of its parent."""
    spans = _spans_of(parents)
    roots = mapped(lambda span: int(joins.count_roots(parents[slice(*span)], span[0])), spans, threads)
    numbers = dict(zip(spans, itertools.accumulate(roots, initial=0), strict=False))

    def number_roots(span: tuple[int, int]) -> None:
        joins.number_roots(parents[slice(*span)], span[0], numbers[span])

    def number_others(span: tuple[int, int]) -> None:
        joins.number_others(parents, *span)

    def without_sign(span: tuple[int, int]) -> None:  # by which a number is told from a parent until now
        np.invert(parents[slice(*span)], out=parents[slice(*span)])

    for work in (number_roots, number_others, without_sign):
        for _ in mapped(work, spans, threads):
            pass


class _Tables:
    """Hash tables for so many keys, with room for their holders, each used again."""

    def __init__(self, keys: int) -> None:
        self._keys = keys
        self._free: list[tuple[U64, I32]] = []

    @contextmanager
    def one(self) -> Iterator[tuple[U64, I32]]:
        """Lend one that is empty; several threads may ask at once."""
        try:
            table, holders = self._free.pop()
            table.fill(0)
        except IndexError:
            table = empty_table(self._keys)
            holders = np.empty(len(table), np.int32)
        yield table, holders
        self._free.append((table, holders))


def _orders(store: Store) -> list[int]:
    """Return the kinds of columns whose values meet only one another, in ascending order."""
    return sorted({_meeting(order) for packed in store.packed for order in packed.orders})


def _meeting(order: int) -> int:
    """Return the kind whose values those of a kind meet: numbers of things those referred to."""
    return THING_NUMBERS if order == THINGS_REFERRED_TO else order


def _columns_of(store: Store, order: int) -> list[tuple[int, int]]:
    """Return chunk and place of every column of a kind."""
    return [
        (number, place)
        for number, packed in enumerate(store.packed)
        for place, held in enumerate(packed.orders)
        if _meeting(held) == order
    ]


@dataclass(frozen=True, slots=True)
class _Kind:
    """Values that meet only one another.

    Attributes:
        columns: Chunk and place of every column of them.
        counts: How many of them are in each part (columns x parts).

    """

    columns: list[tuple[int, int]]
    counts: I64

    @property
    def once(self) -> bool:
        """Whether no row has two."""
        return len({number for number, _ in self.columns}) == len(self.columns)

    def spans(self, most: int) -> Iterator[tuple[int, int]]:
        """Yield ranges of parts of so many values together, or less: about equally many."""
        ends = self.counts.sum(axis=0).cumsum()
        largest = int(np.diff(ends, prepend=0).max())
        times = max(-(-int(ends[-1]) // most), 1)
        most = max(min(most, int(ends[-1]) // times + largest), largest)
        low = held = 0
        while low < len(ends):
            high = max(int(np.searchsorted(ends, held + most, side="right")), low + 1)
            yield low, high
            low, held = high, int(ends[high - 1])

    def most_held(self, most: int) -> int:
        """Return how many values are held at a time where ``spans`` are of so many at most."""
        return max(int(self.counts[:, slice(*span)].sum()) for span in self.spans(most))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Joining:
    """Rows on their way to closed sets.

    Attributes:
        starts: Where the rows of every chunk begin.
        parents: A forest over the rows; see ``scanner.compiled.joins``.
        bits: How many bits of a value say to which part of the values it belongs.

    """

    store: Store
    starts: I64
    parents: I32
    bits: int
    joins: ModuleType
    threads: int

    @property
    def _shift(self) -> np.uint64:
        return np.uint64(64 - self.bits)

    def kind(self, order: int) -> _Kind:
        """Return the columns of a kind, with their values counted."""
        columns = _columns_of(self.store, order)
        return _Kind(columns, np.array(list(mapped(self._count, columns, self.threads))))

    def unite(self, kind: _Kind, most: int, pairs: Array, *, first: bool) -> None:
        """Unite the rows that share a value of a kind; ``first`` if nothing is united yet.

        ``pairs`` is room for the values of each of the spans of ``most``, with their rows.
        """
        unite = self.joins.unite_first if first and kind.once else self.joins.unite_equal
        for span in kind.spans(most):
            self._unite_values(kind, span, pairs, unite)

    def _count(self, column: tuple[int, int]) -> I64:
        """Return how many values of a column are in each part."""
        counts = np.zeros(1 << self.bits, np.int64)
        for _, digests in self._digests(column):
            self.joins.count_parts(digests, self._shift, counts)
        return counts

    def _digests(self, column: tuple[int, int]) -> Iterator[tuple[np.int64, U64]]:
        """Yield the digests of a column, some at a time, and the number of the row of the first of them."""
        number, place = column
        start = self.starts[number]
        for digests in self.store.packed[number].digests(place):
            yield start, digests
            start += len(digests)

    def _unite_values(
        self, kind: _Kind, span: tuple[int, int], pairs: Array, unite_equal: Callable[..., None]
    ) -> None:
        counts = kind.counts[:, slice(*span)]
        # By part, then by column: where the digests of a column belong.
        flat = np.cumsum(counts.T.ravel())
        places = np.concatenate([[0], flat[:-1]]).reshape(counts.T.shape)
        bounds = np.concatenate([places[:, 0], flat[-1:]])
        ends = np.array([_DIGEST, _PAIR]) * flat[-1]
        keys, rows = pairs[: ends[0]].view(np.uint64), pairs[ends[0] : ends[1]].view(np.int32)
        tables = _Tables(int(np.diff(bounds).max()))

        def fill(number: int) -> None:
            at = np.ascontiguousarray(places[:, number])
            for first, digests in self._digests(kind.columns[number]):
                self.joins.fill_parts(digests, first, self._shift, *span, at, keys, rows)

        def unite(part: int) -> None:
            mine = slice(bounds[part], bounds[part + 1])
            with tables.one() as (table, holders):
                unite_equal(keys[mine], rows[mine], table, holders, self.parents)

        several = np.flatnonzero(np.diff(bounds) > 1).tolist()
        for work, numbers in ((fill, range(len(kind.columns))), (unite, several)):
            for _ in mapped(work, numbers, self.threads):
                pass
