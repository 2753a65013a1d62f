"""Arrow IPC files, which Feather files are too, and Arrow IPC streams."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.ipc

from connectors._arrays import batch_of, take
from connectors._files.part import OfLeaves, explained
from connectors._model import Batch
from connectors._nesting import Leaf, flatten, leaves
from connectors._sampling import chosen
from connectors._storage import Stored

_FILE_MAGIC = b"ARROW1"
_DAMAGED = "cut off, damaged or not Arrow IPC"


@dataclass(frozen=True, slots=True)
class ArrowPart(OfLeaves):
    """One file, mapped into memory where it can be; ``pieces`` are the rows of its record batches."""

    path: Stored
    leaves: tuple[Leaf, ...]
    pieces: tuple[int, ...]

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def rows(self) -> int:
        return sum(self.pieces)

    def sample(self, piece: int, rows: int, rng: np.random.Generator) -> list[Batch]:
        with explained(_DAMAGED), self.path.open() as mapped:
            batch = next(batch for number, batch in enumerate(_batches(mapped)) if number == piece)
            return [take(self._flat(batch), chosen(batch.num_rows, rows, rng))]

    def stream(self, columns: Sequence[str]) -> Iterator[Batch]:
        with explained(_DAMAGED), self.path.open() as mapped:
            for batch in _batches(mapped):
                flat = self._flat(batch)
                yield batch_of(columns, [flat.column(name) for name in columns], batch.num_rows)

    def _flat(self, batch: Batch) -> Batch:
        return batch_of([leaf.name for leaf in self.leaves], flatten(batch)[1], batch.num_rows)


def open_arrow(path: Stored) -> ArrowPart:
    """Read the schema and the sizes of the record batches.

    Raises:
        PartBroken: Not a whole Arrow IPC file or stream.
    """
    with explained(_DAMAGED), _mapped(path) as mapped:
        found = leaves(_reader(mapped).schema.remove_metadata())
        mapped.seek(0)
        return ArrowPart(path, found, tuple(batch.num_rows for batch in _batches(mapped)))


def _mapped(path: Stored) -> pa.NativeFile:
    """Open a file to look into. Rows are not read so: a file cut off meanwhile would end the process."""
    return path.open() if path.storage.remote else pa.memory_map(path.path)


def _reader(mapped: pa.NativeFile) -> pa.ipc.RecordBatchFileReader | pa.ipc.RecordBatchStreamReader:
    magic = mapped.read(len(_FILE_MAGIC))
    mapped.seek(0)
    return pa.ipc.open_file(mapped) if magic == _FILE_MAGIC else pa.ipc.open_stream(mapped)


def _batches(mapped: pa.NativeFile) -> Iterator[Batch]:
    reader = _reader(mapped)
    if isinstance(reader, pa.ipc.RecordBatchFileReader):
        yield from (reader.get_batch(number) for number in range(reader.num_record_batches))
    else:
        yield from reader
