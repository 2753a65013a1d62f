"""Parquet files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from connectors._arrays import batch_of, take
from connectors._files.part import OfLeaves, PartBroken, explained
from connectors._files.polars_columns import side_by_side, viewed, views
from connectors._files.row_groups import batch_rows, read_groups
from connectors._model import Batch
from connectors._nesting import Leaf, flatten, leaves
from connectors._sampling import chosen
from connectors._storage import Stored

_SPARK_SCHEMA = b"org.apache.spark.sql.parquet.row.metadata"
_DAMAGED = "cut off, damaged or not Parquet"
_ENCRYPTED = "encrypted, or some of its columns are; exclude it, or scan a copy that is not"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParquetPart(OfLeaves):
    """One file.

    Attributes:
        groups: Rows of its row groups, exact, from the footer.
        keep: Of each row, whether it belongs to the table; None: all do. A log may say so.
        encoded: Columns of text that the file keeps as numbers of a dictionary: they come so.
        sealed: Whether some columns are encrypted: what the footer says of columns cannot be asked then.
    """

    path: Stored
    leaves: tuple[Leaf, ...]
    groups: tuple[int, ...]
    keep: NDArray[np.bool_] | None = None
    encoded: tuple[str, ...] = ()
    sealed: bool = False

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
        for batch in self._batches(paths, row_groups):
            arrays = dict(zip((leaf.name for leaf in arriving), flatten(batch, encoded=True)[1], strict=True))
            found = batch_of(names, [arrays[name] for name in names], batch.num_rows)
            yield self._kept(found, start)
            start += batch.num_rows

    def _batches(self, paths: list[str], row_groups: Sequence[int] | None) -> Iterator[Batch]:
        """Yield columns of row groups, of all if not said; those that statistics call empty are not read.

        From a store, what is needed of one row group is fetched together. Text may come as views.
        """
        remote = self.path.storage.remote
        with (
            explained(_DAMAGED),
            self.path.open() as opened,
            _explain_encryption(),
            pq.ParquetFile(opened, pre_buffer=remote, read_dictionary=self._numbered(paths)) as file,
        ):
            read = 0
            for batch in self._viewed(file, paths) if row_groups is None else ():
                read += batch.num_rows
                yield batch
            groups = range(len(self.groups)) if row_groups is None else row_groups
            yield from read_groups(file, paths, groups, apart=remote, sealed=self.sealed, after=read)

    def _viewed(self, file: pq.ParquetFile, paths: list[str]) -> Iterator[Batch]:
        """Yield what Polars reads, if it is faster; text that comes with its dictionary is read beside it."""
        if self.path.storage.remote or self.sealed or self.keep is not None:
            return
        numbered = self._numbered(paths)
        kinds = viewed(file, [path for path in paths if path not in numbered])
        if kinds is None:
            return
        rows = batch_rows(file.metadata, set(paths))
        found = views(self.path.local(), kinds, self.groups, rows)
        if numbered:
            beside = read_groups(file, numbered, range(len(self.groups)), apart=False, sealed=False)
            found = side_by_side(found, beside, paths)
        yield from found

    def _numbered(self, paths: Sequence[str]) -> list[str]:
        return [path for path in paths if path in self.encoded]

    def _kept(self, batch: Batch, start: int) -> Batch:
        if self.keep is None:
            return batch
        return take(batch, np.flatnonzero(self.keep[start : start + batch.num_rows]))


def open_parquet(path: Stored) -> ParquetPart:
    """Read the footer.

    Raises:
        PartBroken: Not a whole Parquet file.
    """
    with explained(_DAMAGED), path.open() as opened, _explain_encryption(), pq.ParquetFile(opened) as file:
        footer = file.metadata
        groups = tuple(footer.row_group(group).num_rows for group in range(footer.num_row_groups))
        schema = file.schema_arrow
        sealed = _is_sealed(opened, footer)
        encoded = () if sealed else _encoded(footer, schema)
    found = _with_spark_comments(leaves(schema.remove_metadata()), schema)
    return ParquetPart(path=path, leaves=_kept_once(found), groups=groups, encoded=encoded, sealed=sealed)


def _encoded(footer: pq.FileMetaData, schema: pa.Schema) -> tuple[str, ...]:
    """Return the plain columns of text that take less than the four bytes of a length for each value.

    They can only do so by a dictionary, whose values are few: whoever reads it looks at each of them once.
    """
    groups = [footer.row_group(number) for number in range(footer.num_row_groups)]
    texts = {field.name for field in schema if _is_text(field.type)}
    places = range(footer.num_columns) if groups else ()
    return tuple(
        footer.schema.column(place).path
        for place in places
        if footer.schema.column(place).path in texts
        and all(_is_short(group.column(place)) for group in groups)
    )


def _is_text(kind: pa.DataType) -> bool:
    return pa.types.is_string(kind) or pa.types.is_large_string(kind)


def _is_short(chunk: pq.ColumnChunkMetaData) -> bool:
    told: Any = chunk.statistics if chunk.is_stats_set else None
    nulls_in_it = told.null_count if told is not None and told.has_null_count else 0
    return chunk.total_uncompressed_size < 4 * (chunk.num_values - nulls_in_it)


@lru_cache(64)
def _kept_once(found: tuple[Leaf, ...]) -> tuple[Leaf, ...]:
    """Return the same object for equal columns: thousands of files of a table share them."""
    return found


def _is_sealed(opened: pa.NativeFile, footer: pq.FileMetaData) -> bool:
    """Return whether a readable footer is signed, as it is where columns are encrypted.

    Arrow ends the whole process when it is asked about such a column.
    """
    opened.seek(opened.size() - 8)
    length = int.from_bytes(opened.read(4), "little")
    return length != footer.serialized_size


@contextmanager
def _explain_encryption() -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, OSError) as error:
        if re.search(r"(?i)crypt", str(error)):
            raise PartBroken(_ENCRYPTED) from None
        raise


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
