"""Arrays apart from the memory of the C library: theirs goes on as soon as nobody uses any of them."""

from __future__ import annotations

import io
import mmap
import pickle
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast

import numpy as np

from scanner.machine.rooms import LEAST, Rooms, in_lines
from scanner.machine.shrinking import Array

Thing = TypeVar("Thing")

_GIVEN_UP = 1 << 20  # bytes at least, at a time


class RowsApart:
    """Columns of equal length apart, to be filled; the memory of their first rows can go earlier.

    Args:
        dtypes: Of every column.
        rows: How many rows.
        rooms: Where their memory comes from, and goes to.

    Attributes:
        columns: Those columns.
        room: The memory that they lie in.

    """

    def __init__(self, dtypes: Mapping[str, np.dtype[Any]], rows: int, rooms: Rooms) -> None:
        sizes = [dtype.itemsize * rows for dtype in dtypes.values()]
        self._starts = _starts(sizes)
        self._kept = list(self._starts)
        self._given_up = 0  # rows
        self._least = _GIVEN_UP // max((dtype.itemsize for dtype in dtypes.values()), default=1)
        self._rows = rows
        self._rooms = rooms
        self.room = rooms.take(self._starts[-1])
        self.columns: dict[str, Array] = {
            name: self.room[start : start + size].view(dtype)
            for (name, dtype), start, size in zip(dtypes.items(), self._starts, sizes, strict=False)
        }

    def give_up(self, row: int) -> None:
        """Let others have the memory of the rows before this one, which are lost."""
        if row - self._given_up < self._least and row < self._rows:
            return
        self._given_up = row
        for number, column in enumerate(self.columns.values()):
            begin = self._kept[number]
            end = self._starts[number] + row * column.itemsize // mmap.PAGESIZE * mmap.PAGESIZE
            if row == self._rows:
                end = self._starts[number + 1]
            if begin < end:
                self._rooms.free(self.room, begin, end)
                self._kept[number] = end


def copied_apart(thing: Thing, rooms: Rooms) -> Thing:
    """Return a copy of an object made of arrays. Arrays of one number again and again stay as small."""
    buffers: list[pickle.PickleBuffer] = []
    held = io.BytesIO()
    _Pickler(held, protocol=5, buffer_callback=buffers.append).dump(thing)
    arrays = [np.frombuffer(buffer.raw(), np.uint8) for buffer in buffers]
    copies = _copies(arrays, rooms)
    return cast("Thing", pickle.loads(held.getbuffer(), buffers=copies))  # noqa: S301 -- written just now


class _Pickler(pickle.Pickler):
    def reducer_override(self, obj: Any) -> Any:
        if isinstance(obj, np.ndarray) and obj.strides == (0,) and obj.size:
            return np.broadcast_to, (obj[:1].copy(), obj.shape)
        return NotImplemented


def _copies(arrays: Sequence[Array], rooms: Rooms) -> list[Array]:
    """Return copies of arrays of bytes: small ones side by side, others wherever there is room for one."""
    starts = _starts([len(array) if len(array) < LEAST else 0 for array in arrays])
    together = rooms.take(starts[-1])
    copies = []
    for start, array in zip(starts, arrays, strict=False):
        size = len(array)
        copies.append(together[start : start + size] if size < LEAST else rooms.take(size))
        copies[-1][:] = array
    return copies


def _starts(sizes: Sequence[int]) -> list[int]:
    """Return where room for so many bytes begins, one behind the other, and where the last ends."""
    starts: list[int] = np.cumsum([0, *map(in_lines, sizes)]).tolist()
    return starts
