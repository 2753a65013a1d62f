"""Text that comes as Arrow string views, made plain: one piece of data and where each cell begins.

A view is two words: the length in the lower half of the first, and either up to 12 bytes in the rest, or the
first four bytes, the number of a buffer, and where in it the text begins.
"""

from __future__ import annotations

import numpy as np

from scanner.compiled._jit import compiled, helper
from scanner.compiled._types import I64, I32s, I64s, ReadU8s, ReadU64Rows, U8s, U64s
from scanner.compiled._vectors import WIDTH, byte_from, copy_bytes
from scanner.compiled.cells._bytes import is_null

_u64, _i64 = np.uint64, np.int64
_HALF = _u64(32)
_LOW = _u64(0xFFFFFFFF)
_VIEW, _LENGTH, _INLINE = 16, 4, 12  # bytes of a view, of the length in it, of text at most


@compiled
def offsets_of(views: ReadU64Rows, validity: ReadU8s, first: I64, begin: I64, offsets: I32s):
    """Fill in where cells are to begin, from ``begin`` on, and the end (cells + 1); return the end."""
    end = _u64(begin)
    for row in range(len(views)):
        offsets[row] = end
        null = is_null(validity, first + row)
        end += (views[row, 0] & _LOW) >> (null << _u64(5))
    offsets[len(views)] = end
    return _i64(end)


@compiled
def copy_texts(views: ReadU64Rows, addresses: U64s, sizes: I64s, offsets: I32s, data: U8s):
    """Copy texts to their places; ``data`` has room for ``WIDTH`` bytes more.

    ``addresses`` and ``sizes`` (bytes) are those of the views, then of their buffers. Beyond the end of a
    text other bytes may be copied, which the next text overwrites.
    """
    _copy_texts(views, addresses, sizes, offsets, data)


@helper
def _copy_texts(views, addresses, sizes, offsets, data):
    for row in range(len(views)):
        at, size = _i64(offsets[row]), _i64(offsets[row + 1] - offsets[row])
        where = views[row, 1]
        away = (_i64(_INLINE) - size) >> 63  # all bits or none: a branch could not be foretold
        here = row * _VIEW + _LENGTH
        buffer = (_i64(where & _LOW) + 1) & away
        start = here + ((_i64(where >> _HALF) - here) & away)
        source, left = addresses[buffer] + _u64(start), sizes[buffer] - start
        if left >= max(size + WIDTH - 1, WIDTH):
            copy_bytes(source, data, at)
            for done in range(WIDTH, size, WIDTH):
                copy_bytes(source + _u64(done), data, at + done)
        else:
            for done in range(size):
                data[at + done] = byte_from(source + _u64(done))
