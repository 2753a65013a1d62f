"""Memory that is kept to a limit, and a file for what does not fit.

What is written are keyed digests and numbers, never values. The file has no name from the moment it is open
(POSIX), or is deleted when it is closed (Windows): nothing is left behind after success, failure or kill.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import IO, Any

import numpy as np

from scanner.machine.shrinking import Array, from_bytes, to_bytes

LEAST = 512 << 20  # bytes below which no limit can be held: the libraries alone take half of it
KEPT_FREE = 1 << 28  # bytes of the disk that are left to others
_RESERVE = 48 << 20  # bytes for what is too small to be counted
_MOST_PIECES = 1024  # that Linux writes at once
AT_ONCE = 1 << 19  # bytes where nothing lies yet; see benchmarks/spilling.py
_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_WORTH_WRITING_OVER = 1 << 14  # bytes; objects in smaller pieces would take long


class SpillFull(Exception):
    """The folder for what does not fit into memory cannot take more."""


class MemoryUnusable(Exception):
    """A limit of memory that is no size, or too small to be held."""


Span = tuple[int, int]  # where something begins in the file, and how long it is, in bytes
Place = tuple[Span, ...]  # where an object lies, piece after piece


class Spill:
    """A file without a name that arrays and objects are written to and read from, by any thread.

    Args:
        folder: Where; default: the system's folder for temporary files.

    Raises:
        SpillFull: The folder cannot be written, or would be left with too little free space.

    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or Path(tempfile.gettempdir())
        try:
            self._file: IO[bytes] = tempfile.TemporaryFile(dir=self._folder, prefix="pandian-")  # noqa: SIM115
        except OSError as error:
            raise self._unusable("written", error) from error
        weakref.finalize(self, self._file.close)
        self._end = 0
        self._free: list[Span] = []
        self._lock = Lock()

    @property
    def written(self) -> int:
        """Return the bytes that the file is long."""
        return self._end

    def write(self, *arrays: Array) -> int:
        """Write arrays one after another and return where they begin."""
        with self._lock:
            start = self._extended(sum(array.nbytes for array in arrays))
        self._put(start, map(as_bytes, arrays))
        return start

    def rewrite(self, start: int, pieces: Sequence[memoryview]) -> None:
        """Write bytes, piece after piece, over what lies in one place."""
        try:
            while pieces:
                written = self._written(pieces[:_MOST_PIECES], start)
                start += written
                pieces = _after(pieces, written)
        except OSError as error:
            raise self._unusable("written", error) from error

    def read(self, start: int, pieces: Sequence[memoryview]) -> None:
        """Fill pieces, one after another, with what lies in one place."""
        try:
            filled = self._filled(pieces, start)
        except OSError as error:
            raise self._unusable("read", error) from error
        if filled != sum(map(len, pieces)):
            raise self._unusable("read", OSError(errno.EIO, os.strerror(errno.EIO)))

    def write_object(self, thing: object) -> Place:
        """Write an object made of arrays and return where it lies, perhaps where something was given up."""
        data = to_bytes(thing)
        with self._lock:
            place = tuple(self._taken(len(data)))
        for start, size in place:
            self._put(start, [data[:size]])
            data = data[size:]
        return place

    def read_object(self, place: Place) -> Any:
        """Return an object that was written."""
        data = np.empty(sum(size for _, size in place), np.uint8).data
        left = data
        for start, size in place:
            self.read(start, [left[:size]])
            left = left[size:]
        return from_bytes(data)

    def give_up(self, start: int, size: int) -> None:
        """Let objects be written over what lies in a place and is needed no more.

        A system may take longer to find memory for a longer file than to write.
        """
        if size >= _WORTH_WRITING_OVER:
            with self._lock:
                self._free.append((start, size))

    def close(self) -> None:
        """Give the space back."""
        self._file.close()

    def _put(self, start: int, pieces: Iterable[memoryview]) -> None:
        """Write bytes, piece after piece, where nothing may lie yet."""
        for some in _some_at_once(pieces):
            self.rewrite(start, some)
            start += sum(map(len, some))

    def _taken(self, size: int) -> Iterator[Span]:
        """Yield where so many bytes are to be written."""
        while size and self._free:
            start, length = self._free.pop()
            if length > size:
                self._free.append((start + size, length - size))
            yield start, min(length, size)
            size -= min(length, size)
        if size:
            yield self._extended(size), size

    def _extended(self, size: int) -> int:
        """Make the file so many bytes longer and return where they begin."""
        if shutil.disk_usage(self._folder).free < size + KEPT_FREE:
            raise SpillFull(
                f"{self._folder}: the disk is nearly full, and {size:,} more bytes that do not fit "
                "into memory are to be written. Name another folder with --spill, or raise --memory."
            )
        start = self._end
        self._reserve(start, size)
        self._end += size
        return start

    def _reserve(self, start: int, size: int) -> None:
        """Have the system find room on the disk at once, if it can: page by page, it takes longer."""
        if not size or not hasattr(os, "posix_fallocate"):
            return
        try:
            os.posix_fallocate(self._file.fileno(), start, size)
        except OSError as error:
            if error.errno in _DISK_FULL:
                raise self._unusable("written", error) from error

    def _unusable(self, done: str, error: OSError) -> SpillFull:
        return SpillFull(
            f"{self._folder}: what does not fit into memory cannot be {done} there ({error.strerror}). "
            "Name another folder with --spill, or raise --memory."
        )

    def _written(self, pieces: Sequence[memoryview], start: int) -> int:
        """Write pieces, or the first of them, and return how many bytes that were; any thread may."""
        if hasattr(os, "pwritev"):
            return os.pwritev(self._file.fileno(), pieces, start)
        with self._lock:
            self._file.seek(start)
            written = sum(map(self._file.write, pieces))
            self._file.flush()
        return written

    def _filled(self, pieces: Sequence[memoryview], start: int) -> int:
        """Fill pieces and return how many bytes there were to read."""
        if hasattr(os, "preadv"):
            return os.preadv(self._file.fileno(), pieces, start)
        with self._lock:
            self._file.seek(start)
            return sum(self._file.readinto(piece) for piece in pieces)  # type: ignore[attr-defined]


