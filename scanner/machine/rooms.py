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

from scanner.machine.allocation import have_pages
from scanner.machine.parallel import mapped
from scanner.machine.shrinking import Array

LINE = 64  # bytes; where an array begins is a multiple of it
_SPAN = 1 << 25  # bytes for which one thread has memory found; whole pages
LEAST = 1 << 18  # bytes of a room apart; for fewer, the C library takes less time


@dataclass(slots=True)
class _Free:
    """Part of a whole room that nobody uses, from ``start`` to ``stop``."""

    whole: Array
    start: int
    stop: int

    def joins(self, other: _Free) -> bool:
        """Take another part, if it lies beside this one."""
        if self.whole is not other.whole or (self.stop != other.start and other.stop != self.start):
            return False
        self.start, self.stop = min(self.start, other.start), max(self.stop, other.stop)
        return True


class Rooms:
    """Room in memory that others have used, and need no more. May be used by several threads.

    Args:
        kept: Whether to keep what is free, until it is given back; else the system has it at once.
        threads: How many may find fresh memory together.

    """

    def __init__(self, *, kept: bool = True, threads: int = 1) -> None:
        self._free: list[_Free] = []
        self._kept = kept
        self._threads = threads
        self._lock = Lock()

    def take(self, size: int) -> Array:
        """Return room for so many bytes: of others, or fresh."""
        with self._lock:
            for free in self._free:
                if free.stop - free.start >= size:
                    start, free.start = free.start, min(free.start + in_lines(size), free.stop)
                    return free.whole[start : start + size]
        return fresh_room(size, self._threads)

    def free(self, room: Array, start: int, stop: int) -> None:
        """Take back some bytes of a room, as it was taken."""
        whole, before = _whole(room)
        if stop == len(room):
            stop = min(in_lines(stop), len(whole) - before)  # what comes next begins a line
        given = _Free(whole, before + start, before + stop)
        with self._lock:
            if self._kept:
                self._free = [free for free in self._free if not given.joins(free)] + [given]
            else:
                _give_back(given)

    def give_back(self) -> None:
        """Let the system have what is free, also what will be from now on."""
        with self._lock:
            self._kept = False
            for free in self._free:
                _give_back(free)
            self._free.clear()


def in_lines(size: int) -> int:
    """Return after how many bytes the next array begins."""
    return -(-size // LINE) * LINE


def fresh_room(size: int, threads: int = 1) -> Array:
    """Return room apart, or of the C library: for little, or where the system gives out no more pieces.

    As many threads have the system find its memory, if it is much.
    """
    private: dict[str, int] = {}
    if sys.platform != "win32":  # what is shared takes longer
        private = {"flags": mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS}
    if size >= LEAST:
        with suppress(OSError):
            room = np.frombuffer(mmap.mmap(-1, size, **private), np.uint8)
            spans = [room[start : start + _SPAN] for start in range(0, size, _SPAN)]
            for _ in mapped(have_pages, spans, threads):
                pass
            return room
    return np.empty(size, np.uint8)


def _whole(room: Array) -> tuple[Array, int]:
    """Return the array that a room is part of, and how many bytes of it come before."""
    whole = room
    while isinstance(whole.base, np.ndarray):
        whole = whole.base
    return whole, room.ctypes.data - whole.ctypes.data


def _give_back(free: _Free) -> None:
    """Let the system have the whole pages of what is free."""
    pages = getattr(free.whole.base, "obj", None)  # a view of it lies between
    if pages is None or not hasattr(mmap, "MADV_DONTNEED"):
        return
    begin = -(-free.start // mmap.PAGESIZE) * mmap.PAGESIZE
    end = free.stop
    if free.stop < len(free.whole):
        end = end // mmap.PAGESIZE * mmap.PAGESIZE
    if begin < end:
        pages.madvise(mmap.MADV_DONTNEED, begin, end - begin)
