"""Memory apart from that of the C library, used again by the next one: fresh memory takes longer to get.

What lives for some time leaves holes in the memory of the C library that are too small for what comes next.
"""

from __future__ import annotations

import mmap
import sys
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock

import numpy as np

from scanner.machine.shrinking import Array

LINE = 64  # bytes; where an array begins is a multiple of it
LEAST = 1 << 18  # bytes of a room apart; for fewer, the C library takes less time
_AT_ONCE = getattr(mmap, "MAP_POPULATE", 0)  # all is written to soon: page by page takes longer


@dataclass(slots=True)
class _Free:
    """Part of a room that nobody uses, from ``start`` to ``stop``."""

    room: Array
    start: int
    stop: int


class Rooms:
    """Room in memory that others have used, and need no more. May be used by several threads.

    Args:
        kept: Whether to keep what is free, until it is given back; else the system has it at once.

    """

    def __init__(self, *, kept: bool = True) -> None:
        self._free: list[_Free] = []
        self._kept = kept
        self._lock = Lock()

    def take(self, size: int) -> Array:
        """Return room for so many bytes: of others, or fresh."""
        with self._lock:
            for free in self._free:
                if free.stop - free.start >= size:
                    start, free.start = free.start, free.start + in_lines(size)
                    return free.room[start : start + size]
        return fresh_room(size)

    def free(self, room: Array, start: int, stop: int) -> None:
        """Take back some bytes of a room."""
        with self._lock:
            if not self._kept:
                _give_back(room, start, stop)
                return
            for free in self._free:
                if free.room is room and free.stop == start:
                    free.stop = stop
                    return
            self._free.append(_Free(room, start, stop))

    def give_back(self) -> None:
        """Let the system have what is free, also what will be from now on."""
        with self._lock:
            self._kept = False
            for free in self._free:
                _give_back(free.room, free.start, free.stop)
            self._free.clear()


def in_lines(size: int) -> int:
    """Return after how many bytes the next array begins."""
    return -(-size // LINE) * LINE


def fresh_room(size: int) -> Array:
    """Return room apart, or of the C library: for little, or where the system gives out no more pieces."""
    private: dict[str, int] = {}
    if sys.platform != "win32":  # what is shared takes longer
        private = {"flags": mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | _AT_ONCE}
    if size >= LEAST:
        with suppress(OSError):
            return np.frombuffer(mmap.mmap(-1, size, **private), np.uint8)
    return np.empty(size, np.uint8)


def _give_back(room: Array, start: int, stop: int) -> None:
    """Let the system have the whole pages among some bytes of a room."""
    held = room
    while isinstance(held.base, np.ndarray):
        held = held.base
    pages = getattr(held.base, "obj", None)  # a view of it lies between
    if pages is None or not hasattr(mmap, "MADV_DONTNEED"):
        return
    before = room.ctypes.data - held.ctypes.data
    begin = -(-(before + start) // mmap.PAGESIZE) * mmap.PAGESIZE
    end = before + stop
    if before + stop < len(held):
        end = end // mmap.PAGESIZE * mmap.PAGESIZE
    if begin < end:
        pages.madvise(mmap.MADV_DONTNEED, begin, end - begin)
