"""Plain columns of large Parquet files by Polars, which decodes text in less time than PyArrow does.

Used where the extra ``polars`` is installed and both libraries say the same of a column, for files whose row
groups are small enough to be held whole. Text comes as views into the pages that were read, and takes no
copy. What Polars does not read, PyArrow reads from there on.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from connectors._arrays import batch_of
from connectors._files.sparing import memory_limit
from connectors._model import Batch

Given = TypeVar("Given")

LEAST_ROWS = 1_000_000  # of a file; for fewer, importing Polars takes longer than it saves
_MOST_GROUP_BYTES = 32 * 2**20  # of one row group, of which some are held at a time
_LEAST_LIMIT = 2**30  # of memory, in bytes: below, what Polars takes itself is too much
_SHARE = 128  # of a limit, that one row group may have
_TOGETHER = 2  # times as many rows as others read at once: some row groups are decoded side by side
_AHEAD = 2  # times that, while the rows before are used
# How its allocator, jemalloc, treats what is freed. It would hand what is large back to the system at once,
# which takes long to give out as much again; and the rest never, unless a thread of its own does so.
_MEMORY = (
    "oversize_threshold:0,narenas:1,dirty_decay_ms:500,muzzy_decay_ms:0,"
    "background_thread:true,max_background_threads:1"
)
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
    if file.metadata.num_rows < LEAST_ROWS or not find_spec("polars"):
        return None
    held = file.schema_arrow
    if any(held.names.count(name) != 1 or _means_more(name) for name in names):
        return None
    kinds = {name: held.field(name).type for name in names}
    if not _TEXT.intersection(kinds.values()) or not set(kinds.values()) <= _TEXT | _AS_THEY_ARE:
        return None
    if _largest_group(file.metadata, kinds) > _most_group_bytes(memory_limit()):
        return None
    return {name: pa.string_view() if kind in _TEXT else kind for name, kind in kinds.items()}


def _means_more(name: str) -> bool:
    """Return whether a name would select by a pattern, or could be that of a nested column."""
    return name.startswith("^") or "*" in name or "." in name


def _most_group_bytes(limit: int | None) -> int:
    if limit is None:
        return _MOST_GROUP_BYTES
    return min(_MOST_GROUP_BYTES, limit // _SHARE) if limit >= _LEAST_LIMIT else 0


def _largest_group(footer: pq.FileMetaData, names: Mapping[str, Any]) -> int:
    return max(_group_bytes(footer.row_group(number), names) for number in range(footer.num_row_groups))


def _group_bytes(group: pq.RowGroupMetaData, names: Mapping[str, Any]) -> int:
    chunks = map(group.column, range(group.num_columns))
    return sum(chunk.total_uncompressed_size for chunk in chunks if chunk.path_in_schema in names)


def views(path: Path, kinds: Mapping[str, pa.DataType], groups: Sequence[int], rows: int) -> Iterator[Batch]:
    """Yield all rows from the first on, some row groups at a time, as far as Polars reads them as told.

    A failure of any kind ends it: whoever reads on tells what is wrong with the file.

    Args:
        path: Of a file.
        kinds: Types that its columns come in.
        groups: Rows of its row groups.
        rows: How many others read at once.
    """
    try:
        pl = _polars()
    except ImportError:
        return
    with suppress(Exception, pl.exceptions.PanicException):
        scan = pl.scan_parquet(path, glob=False, hive_partitioning=False).select(list(kinds))

        def collected(span: tuple[int, int]) -> pa.Table:
            frame = _in_few_pieces(scan.slice(*span).collect(), rows)
            if frame.height != span[1]:
                raise EOFError  # the file is another one than that whose footer was read
            table: pa.Table = frame.to_arrow(compat_level=pl.CompatLevel.newest())
            return table

        for table in _made_ahead(collected, _spans(groups, _TOGETHER * rows), min(pa.cpu_count(), _AHEAD)):
            yield from _batches(table, kinds)


def _made_ahead(
    make: Callable[[Given], pa.Table], given: Iterator[Given], threads: int
) -> Iterator[pa.Table]:
    """Yield what is made of each, in order; several threads make what comes next meanwhile."""
    if threads == 1:
        yield from map(make, given)
        return
    with ThreadPoolExecutor(threads) as pool:
        coming = deque(pool.submit(make, item) for item in islice(given, threads))
        while coming:
            made = coming.popleft().result()
            coming.extend(pool.submit(make, item) for item in islice(given, 1))
            yield made
            del made


def _batches(table: pa.Table, kinds: Mapping[str, pa.DataType]) -> Iterator[Batch]:
    if table.schema != pa.schema(list(kinds.items())):
        raise TypeError
    for batch in table.to_batches():
        yield batch_of(list(kinds), batch.columns, batch.num_rows)


def _in_few_pieces(frame: Any, rows: int) -> Any:
    """Return rows in pieces that are about as long as others read them, though row groups be small."""
    small = frame.n_chunks() * rows > _TOGETHER * frame.height
    return frame.rechunk() if small else frame


def _spans(groups: Sequence[int], least: int) -> Iterator[tuple[int, int]]:
    """Yield where row groups begin that hold so many rows together, and how many those are."""
    start = length = 0
    for rows in groups:
        length += rows
        if length >= least:
            yield start, length
            start, length = start + length, 0
    if length:
        yield start, length


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
    """Return the library; where nobody else uses it, with no more threads than Arrow, and little memory."""
    if "polars" not in sys.modules:
        os.environ.setdefault("_RJEM_MALLOC_CONF", _MEMORY)
        os.environ.setdefault("POLARS_MAX_THREADS", str(pa.cpu_count()))
    return importlib.import_module("polars")
