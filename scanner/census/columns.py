"""Columns of numbers of equal length, in memory or in the file; the rows may be brought into order by part.

Both kinds are used alike. A part can be read once: others take its place.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any

import numpy as np

from scanner.identifiers import I64
from scanner.machine.apart import RowsApart
from scanner.machine.shrinking import Array
from scanner.machine.spill import Spill, as_bytes

_IN_ORDER = "The rows are in the order of parts, and can be read part by part only."
Pieces = Mapping[str, Sequence[Array]]  # of every column, at least one


class Held:
    """Columns in memory."""

    def __init__(self, pieces: Pieces) -> None:
        self._rows = RowsApart({name: held[0].dtype for name, held in pieces.items()}, _rows_of(pieces))
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

    def read(self, name: str, start: int, stop: int) -> Array:
        """Return a column from one row to another, before the rows are in order."""
        if self._bounds:
            raise RuntimeError(_IN_ORDER)
        return self._rows.columns[name][start:stop]

    def reorder(self, places: I64, bounds: I64) -> None:
        """Bring every row to its place; ``bounds`` tell where each part begins then, and the end."""
        before = self._rows
        dtypes = {name: column.dtype for name, column in before.columns.items()}
        self._rows = RowsApart(dtypes, len(places))
        for name, column in before.columns.items():
            self._rows.columns[name][places] = column
        self._bounds, self._read = bounds.tolist(), (np.diff(bounds) == 0).tolist()

    def read_part(self, part: int, into: Mapping[str, Array]) -> None:
        """Fill columns with the rows of a part, and give up their memory: results take it."""
        if not self._bounds:
            raise RuntimeError("The rows are not in the order of parts.")
        start, stop = self._bounds[part : part + 2]
        for name, column in self._rows.columns.items():
            into[name][:] = column[start:stop]
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

    def read(self, name: str, start: int, stop: int) -> Array:
        """Return a column from one row to another, before the rows are in order."""
        if len(self._bounds) > 2:
            raise RuntimeError(_IN_ORDER)
        rows = int(self._bounds[1])
        dtype = self._dtypes[name]
        column = np.empty(stop - start, dtype)
        place = self._start + rows * self._before[name] + start * dtype.itemsize
        self._spill.read(place, [as_bytes(column)])
        return column

    def reorder(self, places: I64, bounds: I64) -> None:
        """Bring every row to its place; ``bounds`` tell where each part begins then, and the end."""
        moved = [
            (as_bytes(_moved(self.read(name, 0, len(places)), places)), dtype.itemsize)
            for name, dtype in self._dtypes.items()
        ]
        spans = itertools.pairwise(bounds.tolist())
        pieces = (column[start * width : stop * width] for start, stop in spans for column, width in moved)
        self._spill.rewrite(self._start, [piece for piece in pieces if piece])
        self._bounds = bounds

    def read_part(self, part: int, into: Mapping[str, Array]) -> None:
        """Fill columns with the rows of a part, and give up their place in the file."""
        start, stop = self._bounds[part : part + 2].tolist()
        place = self._start + start * self._width
        rooms = {name: _room(into[name], dtype) for name, dtype in self._dtypes.items()}
        self._spill.read(place, [as_bytes(room) for room in rooms.values()])
        for name, room in rooms.items():
            if room is not into[name]:
                into[name][:] = room
        self._spill.give_up(place, (stop - start) * self._width)

    def put_away(self, spill: Spill) -> Filed:  # noqa: ARG002 -- there already
        """Return the same columns in the file."""
        return self


def _rows_of(pieces: Pieces) -> int:
    return max((sum(map(len, held)) for held in pieces.values()), default=0)


def _moved(column: Array, places: I64) -> Array:
    moved = np.empty_like(column)
    moved[places] = column
    return moved


def _room(column: Array, dtype: np.dtype[Any]) -> Array:
    """Return where to read what a column is filled with: the column itself, if the numbers are as wide."""
    return column if column.dtype == dtype else np.empty(len(column), dtype)
