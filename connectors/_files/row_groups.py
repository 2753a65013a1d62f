"""Row groups of an open Parquet file, read in batches that are small enough to be held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow.parquet as pq

from connectors._arrays import batch_of, nulls
from connectors._model import Batch

_BATCH_ROWS = 131_072  # at most
_FEWEST_ROWS = 256
_BATCH_BYTES = 8 * 2**20  # of a batch, as the footer tells its columns' width


def read_groups(  # noqa: PLR0913 -- what is read, and how
    file: pq.ParquetFile,
    paths: list[str],
    groups: Sequence[int],
    *,
    apart: bool,
    sealed: bool,
    after: int = 0,
) -> Iterator[Batch]:
    """Yield columns of row groups, in batches that are small enough to be held.

    Args:
        file: An open file.
        paths: Of columns, as the file has them.
        groups: Row groups, ascending.
        apart: Whether what is fetched for one row group is let go before the next.
        sealed: Whether the footer cannot be asked about columns.
        after: So many rows at the beginning are left out.
    """
    if after:
        groups, after = _left(file.metadata, groups, after)
        again = read_groups(file, paths, groups, apart=apart, sealed=sealed)
        yield from _without_first(again, after)
        return
    rows = _BATCH_ROWS // 8 if sealed else batch_rows(file.metadata, set(paths))
    empty = frozenset() if sealed else _empty_groups(file, paths)
    for run in _runs(groups, empty, apart=apart):
        if run[0] in empty:
            yield from _nulls(file, run[0], paths)
        else:
            yield from file.iter_batches(rows, row_groups=run, columns=paths)


def _left(footer: pq.FileMetaData, groups: Sequence[int], after: int) -> tuple[Sequence[int], int]:
    """Return the row groups that hold rows after so many, and how many of the first one come before."""
    for place, group in enumerate(groups):
        rows = footer.row_group(group).num_rows
        if after < rows:
            return groups[place:], after
        after -= rows
    return (), 0


def _without_first(batches: Iterator[Batch], rows: int) -> Iterator[Batch]:
    for batch in batches:
        if rows < batch.num_rows:
            yield batch.slice(rows)
        rows = max(0, rows - batch.num_rows)


def batch_rows(footer: pq.FileMetaData, paths: set[str]) -> int:
    """Return how many rows to read at once, so that wide cells do not fill the memory."""
    if not footer.num_row_groups or not footer.row_group(0).num_rows:
        return _BATCH_ROWS
    group = footer.row_group(0)
    chunks = map(group.column, range(group.num_columns))
    size = sum(chunk.total_uncompressed_size for chunk in chunks if _is_within(chunk.path_in_schema, paths))
    return max(_FEWEST_ROWS, min(_BATCH_ROWS, _BATCH_BYTES * group.num_rows // max(1, size)))


def _empty_groups(file: pq.ParquetFile, paths: list[str]) -> frozenset[int]:
    """Return the row groups in which all of these columns hold nulls only; nested columns are not judged."""
    if not set(paths) <= set(file.schema_arrow.names):
        return frozenset()
    return frozenset(g for g in range(file.num_row_groups) if _is_empty(file.metadata.row_group(g), paths))


def _is_empty(group: pq.RowGroupMetaData, paths: list[str]) -> bool:
    chunks = [
        chunk
        for chunk in map(group.column, range(group.num_columns))
        if _is_within(chunk.path_in_schema, set(paths))
    ]
    flat = [chunk.path_in_schema for chunk in chunks] == paths
    return flat and all(_is_null(chunk, group.num_rows) for chunk in chunks)


def _is_null(chunk: pq.ColumnChunkMetaData, rows: int) -> bool:
    told: Any = chunk.statistics if chunk.is_stats_set else None
    return told is not None and told.has_null_count and told.null_count == rows > 0


def _runs(groups: Sequence[int], empty: frozenset[int], *, apart: bool) -> list[list[int]]:
    """Return which row groups are read together: all but those that are not read, or none if ``apart``."""
    runs: list[list[int]] = []
    for group in groups:
        joins = runs and not apart and group not in empty and runs[-1][-1] not in empty
        runs[-1].append(group) if joins else runs.append([group])
    return runs


def _nulls(file: pq.ParquetFile, group: int, paths: list[str]) -> Iterator[Batch]:
    kinds = [file.schema_arrow.field(path).type for path in paths]
    left = file.metadata.row_group(group).num_rows
    while left > 0:
        rows = min(left, _BATCH_ROWS)
        yield batch_of(paths, [nulls(rows, kind) for kind in kinds], rows)
        left -= rows


def _is_within(path: str, paths: set[str]) -> bool:
    """Return whether a column of a file is one of ``paths``, or below one."""
    steps = path.split(".")
    return any(".".join(steps[:count]) in paths for count in range(1, len(steps) + 1))
