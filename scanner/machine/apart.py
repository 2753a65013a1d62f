"""Memory apart from that of the C library: it goes back to the system as soon as nobody uses any of it.

What lives for some time leaves holes in the memory of the C library that are too small for what comes next.
"""

from __future__ import annotations

import io
import mmap
import pickle
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar, cast

import numpy as np

from scanner.machine.shrinking import Array

Thing = TypeVar("Thing")

_LEAST = 1 << 18  # bytes; for fewer, the C library takes less time
_GIVEN_UP = 1 << 20  # bytes at least, at a time
_AT_ONCE = getattr(mmap, "MAP_POPULATE", 0)  # all is written to soon: page by page takes longer
_HARDLY_LARGER = 1.25
_LINE = 64  # bytes; where an array begins is a multiple of it


class RowsApart:
    """Columns of equal length apart, to be filled; the memory of their first rows can go earlier.

    Args:
        dtypes: Of every column.
        rows: How many rows.
        room: Of others that need it no more, to be used if it is hardly larger: fresh memory takes longer.

    Attributes:
        columns: Those columns.
        room: The memory that they lie in.

    """

    def __init__(self, dtypes: Mapping[str, np.dtype[Any]], rows: int, room: Array | None = None) -> None:
        sizes = [dtype.itemsize * rows for dtype in dtypes.values()]
        self._starts = _starts(sizes)
        self._kept = [-(-start // mmap.PAGESIZE) * mmap.PAGESIZE for start in self._starts]
        size = self._starts[-1]
        if room is None or not size <= len(room) <= size * _HARDLY_LARGER:
            room = _room(size)
        self.room = room
        self.columns: dict[str, Array] = {
            name: self.room[start : start + size].view(dtype)
            for (name, dtype), start, size in zip(dtypes.items(), self._starts, sizes, strict=False)
        }

    def give_up(self, row: int) -> None:
        """Let the system have the memory of the rows before this one, which are lost; whole pages only."""
        room = getattr(self.room.base, "obj", None)  # a view of it lies between
        if room is None or not hasattr(mmap, "MADV_DONTNEED"):
            return
        for number, column in enumerate(self.columns.values()):
            begin = self._kept[number]
            end = (self._starts[number] + row * column.itemsize) // mmap.PAGESIZE * mmap.PAGESIZE
            if end - begin >= _GIVEN_UP or (row == len(column) and begin < end):
                room.madvise(mmap.MADV_DONTNEED, begin, end - begin)
                self._kept[number] = end


def copied_apart(thing: Thing) -> Thing:
    """Return a copy of an object made of arrays. Arrays of one number again and again stay as small."""
    buffers: list[pickle.PickleBuffer] = []
    held = io.BytesIO()
    _Pickler(held, protocol=5, buffer_callback=buffers.append).dump(thing)
    arrays = [np.frombuffer(buffer.raw(), np.uint8) for buffer in buffers]
    copies = list(_rooms([len(array) for array in arrays]))
    for copy, array in zip(copies, arrays, strict=True):
        copy[:] = array
    return cast("Thing", pickle.loads(held.getbuffer(), buffers=copies))  # noqa: S301 -- written just now


class _Pickler(pickle.Pickler):
    def reducer_override(self, obj: Any) -> Any:
        if isinstance(obj, np.ndarray) and obj.strides == (0,) and obj.size:
            return np.broadcast_to, (obj[:1].copy(), obj.shape)
        return NotImplemented


def _rooms(sizes: Sequence[int]) -> Iterator[Array]:
    """Yield room for so many bytes, one behind the other."""
    starts = _starts(sizes)
    room = _room(starts[-1])
    for start, size in zip(starts[:-1], sizes, strict=True):
        yield room[start : start + size]


def _starts(sizes: Sequence[int]) -> list[int]:
    """Return where room for so many bytes begins, one behind the other, and where the last ends."""
    starts: list[int] = np.cumsum([0, *(-(-size // _LINE) * _LINE for size in sizes)]).tolist()
    return starts


def _room(size: int) -> Array:
    """Return room apart, or of the C library: for little, or where the system gives out no more pieces."""
    private: dict[str, int] = {}
    if sys.platform != "win32":  # what is shared takes longer
        private = {"flags": mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | _AT_ONCE}
    if size >= _LEAST:
        with suppress(OSError):
            return np.frombuffer(mmap.mmap(-1, size, **private), np.uint8)
    return np.empty(size, np.uint8)
