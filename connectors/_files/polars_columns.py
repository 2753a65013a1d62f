"""Plain columns of large Parquet files by Polars, which decodes text in less time than PyArrow does.

Used where the extra ``polars`` is installed and both libraries say the same of a column, and where memory is
not to be spared: Polars keeps some hundred MiB of what it read ahead. Text comes as views
into the pages that were read, and takes no copy. What Polars does not read, PyArrow reads from there on.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from connectors._arrays import batch_of
from connectors._files.sparing import spares_memory
from connectors._model import Batch

LEAST_ROWS = 1_000_000  # of a file; for fewer, importing Polars takes longer than it saves
_MOST_GROUP_BYTES = 32 * 2**20  # of one row group, of which some are held at a time
_FRAME = 8  # times as many rows as others read at once: fewer batches take less time
_AS_THEY_ARE = frozenset(
    {pa.bool_(), pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.float32(), pa.float64(), pa.date32()}
    | {pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64()}
    | {pa.timestamp(unit, zone) for unit in ("ms", "us") for zone in (None, "UTC")}
)
_TEXT = frozenset({pa.string(), pa.large_string()})


def viewed(file: pq.ParquetFile, names: Sequence[str]) -> Mapping[str, pa.DataType] | None:
    """Return the types that columns come in, if they are better read by Polars; else None.

    Args:
        file: Open, and not encrypted.
        names: Of top-level columns.
    """
    rows = file.metadata.num_rows
    if spares_memory() or rows < LEAST_ROWS or not find_spec("polars"):
        return None
    held = file.schema_arrow
    if any(held.names.count(name) != 1 or _means_more(name) for name in names):
        return None
    kinds = {name: held.field(name).type for name in names}
    if not _TEXT.intersection(kinds.values()) or not set(kinds.values()) <= _TEXT | _AS_THEY_ARE:
        return None
    if _largest_group(file.metadata, kinds) > _MOST_GROUP_BYTES:
        return None
    return {name: pa.string_view() if kind in _TEXT else kind for name, kind in kinds.items()}


def _means_more(name: str) -> bool:
    """Return whether a name would select by a pattern, or could be that of a nested column."""
    return name.startswith("^") or "*" in name or "." in name


def _largest_group(footer: pq.FileMetaData, names: Mapping[str, Any]) -> int:
    return max(_group_bytes(footer.row_group(number), names) for number in range(footer.num_row_groups))


def _group_bytes(group: pq.RowGroupMetaData, names: Mapping[str, Any]) -> int:
    chunks = map(group.column, range(group.num_columns))
    return sum(chunk.total_uncompressed_size for chunk in chunks if chunk.path_in_schema in names)


def views(path: Path, kinds: Mapping[str, pa.DataType], rows: int) -> Iterator[Batch]:
    """Yield all rows from the first on, some times so many at a time, as far as Polars reads them as told.

    A failure of any kind ends it: whoever reads on tells what is wrong with the file.
    """
    try:
        pl = _polars()
    except ImportError:
        return
    schema = pa.schema(list(kinds.items()))
    with suppress(Exception, pl.exceptions.PanicException):
        scan = pl.scan_parquet(path, glob=False, hive_partitioning=False).select(list(kinds))
        for frame in scan.collect_batches(chunk_size=_FRAME * rows, maintain_order=True):
            table = frame.to_arrow(compat_level=pl.CompatLevel.newest())
            if table.schema != schema:
                return
            for batch in table.to_batches(max_chunksize=_FRAME * rows):
                yield batch_of(schema.names, batch.columns, batch.num_rows)


def side_by_side(batches: Iterator[Batch], others: Iterator[Batch], names: Sequence[str]) -> Iterator[Batch]:
    """Yield columns of the same rows that come in batches of different lengths, as one."""
    other = next(others, None)
    for batch in batches:
        start = 0
        while start < batch.num_rows and other is not None:
            rows = min(batch.num_rows - start, other.num_rows)
            yield _beside(batch.slice(start, rows), other.slice(0, rows), names)
            start += rows
            other = other.slice(rows) if rows < other.num_rows else next(others, None)


def _beside(left: Batch, right: Batch, names: Sequence[str]) -> Batch:
    held = dict(zip(left.schema.names + right.schema.names, left.columns + right.columns, strict=True))
    return batch_of(names, [held[name] for name in names], left.num_rows)


def _polars() -> Any:
    """Return the library; where nobody else uses it, with few groups ahead and no more threads than Arrow.

    Memory of columns that were read is used for the next ones: its allocator, jemalloc, hands what is large
    back to the system at once, which takes long to give out as much again.
    """
    if "polars" not in sys.modules:
        os.environ.setdefault("_RJEM_MALLOC_CONF", "oversize_threshold:0,dirty_decay_ms:60000")
        os.environ.setdefault("POLARS_ROW_GROUP_PREFETCH_SIZE", "2")
        os.environ.setdefault("POLARS_MAX_THREADS", str(pa.cpu_count()))
    return importlib.import_module("polars")
