"""Columns of numbers of equal length, in memory or in the file; the rows may be brought into order by part.

Both kinds are used alike. A part that is given up cannot be read again: others take its place.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from threading import Lock

import numpy as np

from scanner.identifiers import I32, I64
from scanner.machine.apart import RowsApart
from scanner.machine.rooms import Rooms
from scanner.machine.shrinking import Array
from scanner.machine.spill import Spill, as_bytes

_IN_ORDER = "The rows are in the order of parts, and can be read part by part only."
_READ = 1 << 18  # rows at a time: the C library takes larger memory anew from the system each time
Pieces = Mapping[str, Sequence[Array]]  # of every column, at least one
Put = Callable[[Array, I32, Array], None]  # numbers, their places, and where


class Held:
    """Columns in memory."""

    def __init__(self, pieces: Pieces) -> None:
        dtypes = {name: held[0].dtype for name, held in pieces.items()}
        self._rows = RowsApart(dtypes, _rows_of(pieces), Rooms())
        for name, held in pieces.items():
            np.concatenate(held, out=self._rows.columns[name])
        self._bounds: list[int] = []  # of parts, once the rows are in their order
        self._read: list[bool] = []  # parts
        self._first = 0  # part that was not read
        self._lock = Lock()

    @property
    def nbytes(self) -> int:
        """Bytes in memory."""
        return sum(column.nbytes for column in self._rows.columns.values())

    def read(self, name: str) -> Iterator[Array]:
        """Yield a column piece by piece, before the rows are in order."""
        if self._bounds:
            raise RuntimeError(_IN_ORDER)
        yield self._rows.columns[name]

    def reorder(self, places: I32, bounds: I64, put: Put, rooms: Rooms) -> None:
        """Bring every row to its place; ``bounds`` tell where each part begins then, and the end.

        Memory goes from one to the next by ``rooms``.
        """
        before = self._rows
        dtypes = {name: column.dtype for name, column in before.columns.items()}
        self._rows = RowsApart(dtypes, len(places), rooms)
        for name, column in before.columns.items():
            put(column, places, self._rows.columns[name])
        rooms.free(before.room, 0, len(before.room))
        self._bounds, self._read = bounds.tolist(), (np.diff(bounds) == 0).tolist()

    def part(self, number: int) -> dict[str, Array]:
        """Return the rows of a part, until they are given up."""
        start, stop = self._bounds[number : number + 2]
        return {name: column[start:stop] for name, column in self._rows.columns.items()}

    def give_up(self, part: int) -> None:
        """Let results have the memory of a part."""
        with self._lock:
            self._read[part] = True
            while self._first < len(self._read) and self._read[self._first]:
                self._first += 1
            self._rows.give_up(self._bounds[self._first])

    def put_away(self, spill: Spill) -> Filed:
        """Return the same columns in the file."""
        return Filed(spill, {name: [column] for name, column in self._rows.columns.items()})


class Filed:
    """Columns in the file, part by part, in each part column by column; all rows are one part at first."""

    nbytes = 0

    def __init__(self, spill: Spill, pieces: Pieces) -> None:
        self._spill = spill
        self._dtypes = {name: held[0].dtype for name, held in pieces.items()}
        widths = [dtype.itemsize for dtype in self._dtypes.values()]
        self._width = sum(widths)
        self._before = dict(zip(pieces, np.cumsum([0, *widths]).tolist(), strict=False))
        self._bounds = np.array([0, _rows_of(pieces)])
        self._start = spill.write(*(piece for held in pieces.values() for piece in held))

    def read(self, name: str) -> Iterator[Array]:
        """Yield a column piece by piece, before the rows are in order."""
        if len(self._bounds) > 2:
            raise RuntimeError(_IN_ORDER)
        rows, dtype = int(self._bounds[1]), self._dtypes[name]
        place = self._start + rows * self._before[name]
        for size in sizes_of_pieces(rows):
            column = np.empty(size, dtype)
            self._spill.read(place, [as_bytes(column)])
            place += column.nbytes
            yield column

    def reorder(self, places: I32, bounds: I64, put: Put, rooms: Rooms) -> None:
        """Bring every row to its place; ``bounds`` tell where each part begins then, and the end.

        Memory meanwhile is that of ``rooms``.
        """
        moved = RowsApart(self._dtypes, len(places), rooms)
        for name, column in moved.columns.items():
            _put_pieces(self.read(name), places, column, put)
        columns = [(as_bytes(moved.columns[name]), dtype.itemsize) for name, dtype in self._dtypes.items()]
        spans = itertools.pairwise(bounds.tolist())
        pieces = (column[start * width : stop * width] for start, stop in spans for column, width in columns)
        self._spill.rewrite(self._start, [piece for piece in pieces if piece])
        self._bounds = bounds
        rooms.free(moved.room, 0, len(moved.room))

    def part(self, number: int) -> dict[str, Array]:
        """Return the rows of a part."""
        place, rows = self._span(number)
        columns = {name: np.empty(rows, dtype) for name, dtype in self._dtypes.items()}
        self._spill.read(place, [as_bytes(column) for column in columns.values()])
        return columns

    def give_up(self, part: int) -> None:
        """Let others have the place of a part in the file."""
        place, rows = self._span(part)
        self._spill.give_up(place, rows * self._width)

    def _span(self, part: int) -> tuple[int, int]:
        """Return where a part begins in the file, and how many rows it has."""
        start, stop = self._bounds[part : part + 2].tolist()
        return self._start + start * self._width, stop - start

    def put_away(self, spill: Spill) -> Filed:  # noqa: ARG002 -- there already
        """Return the same columns in the file."""
        return self


def sizes_of_pieces(rows: int) -> Iterator[int]:
    """Yield how long the pieces are in which so many rows are read; there is one at least."""
    for start in range(0, max(rows, 1), _READ):
        yield min(_READ, rows - start)


def _rows_of(pieces: Pieces) -> int:
    return max((sum(map(len, held)) for held in pieces.values()), default=0)


def _put_pieces(pieces: Iterable[Array], places: I32, column: Array, put: Put) -> None:
    """Fill a column with pieces, every number at its place."""
    start = 0
    for piece in pieces:
        put(piece, places[start : start + len(piece)], column)
        start += len(piece)