def as_bytes(array: Array) -> memoryview:
    """Return the bytes of an array; those of a contiguous one are no copy."""
    return np.ascontiguousarray(array).view(np.uint8).data


def _some_at_once(pieces: Iterable[memoryview]) -> Iterator[list[memoryview]]:
    """Yield pieces, cut where need be, that are ``AT_ONCE`` bytes together at most."""
    some: list[memoryview] = []
    size = 0
    for piece in pieces:
        for begin in range(0, len(piece), AT_ONCE):
            cut = piece[begin : begin + AT_ONCE]
            if size + len(cut) > AT_ONCE:
                yield some
                some, size = [], 0
            some.append(cut)
            size += len(cut)
    if some:
        yield some


def _after(pieces: Sequence[memoryview], size: int) -> Sequence[memoryview]:
    """Return what is left of pieces without the first bytes."""
    number = 0
    while number < len(pieces) and size >= len(pieces[number]):
        size -= len(pieces[number])
        number += 1
    left = list(pieces[number:])
    if size:
        left[0] = left[0][size:]
    return left


@dataclass(frozen=True, slots=True)
class Memory:
    """What a scan may use.

    Attributes:
        limit: Bytes of the whole process; None for as many as there are.
        folder: Where to put what does not fit; default: the folder of the system for temporary files.

    """

    limit: int | None = None
    folder: Path | None = None

    def room(self) -> int | None:
        """Return how many more bytes may be used now; None for any number. Not below 32 MiB."""
        return None if self.limit is None else max(self.limit - used() - _RESERVE, 32 << 20)


def memory_of(limit: str | None, folder: str | None) -> Memory:
    """Return what a scan may use, from the words of the configuration.

    Raises:
        MemoryUnusable: The limit is no size, or too small.
        SpillFull: There is a limit, and the folder for what does not fit cannot be used.

    """
    if limit is None:
        return Memory()
    try:
        size = parse_size(limit)
    except (ValueError, OverflowError):
        raise MemoryUnusable(f"--memory {limit!r} is no size. Write it as 512MiB or 4GiB.") from None
    if size < LEAST:
        raise MemoryUnusable(f"--memory {limit}: a scan cannot keep to less than {LEAST >> 20} MiB.")
    memory = Memory(size, Path(folder) if folder else None)
    Spill(memory.folder).close()
    return memory


def used() -> int:
    """Return the bytes of memory that this process holds now."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 256 << 20  # what the libraries take; elsewhere nobody can tell without one more library


_UNITS = {"": 1, "B": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}


def parse_size(text: str) -> int:
    """Return the bytes that ``1GiB``, ``512M`` or ``2.5 GB`` stand for; units count by 1,024.

    Raises:
        ValueError: The text is no size.

    >>> parse_size("1GiB"), parse_size("512 M")
    (1073741824, 536870912)
    """
    plain = text.strip().upper().removesuffix("IB").removesuffix("B").rstrip()
    number, unit = (plain[:-1], plain[-1]) if plain[-1:] in {"K", "M", "G", "T"} else (plain, "")
    size = int(float(number) * _UNITS[unit])
    if size <= 0:
        raise ValueError(text)
    return size
