"""Iceberg tables in a folder: the current snapshot of the newest metadata file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from connectors._arrays import batch_of, take
from connectors._files.lake import LakeTable, key_text
from connectors._files.part import OfLeaves, PartBroken, explained
from connectors._files.parted_table import Keyed
from connectors._files.row_groups import read_groups
from connectors._model import Batch, PartitionKeys
from connectors._nesting import Leaf, flatten, leaves
from connectors._sampling import chosen, picked
from connectors._storage import Stored
from connectors._storage.stamps import short_digest

if TYPE_CHECKING:
    from pyiceberg.schema import Schema
    from pyiceberg.table import FileScanTask
    from pyiceberg.table import Table as IcebergTable

_VERSION = re.compile(r"v?(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class IcebergPart(OfLeaves):
    """One data file, seen through the schema of the table and without its deleted rows.

    Attributes:
        tops: Of each leaf, the column of the table that it is in.
    """

    table: IcebergTable
    task: FileScanTask
    leaves: tuple[Leaf, ...]
    tops: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.task.file.file_path.rsplit("/", 1)[-1]

    @property
    def size(self) -> int:
        return self.task.file.file_size_in_bytes

    @property
    def pieces(self) -> tuple[int, ...]:
        return (self.task.file.record_count,)

    @property
    def rows(self) -> int | None:
        """None where the file has deleted rows: how many is known by reading only."""
        return None if self.task.delete_files else self.task.file.record_count

    def sample(self, piece: int, rows: int, rng: np.random.Generator) -> list[Batch]:
        del piece
        total = self.rows
        if total is None:
            total = sum(batch.num_rows for batch in self._read(self.leaves[:1]))
        return list(picked(self._read(self.leaves), chosen(total, rows, rng), take))

    def stream(self, columns: Sequence[str]) -> Iterator[Batch]:
        wanted = [leaf for leaf in self.leaves if leaf.name in set(columns)]
        for batch in self._read(wanted or self.leaves[:1]):
            yield batch if wanted else batch_of([], [], batch.num_rows)

    def _read(self, wanted: Sequence[Leaf]) -> Iterator[Batch]:
        names = [leaf.name for leaf in wanted]
        tops = {top for leaf, top in zip(self.leaves, self.tops, strict=True) if leaf.name in set(names)}
        arriving = [leaf.name for leaf, top in zip(self.leaves, self.tops, strict=True) if top in tops]
        schema = self.table.schema().select(*tops)
        with described("cut off, damaged or missing"):
            for batch in self._plain_batches(schema) or self._scanned_batches(schema):
                arrays = dict(zip(arriving, flatten(batch)[1], strict=True))
                yield batch_of(names, [arrays[name] for name in names], batch.num_rows)

    def _scanned_batches(self, schema: Schema) -> Iterator[Batch]:
        """Let the library apply deletes and what changed in the schema; it holds the whole file."""
        from pyiceberg.expressions import AlwaysTrue  # noqa: PLC0415 -- an extra
        from pyiceberg.io.pyarrow import ArrowScan  # noqa: PLC0415 -- an extra

        scan = ArrowScan(self.table.metadata, self.table.io, schema, AlwaysTrue())
        yield from scan.to_record_batches([self.task])

    def _plain_batches(self, schema: Schema) -> Iterator[Batch] | None:
        """Return the batches of a file that holds the columns as the table has them, else None."""
        from pyiceberg.io.pyarrow import schema_to_pyarrow  # noqa: PLC0415 -- an extra

        file = self.task.file
        if self.task.delete_files or file.file_format.value != "PARQUET":
            return None
        opened: Any = self.table.io.new_input(file.file_path).open()
        parquet = pq.ParquetFile(opened, pre_buffer=True)
        names = _held_as(parquet.schema_arrow, schema_to_pyarrow(schema))
        if names is None:
            opened.close()
            return None
        return _closing(opened, parquet, names)


def _held_as(file: pa.Schema, table: pa.Schema) -> list[str] | None:
    """Return what the columns of a table are called in a file; None if one is not there or differs."""
    held = {_id(field): field for field in file}
    found = [held.get(_id(field)) for field in table]
    names = [field.name for field in found if field is not None]
    same = len(names) == len(table) and [file.get_field_index(name) for name in names] == sorted(
        file.get_field_index(name) for name in names
    )
    if not same or any(_types(a) != _types(b) for a, b in zip(found, table, strict=True)):
        return None
    return names


def _id(field: pa.Field[Any]) -> bytes | None:
    return (field.metadata or {}).get(b"PARQUET:field_id")


def _types(field: pa.Field[Any] | None) -> list[tuple[str, pa.DataType]]:
    """Return the leaves below a column: their names without that of the column, and types."""
    if field is None:
        return []
    found = leaves(pa.schema([field]))
    return [(leaf.name.removeprefix(field.name), leaf.type) for leaf in found]


def _closing(opened: pa.NativeFile, parquet: pq.ParquetFile, names: list[str]) -> Iterator[Batch]:
    with opened, parquet:
        yield from read_groups(parquet, names, range(parquet.num_row_groups), apart=True, sealed=False)


def open_iceberg(folder: Stored) -> LakeTable:
    """Read the newest metadata file in a folder, and the manifests of its current snapshot.

    Raises:
        PartBroken: They cannot be read, or the extra ``iceberg`` is missing.
    """
    try:
        from pyiceberg.table import StaticTable  # noqa: PLC0415 -- an extra
    except ImportError:
        raise PartBroken("Iceberg tables need the extra 'iceberg': pip install 'pandian[iceberg]'") from None
    if folder.storage.remote and not folder.storage.iceberg:
        raise PartBroken(f"Iceberg tables are read from local disks and S3, not from {folder.storage.prefix}")
    with described("the Iceberg metadata are cut off, damaged or point to missing files"):
        return open_lake(StaticTable.from_metadata(_newest(folder).url, dict(folder.storage.iceberg)))


def open_lake(table: IcebergTable) -> LakeTable:
    """Read the manifests of the current snapshot; what the library raises is passed on."""
    from pyiceberg.io.pyarrow import schema_to_pyarrow  # noqa: PLC0415 -- an extra

    schema = schema_to_pyarrow(table.schema(), include_field_ids=False)
    tasks = sorted(table.scan().plan_files(), key=lambda task: task.file.file_path)
    held = leaves(schema)
    tops = tuple(field.name for field in schema for _ in leaves(pa.schema([field])))
    parts = [IcebergPart(table=table, task=task, leaves=held, tops=tops) for task in tasks]
    place = table.location().removeprefix("file://")
    return LakeTable(
        parts=tuple(_keyed(part, place) for part in parts), comment=table.properties.get("comment", "")
    )


def _keyed(part: IcebergPart, location: str) -> Keyed:
    """Return a part with its stamp: data files never change, other deletes of their rows are other files."""
    file = part.task.file
    deletes = sorted(delete.file_path for delete in part.task.delete_files)
    mark = short_digest([file.file_path, str(file.file_size_in_bytes), *deletes])
    place = file.file_path.removeprefix("file://").removeprefix(f"{location}/")
    return Keyed(part=part, keys=_partition(part), place=place, stamp=mark)


def _partition(part: IcebergPart) -> PartitionKeys:
    """Return the columns whose values stand in the path: a state must not show personal ones."""
    file = part.task.file
    fields = part.table.specs()[file.spec_id].fields
    return tuple(
        (
            part.table.schema().find_column_name(field.source_id) or field.name,
            key_text(file.partition[position]),
        )
        for position, field in enumerate(fields)
        if str(field.transform) == "identity"
    )


def _newest(folder: Stored) -> Stored:
    """Return the metadata file of the highest version; the hint of a catalogue may be stale."""
    found = [entry.stored for entry in folder.storage.entries(folder / "metadata")]
    versions = [path for path in found if path.name.endswith(".metadata.json")]
    return max(versions, key=lambda path: (_version(path), path.name))


def _version(path: Stored) -> int:
    found = _VERSION.match(path.name)
    return int(found[1]) if found else -1


@contextmanager
def described(damage: str) -> Iterator[None]:
    """Turn what the library raises into `PartBroken`; its own words may quote values and logins."""
    try:
        with explained(damage):
            yield
    except PartBroken:
        raise
    except Exception:  # noqa: BLE001 -- the library has errors of many roots for damaged Avro and JSON
        raise PartBroken(damage) from None
