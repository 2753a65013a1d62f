"""Tables that are in memory already: pandas, Arrow, and whatever exports an Arrow stream."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isnan
from types import TracebackType
from typing import Any, Protocol, Self

import numpy as np
import pandas as pd
import pyarrow as pa

from connectors._arrays import (
    array_of,
    batch_of,
    cast,
    common_type,
    flatten,
    leaves,
    nulls,
    one_batch,
    unique,
)
from connectors._errors import TableUnreadable
from connectors._model import Batch, Column, RowCount, Table
from connectors._sampling import chosen

_BATCH_ROWS = 65_536


class ArrowStream(Protocol):
    """Whatever speaks the Arrow PyCapsule interface: Polars, DuckDB relations, pyarrow."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...


Frame = pd.DataFrame | pa.Table | pa.RecordBatch | ArrowStream


class FrameConnector:
    """Named tables in memory, for notebooks and tests."""

    def __init__(self, frames: Mapping[str, Frame], location: str = "memory") -> None:
        self.location = location
        self._tables = {name: _flat(_arrow_table(frame)) for name, frame in sorted(frames.items())}

    def tables(self) -> Iterator[Table]:
        for name, data in self._tables.items():
            columns = tuple(Column(field.name, str(field.type)) for field in data.schema)
            yield Table(name=name, columns=columns, rows=RowCount(data.num_rows, exact=True))

    def sample(self, table: Table, *, rows: int, seed: int) -> Batch:
        data = self._data(table)
        picked = chosen(data.num_rows, rows, np.random.default_rng(seed))
        return _batch(data.take(picked) if data.num_columns else data.slice(0, len(picked)))

    def stream(self, table: Table, columns: Sequence[str]) -> Iterator[Batch]:
        data = self._data(table)
        if not columns:
            # Arrow forgets how many rows there are when it cuts a table without columns.
            yield batch_of((), (), data.num_rows)
            return
        data = data.select(list(columns))
        for start in range(0, data.num_rows, _BATCH_ROWS):
            yield _batch(data.slice(start, _BATCH_ROWS))

    def _data(self, table: Table) -> pa.Table:
        try:
            return self._tables[table.name]
        except KeyError as error:
            raise TableUnreadable(f"memory: no table '{table.name}'.") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._tables = {}


def _arrow_table(frame: Frame) -> pa.Table:
    if isinstance(frame, pd.DataFrame):
        names = unique(str(name) for name in frame.columns)
        arrays = [_of_series(frame.iloc[:, position]) for position in range(len(names))]
        return pa.Table.from_batches([batch_of(names, arrays, len(frame))])
    if isinstance(frame, pa.RecordBatch):
        return pa.Table.from_batches([frame])
    return frame if isinstance(frame, pa.Table) else pa.table(frame)


def _of_series(series: pd.Series[Any]) -> pa.Array[Any]:
    try:
        array: Any = pa.Array.from_pandas(series)
    except (pa.ArrowException, OverflowError, TypeError, ValueError):
        return array_of([None if _is_missing(value) else value for value in series])
    whole: pa.Array[Any] = pa.concat_arrays(array.chunks) if isinstance(array, pa.ChunkedArray) else array
    return whole


def _is_missing(value: object) -> bool:
    return value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and isnan(value))


def _flat(data: pa.Table) -> pa.Table:
    """Return the table with one column per leaf, those without any value as text."""
    found = leaves(data.schema)
    types = [common_type([leaf.type]) for leaf in found]
    names = [leaf.name for leaf in found]
    batches = [_flat_batch(batch, names, types) for batch in data.to_batches() if batch.num_rows]
    schema = pa.schema(list(zip(names, types, strict=True)))
    return pa.Table.from_batches(batches) if batches else schema.empty_table()


def _flat_batch(batch: Batch, names: Sequence[str], types: Sequence[pa.DataType]) -> Batch:
    arrays = [cast(array, kind) for array, kind in zip(flatten(batch)[1], types, strict=True)]
    return batch_of(names, arrays, batch.num_rows)


def _batch(data: pa.Table) -> Batch:
    batches = data.to_batches()
    if batches:
        return one_batch(batches)
    return batch_of(data.schema.names, [nulls(0, field.type) for field in data.schema], 0)
