"""Parquet files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from connectors._arrays import Leaf, batch_of, flatten, leaves, take
from connectors._model import Batch
from connectors._parts import OfLeaves, explained
from connectors._sampling import chosen
from connectors._storage import Stored

_BATCH_ROWS = 65_536
_BATCH_BYTES = 8 * 2**20  # of a batch, as the footer tells its columns' width
_SPARK_SCHEMA = b"org.apache.spark.sql.parquet.row.metadata"
_DAMAGED = "cut off, damaged, encrypted or not Parquet"


@dataclass(frozen=True, slots=True)
class ParquetPart(OfLeaves):
    """One file.

    Attributes:
        groups: Rows of its row groups, exact, from the footer.
        keep: Of each row, whether it belongs to the table; None: all do. A log may say so.
    """

    path: Stored
    leaves: tuple[Leaf, ...]
    groups: tuple[int, ...]
    keep: NDArray[np.bool_] | None = None

    @property
    def pieces(self) -> tuple[int, ...]:
        if self.keep is None:
            return self.groups
        edges = np.cumsum([0, *self.groups])
        return tuple(int(self.keep[start:end].sum()) for start, end in pairwise(edges))

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def rows(self) -> int:
        return sum(self.pieces)

    def sample(self, piece: int, rows: int, rng: np.random.Generator) -> list[Batch]:
        """Read one row group batch by batch, so that memory never holds a large one."""
        picked = chosen(self.pieces[piece], rows, rng)
        found = []
        start = 0
        for batch in self._read(self.leaves, row_groups=[piece]):
            inside = picked[(picked >= start) & (picked < start + batch.num_rows)] - start
            start += batch.num_rows
            found.append(take(batch, inside))
            if not len(picked) or picked[-1] < start:
                break
        return found

    def stream(self, columns: Sequence[str]) -> Iterator[Batch]:
        wanted = [leaf for leaf in self.leaves if leaf.name in set(columns)]
        if wanted or not self.leaves:
            yield from self._read(wanted)
        else:
            yield from (batch_of([], [], rows) for rows in self.pieces)

    def _read(self, wanted: Sequence[Leaf], row_groups: Sequence[int] | None = None) -> Iterator[Batch]:
        wanted_paths = {leaf.path for leaf in wanted}
        # Columns of the same path come together, in the order asked for: the file's own.
        arriving = [leaf for leaf in self.leaves if leaf.path in wanted_paths]
        paths = list(dict.fromkeys(leaf.path for leaf in arriving))
        names = [leaf.name for leaf in wanted]
        start = sum(self.groups[: row_groups[0]]) if row_groups else 0
        for batch in self._batches(paths, range(len(self.groups)) if row_groups is None else row_groups):
            arrays = dict(zip((leaf.name for leaf in arriving), flatten(batch)[1], strict=True))
            found = batch_of(names, [arrays[name] for name in names], batch.num_rows)
            yield self._kept(found, start)
            start += batch.num_rows

    def _batches(self, paths: list[str], row_groups: Sequence[int]) -> Iterator[Batch]:
        """Yield columns of row groups; from a store, the ranges of one row group are fetched together."""
        remote = self.path.storage.remote
        together = [[group] for group in row_groups] if remote else [list(row_groups)]
        with (
            explained(_DAMAGED),
            self.path.open() as opened,
            pq.ParquetFile(opened, pre_buffer=remote) as file,
        ):
            rows = _batch_rows(file.metadata, set(paths))
            for groups in together:
                yield from file.iter_batches(rows, row_groups=groups, columns=paths)

    def _kept(self, batch: Batch, start: int) -> Batch:
        if self.keep is None:
            return batch
        return take(batch, np.flatnonzero(self.keep[start : start + batch.num_rows]))


def _batch_rows(footer: pq.FileMetaData, paths: set[str]) -> int:
    """Return how many rows to read at once, so that wide cells do not fill the memory."""
    if not footer.num_row_groups or not footer.row_group(0).num_rows:
        return _BATCH_ROWS
    group = footer.row_group(0)
    chunks = (group.column(position) for position in range(group.num_columns))
    size = sum(chunk.total_uncompressed_size for chunk in chunks if chunk.path_in_schema in paths)
    return max(1_024, min(_BATCH_ROWS, _BATCH_BYTES * group.num_rows // max(1, size)))


def open_parquet(path: Stored) -> ParquetPart:
    """Read the footer.

    Raises:
        PartBroken: Not a whole Parquet file.
    """
    with explained(_DAMAGED), path.open() as opened, pq.ParquetFile(opened) as file:
        footer = file.metadata
        groups = tuple(footer.row_group(group).num_rows for group in range(footer.num_row_groups))
        schema = file.schema_arrow
    found = leaves(schema.remove_metadata())
    return ParquetPart(path, _with_spark_comments(found, schema), groups)


def _with_spark_comments(found: tuple[Leaf, ...], schema: pa.Schema) -> tuple[Leaf, ...]:
    """Fill in column comments as Spark keeps them: as JSON in the footer."""
    document = (schema.metadata or {}).get(_SPARK_SCHEMA)
    if document is None:
        return found
    try:
        fields = json.loads(document)["fields"]
        comments = {field["name"]: str(field["metadata"].get("comment", "")) for field in fields}
    except (ValueError, KeyError, TypeError, AttributeError):
        return found
    return tuple(
        Leaf(
            name=leaf.name,
            path=leaf.path,
            type=leaf.type,
            comment=leaf.comment or comments.get(leaf.name, ""),
        )
        for leaf in found
    )
