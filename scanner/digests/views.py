"""Text that comes as views, made plain by compiled kernels where rows are many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import ModuleType
from typing import Any

import numpy as np
import pyarrow as pa

from scanner.compiled.loading import Acceleration
from scanner.digests import U64
from scanner.digests.buffers import seen
from scanner.digests.columns import I64

_BITS = 8  # of a byte
_FEWEST_ROWS, _MOST_ROWS = 1 << 16, 1 << 17  # of a batch that becomes one with another
_MOST_BYTES = np.iinfo(np.int32).max  # of text that an Arrow ``string`` column holds


def together(batches: Iterable[pa.RecordBatch], *, limited: bool) -> Iterator[list[pa.RecordBatch]]:
    """Yield long batches with views two and two, as they become one: what is done once a batch takes time.

    Not those with dictionaries: Arrow would have to make one of several, and cannot if one has a null value.
    What reading raises is raised after all that was read before.

    Args:
        batches: In their order.
        limited: Whether memory is, of which two take more: then each is by itself.
    """
    held: list[pa.RecordBatch] = []
    try:
        for batch in batches:
            long = not limited and _FEWEST_ROWS <= batch.num_rows <= _MOST_ROWS and _may_join(batch)
            if held and not (long and batch.schema == held[0].schema):
                yield held
                held = []
            held.append(batch)
            if len(held) == 2 or not long:
                yield held
                held = []
    except Exception:
        if held:
            yield held
        raise
    if held:
        yield held


def without_views(batches: Sequence[pa.RecordBatch], acceleration: Acceleration) -> pa.RecordBatch:
    """Return batches of one schema as one, with plain text for views unless kernels are not worth loading."""
    loops = acceleration.kernels("views") if _has_views(batches[0]) else None
    if loops is None and len(batches) == 1:
        return batches[0]
    columns = [
        _plain(pieces, loops)
        if loops and pa.types.is_string_view(pieces[0].type)
        else pa.concat_arrays(pieces)
        for pieces in zip(*(batch.columns for batch in batches), strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, names=batches[0].schema.names)


def _may_join(batch: pa.RecordBatch) -> bool:
    return _has_views(batch) and not any(map(pa.types.is_dictionary, batch.schema.types))


def _has_views(batch: pa.RecordBatch) -> bool:
    return any(map(pa.types.is_string_view, batch.schema.types))


def _plain(pieces: Sequence[pa.Array[Any]], loops: ModuleType) -> pa.Array[Any]:
    """Return views as plain text, or as they are if there is more than such a column holds."""
    rows, nulls = sum(map(len, pieces)), sum(piece.null_count for piece in pieces)
    valid, first = _validity(pieces) if nulls else (None, 0)
    offsets = np.zeros(first + rows + 1, np.int32)
    views = [_views(piece) for piece in pieces]
    row, size = first, 0
    for held in views:
        size = loops.offsets_of(held, seen(valid, np.uint8), row, size, offsets[row:])
        row += len(held)
        if size > _MOST_BYTES:
            return pa.concat_arrays(pieces)
    data = np.empty(size + loops.WIDTH, np.uint8)
    row = first
    for piece, held in zip(pieces, views, strict=True):
        loops.copy_texts(held, *_buffers(piece, held), offsets[row : row + len(held) + 1], data)
        row += len(held)
    return pa.StringArray.from_buffers(
        rows, pa.py_buffer(offsets.data), pa.py_buffer(data.data), valid, nulls, first
    )


def _views(piece: pa.Array[Any]) -> U64:
    """Return the views of the cells, two words each."""
    return seen(piece.buffers()[1], np.uint64).reshape(-1, 2)[piece.offset : piece.offset + len(piece)]


def _buffers(piece: pa.Array[Any], views: U64) -> tuple[U64, I64]:
    """Return where views and the buffers of longer texts begin, and their sizes in bytes."""
    others = [buffer for buffer in piece.buffers()[2:] if buffer is not None]
    addresses = [views.ctypes.data, *(buffer.address for buffer in others)]
    return np.array(addresses, np.uint64), np.array([views.nbytes, *(b.size for b in others)], np.int64)


def _validity(pieces: Sequence[pa.Array[Any]]) -> tuple[pa.Buffer | None, int]:
    """Return the bits that tell which cells are valid, and which is that of the first."""
    valid = pa.concat_arrays([piece.is_valid() for piece in pieces])
    bits = valid.buffers()[1]
    return bits and bits.slice(valid.offset // _BITS), valid.offset % _BITS
