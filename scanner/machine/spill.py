"""Memory that is kept to a limit, and a file for what does not fit.

What is written are keyed digests and numbers, never values. The file has no name from the moment it is open
(POSIX), or is deleted when it is closed (Windows): nothing is left behind after success, failure or kill.
"""

from __future__ import annotations

import io
import os
import pickle
import shutil
import tempfile
import weakref
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import IO, Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

LEAST = 512 << 20  # bytes below which no limit can be held: the libraries alone take half of it
KEPT_FREE = 1 << 28  # bytes of the disk that are left to others
_RESERVE = 48 << 20  # bytes for what is too small to be counted


class SpillFull(Exception):
    """The folder for what does not fit into memory cannot take more."""


class MemoryUnusable(Exception):
    """A limit of memory that is no size, or too small to be held."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something lies in the file, in bytes; ``dtype`` of the numbers of an array."""

    start: int
    size: int
    dtype: np.dtype[Any] | None = None


class Spill:
    """A file without a name that arrays are written to and read from, by any thread.

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
            raise self._unwritable(error) from error
        weakref.finalize(self, self._file.close)
        self._end = 0
        self._lock = Lock()

    @property
    def written(self) -> int:
        """Return the bytes written."""
        return self._end

    def write(self, *pieces: Array) -> Place:
        """Write arrays of one type after one another and return where they lie, as one array."""
        place = self._reserved(sum(piece.nbytes for piece in pieces), pieces[0].dtype)
        start = place.start
        for piece in pieces:
            self._put(np.ascontiguousarray(piece).view(np.uint8).data, start)
            start += piece.nbytes
        return place

    def write_object(self, thing: object) -> Place:
        """Write an object made of arrays and return where it lies."""
        held = io.BytesIO()
        _Shrinking(held, protocol=5).dump(thing)
        data = held.getbuffer()
        place = self._reserved(len(data), None)
        self._put(data, place.start)
        return place

    def read(self, place: Place, start: int = 0, stop: int | None = None) -> Array:
        """Return the numbers from ``start`` to ``stop`` of an array that was written."""
        if place.dtype is None:
            raise TypeError("An object lies there, no array.")
        width = place.dtype.itemsize
        last = place.size // width if stop is None else stop
        return np.frombuffer(self._bytes(place.start + start * width, (last - start) * width), place.dtype)

    def read_object(self, place: Place) -> Any:
        """Return an object that was written."""
        return pickle.loads(self._bytes(place.start, place.size))  # noqa: S301 -- our own file, without a name

    def rewrite(self, place: Place, numbers: Array) -> None:
        """Put another array of the same type and length in the place of one."""
        self._put(np.ascontiguousarray(numbers).view(np.uint8).data, place.start)

    def close(self) -> None:
        """Give the space back."""
        self._file.close()

    def _reserved(self, size: int, dtype: np.dtype[Any] | None) -> Place:
        """Return where so many bytes are to be written."""
        with self._lock:
            if shutil.disk_usage(self._folder).free < size + KEPT_FREE:
                raise SpillFull(
                    f"{self._folder}: the disk is nearly full, and {size:,} more bytes that do not fit "
                    "into memory are to be written. Name another folder with --spill, or raise --memory."
                )
            place = Place(self._end, size, dtype)
            self._end += size
        return place

    def _unwritable(self, error: OSError) -> SpillFull:
        return SpillFull(
            f"{self._folder}: what does not fit into memory cannot be written there ({error.strerror}). "
            "Name another folder with --spill, or raise --memory."
        )

    def _put(self, data: memoryview, start: int) -> None:
        try:
            self._put_all(data, start)
        except OSError as error:
            raise self._unwritable(error) from error

    def _put_all(self, data: memoryview, start: int) -> None:
        """Write bytes from a place in the file on; several threads may at once."""
        if not hasattr(os, "pwrite"):
            with self._lock:
                self._file.seek(start)
                self._file.write(data)
                self._file.flush()
            return
        written = 0
        while written < len(data):
            written += os.pwrite(self._file.fileno(), data[written:], start + written)

    def _bytes(self, start: int, size: int) -> bytes:
        if hasattr(os, "pread"):
            return os.pread(self._file.fileno(), size, start)
        with self._lock:
            self._file.seek(start)
            return self._file.read(size)


class _Shrinking(pickle.Pickler):
    """Writes whole numbers in as few bytes as the largest of them, or of the steps between them, needs."""

    def reducer_override(self, obj: Any) -> Any:
        if not isinstance(obj, np.ndarray) or obj.ndim != 1 or not obj.size:
            return NotImplemented
        if obj.strides == (0,):
            return np.broadcast_to, (obj[:1].copy(), obj.shape)
        if obj.dtype.kind not in "iu" or obj.itemsize == 1:
            return NotImplemented
        least = _least(obj)
        if obj.dtype.kind == "i" and least.itemsize > 1:
            steps = np.diff(obj, prepend=obj[:1])
            if _least(steps).itemsize < least.itemsize:
                return _summed, (steps.astype(_least(steps)), obj[0])
        return (_grown, (obj.astype(least), obj.dtype)) if least.itemsize < obj.itemsize else NotImplemented


def _least(numbers: Array) -> np.dtype[Any]:
    """Return the narrowest type that holds the numbers."""
    return np.promote_types(np.min_scalar_type(numbers.min()), np.min_scalar_type(numbers.max()))


def _grown(numbers: Array, dtype: np.dtype[Any]) -> Array:
    return numbers.astype(dtype)


def _summed(steps: Array, first: np.signedinteger[Any]) -> Array:
    numbers = np.cumsum(steps, dtype=first.dtype)
    numbers += first
    return numbers


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
