"""Objects made of arrays as bytes, as few as takes little time."""

from __future__ import annotations

import io
import itertools
import pickle
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

_WORD = 8  # bytes; where a number begins is a multiple of it


def to_bytes(thing: object) -> memoryview:
    """Return an object made of arrays as bytes; whole numbers take as few as the largest of them needs."""
    head = io.BytesIO()
    buffers: list[pickle.PickleBuffer] = []
    _Shrinking(head, protocol=5, buffer_callback=buffers.append).dump(thing)
    pieces = [head.getbuffer(), *(buffer.raw() for buffer in buffers)]
    sizes = np.array([len(pieces), *map(len, pieces)], np.int64)
    padded = ((piece, bytes(-len(piece) % _WORD)) for piece in (sizes.data.cast("B"), *pieces))
    return memoryview(b"".join(itertools.chain.from_iterable(padded)))


def from_bytes(data: memoryview) -> Any:
    """Return the object of which these are the bytes; arrays that are as wide as before stay there.

    Only for bytes that nobody else can have written.
    """
    count = int(np.frombuffer(data, np.int64, 1)[0])
    sizes = np.frombuffer(data, np.int64, count, _WORD)
    starts = np.cumsum([_WORD * (count + 1), *(-(-sizes // _WORD) * _WORD)]).tolist()
    head, *buffers = (data[start : start + size] for start, size in zip(starts, sizes.tolist(), strict=False))
    return pickle.loads(head, buffers=buffers)  # noqa: S301 -- see above


class _Shrinking(pickle.Pickler):
    """Writes whole numbers in as few bytes as the largest of them needs."""

    def reducer_override(self, obj: Any) -> Any:
        if not isinstance(obj, np.ndarray) or obj.ndim != 1 or not obj.size:
            return NotImplemented
        if obj.strides == (0,):
            return np.broadcast_to, (obj[:1].copy(), obj.shape)
        if obj.dtype.kind not in "iu" or obj.itemsize == 1:
            return NotImplemented
        least = _least(obj)
        return (_grown, (obj.astype(least), obj.dtype)) if least.itemsize < obj.itemsize else NotImplemented


def _least(numbers: Array) -> np.dtype[Any]:
    """Return the narrowest type that holds the numbers."""
    return np.promote_types(np.min_scalar_type(numbers.min()), np.min_scalar_type(numbers.max()))


def _grown(numbers: Array, dtype: np.dtype[Any]) -> Array:
    return numbers.astype(dtype)
