"""Text that comes as views, made plain by compiled kernels where rows are many."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
import pyarrow as pa

from scanner.compiled.loading import Acceleration
from scanner.digests.buffers import seen

_BITS = 8  # of a byte
_MOST_BYTES = np.iinfo(np.int32).max  # of text that an Arrow ``string`` column holds


def without_views(batch: pa.RecordBatch, acceleration: Acceleration) -> pa.RecordBatch:
    """Return the batch with plain text for views; the same batch while kernels are not worth loading."""
    if not any(map(pa.types.is_string_view, batch.schema.types)):
        return batch
    loops = acceleration.kernels("views")
    if loops is None:
        return batch
    columns = [
        _plain(column, loops) if pa.types.is_string_view(column.type) else column for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _plain(column: pa.Array[Any], loops: ModuleType) -> pa.Array[Any]:
    """Return views as plain text, or as they are if there is more than such a column holds."""
    validity, held, *others = column.buffers()
    if held is None:
        return column
    buffers = [buffer for buffer in others if buffer is not None]
    known = validity.slice(column.offset // _BITS) if validity is not None and column.null_count else None
    first = column.offset % _BITS if known else 0
    views = seen(held, np.uint64).reshape(-1, 2)[column.offset : column.offset + len(column)]
    offsets = np.zeros(first + len(column) + 1, np.int32)
    size = loops.offsets_of(views, seen(known, np.uint8), first, offsets[first:])
    if size > _MOST_BYTES:
        return column
    data = np.empty(size + loops.WIDTH, np.uint8)
    addresses = np.array([views.ctypes.data, *(buffer.address for buffer in buffers)], np.uint64)
    sizes = np.array([views.nbytes, *(buffer.size for buffer in buffers)], np.int64)
    loops.copy_texts(views, addresses, sizes, offsets[first:], data)
    return pa.StringArray.from_buffers(
        len(column), pa.py_buffer(offsets.data), pa.py_buffer(data.data), known, column.null_count, first
    )
