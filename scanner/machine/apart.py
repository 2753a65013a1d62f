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
_LINE = 64  # bytes; where an array begins is a multiple of it


def joined_apart(pieces: Mapping[str, Sequence[Array]]) -> dict[str, Array]:
    """Return the pieces of arrays joined; those of one array have one type."""
    room = _rooms([sum(piece.nbytes for piece in held) for held in pieces.values()])
    joined = {}
    for (name, held), mine in zip(pieces.items(), room, strict=True):
        joined[name] = mine.view(held[0].dtype)
        np.concatenate(held, out=joined[name])
    return joined


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
    starts = np.cumsum([0, *(-(-size // _LINE) * _LINE for size in sizes)]).tolist()
    room = _room(starts[-1])
    for start, size in zip(starts[:-1], sizes, strict=True):
        yield room[start : start + size]


def _room(size: int) -> Array:
    """Return room apart, or of the C library: for little, or where the system gives out no more pieces."""
    private: dict[str, int] = {}
    if sys.platform != "win32":  # what is shared takes longer
        private = {"flags": mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS}
    if size >= _LEAST:
        with suppress(OSError):
            return np.frombuffer(mmap.mmap(-1, size, **private), np.uint8)
    return np.empty(size, np.uint8)
