"""Tables of a program, each kind behind the same few questions: schema, rows, a sample, batches."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any, Protocol

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset

from connectors._arrays import array_of, batch_of, unique
from connectors._errors import NotASource
from connectors._lazy import HeldDataset, HeldLazyFrame, HeldRelation
from connectors._model import Batch
from connectors._sampling import chosen

BATCH_ROWS = 65_536
_OF_VIEWS: Mapping[Any, Any] = {pa.string_view(): pa.large_string(), pa.binary_view(): pa.large_binary()}

KNOWN = (
    "a pandas or Polars DataFrame, a Polars LazyFrame, an Arrow Table, RecordBatch, RecordBatchReader or "
    "Dataset, a DuckDB relation, or a list of dictionaries"
)
# What people hand in, and what they could hand in instead.
_HINTS = {
    "list": "A table is a list of dictionaries; a mapping of columns is pandas.DataFrame(columns).",
    "tuple": "A table is a list of dictionaries; a mapping of columns is pandas.DataFrame(columns).",
    "polars.series": "Hand in series.to_frame().",
    "pyspark": "Hand in frame.toArrow(), or frame.toPandas() before Spark 4.",
    "dask": "Hand in frame.compute().",
    "numpy": "Hand in pandas.DataFrame(array, columns=[...]).",
    "duckdb": "Hand in a relation, such as connection.table('people'), or the path of the database.",
    "_duckdb": "Hand in a relation, such as connection.table('people'), or the path of the database.",
}


class Held(Protocol):
    """A table; ``rows`` is None where counting them would read everything.

    Attributes:
        failures: What the library that reads it may raise.
    """

    @property
    def schema(self) -> pa.Schema: ...

    @property
    def rows(self) -> int | None: ...

    @property
    def failures(self) -> tuple[type[Exception], ...]: ...

    def sample(self, rows: int, rng: np.random.Generator) -> list[Batch]:
        """Return at most ``rows`` rows from all over the table."""
        ...

    def batches(self, columns: Sequence[str]) -> Iterator[Batch]:
        """Yield all rows of some columns, in the order of the table; the batches name what they hold."""
        ...


@dataclass(frozen=True, slots=True)
class HeldTable:
    """A table in memory."""

    data: pa.Table

    @property
    def schema(self) -> pa.Schema:
        return self.data.schema

    @property
    def rows(self) -> int:
        return self.data.num_rows

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        return ()

    def sample(self, rows: int, rng: np.random.Generator) -> list[Batch]:
        picked = chosen(self.rows, rows, rng)
        if not self.data.num_columns:
            return [batch_of((), (), len(picked))]
        return self.data.take(picked).to_batches()

    def batches(self, columns: Sequence[str]) -> Iterator[Batch]:
        if not columns:
            # Arrow forgets how many rows there are when it cuts a table without columns.
            yield batch_of((), (), self.rows)
            return
        for batch in self.data.select(list(columns)).to_batches(max_chunksize=BATCH_ROWS):
            if batch.num_rows:
                yield batch


def is_table(value: object) -> bool:
    """Return whether this is a table of a kind that ``hold`` takes, at first sight."""
    return (
        isinstance(value, (pd.DataFrame, pd.Series, pa.Table, pa.RecordBatch, pyarrow.dataset.Dataset))
        or hasattr(value, "__arrow_c_stream__")
        or is_instance(value, "polars", "LazyFrame")
        or is_instance(value, "duckdb", "DuckDBPyRelation")
        or (isinstance(value, (list, tuple)) and all(isinstance(row, Mapping) for row in value))
    )


def described(value: object) -> str:
    """Say what this is, that it cannot be read, and what could be handed in instead."""
    return f"{_kind(value)} is no table and no open database. {_advice(value)}"


def hold(value: object) -> Held:
    """Return the table behind its questions.

    Raises:
        NotASource: It is no table of a kind that is known.
    """
    if is_instance(value, "polars", "LazyFrame"):
        return HeldLazyFrame(value)
    if is_instance(value, "duckdb", "DuckDBPyRelation"):
        return HeldRelation(value)
    if isinstance(value, pyarrow.dataset.InMemoryDataset):
        return HeldTable(_of_arrow(value.to_table()))  # one that is made of a reader can be read once only
    if isinstance(value, pyarrow.dataset.Dataset):
        return HeldDataset(value)
    return HeldTable(_arrow_table(value))


def is_instance(value: object, module: str, name: str) -> bool:
    """Return whether this is of a class of a module that may not be installed; nothing is imported."""
    kind = getattr(sys.modules.get(module), name, None)
    return isinstance(kind, type) and isinstance(value, kind)


def _arrow_table(value: Any) -> pa.Table:
    if isinstance(value, pd.Series):
        return _of_pandas(value.to_frame(value.name if value.name is not None else "value"))
    if isinstance(value, pd.DataFrame):
        return _of_pandas(value)
    if isinstance(value, (list, tuple)):
        return _of_records(value)
    if isinstance(value, pa.RecordBatch):
        return pa.Table.from_batches([value])
    if isinstance(value, pa.Table):
        return _of_arrow(value)
    if hasattr(value, "__arrow_c_stream__"):
        return _of_stream(value)
    raise NotASource(f"{_kind(value)} is no table. {_advice(value)}")


def _of_stream(value: Any) -> pa.Table:
    """Read a stream, which may be read once only, into memory."""
    try:
        return _of_arrow(pa.table(value))
    except (pa.ArrowException, TypeError, ValueError, RuntimeError) as error:
        raise NotASource(
            f"{_kind(value)} does not give a table of columns ({type(error).__name__}). {_advice(value)}"
        ) from None
    except BaseException as error:
        # Polars raises a panic, which is no Exception, for columns of Python objects.
        if type(error).__module__.startswith(("polars", "pyo3")):
            raise NotASource(
                f"{_kind(value)} holds a column that Arrow cannot ({type(error).__name__}). "
                "Cast it to text first."
            ) from None
        raise


def _of_arrow(table: pa.Table) -> pa.Table:
    """Return the table with names that differ, and without encodings of which Arrow cannot take rows."""
    columns = [_without_encodings(column) for column in table.columns]
    named = zip(table.schema, unique(table.schema.names), columns, strict=True)
    fields = [pa.field(name, column.type, metadata=field.metadata) for field, name, column in named]
    return pa.table(columns, schema=pa.schema(fields)) if columns else table


def _without_encodings(column: pa.ChunkedArray[Any]) -> pa.ChunkedArray[Any]:
    if pa.types.is_run_end_encoded(column.type):
        decoded: pa.ChunkedArray[Any] = pc.call_function("run_end_decode", [column])
        return decoded
    plain = _without_views(column.type)
    return column if plain == column.type else column.cast(plain)


def _without_views(kind: Any) -> pa.DataType:
    """Return a type in which neither text, bytes nor lists come as views, at any depth."""
    if pa.types.is_struct(kind):
        return pa.struct([field.with_type(_without_views(field.type)) for field in kind])
    if pa.types.is_list(kind) or pa.types.is_fixed_size_list(kind):
        return pa.list_(_plain_members(kind), getattr(kind, "list_size", -1))
    if pa.types.is_large_list(kind) or pa.types.is_list_view(kind) or pa.types.is_large_list_view(kind):
        return pa.large_list(_plain_members(kind))
    plain: pa.DataType = _OF_VIEWS.get(kind, kind)
    return plain


def _plain_members(kind: Any) -> pa.Field[Any]:
    field: pa.Field[Any] = kind.value_field.with_type(_without_views(kind.value_type))
    return field


def _kind(value: object) -> str:
    return f"{type(value).__module__}.{type(value).__qualname__}".removeprefix("builtins.")


def _advice(value: object) -> str:
    kind = _kind(value)
    hint = next((text for start, text in _HINTS.items() if kind.startswith(start)), "")
    return hint or f"Hand in {KNOWN}."


def _of_pandas(frame: pd.DataFrame) -> pa.Table:
    levels = [(name, frame.index.get_level_values(i)) for i, name in _index_names(frame.index)]
    columns = [(_name(name), frame.iloc[:, i]) for i, name in enumerate(frame.columns)]
    cells = [*((name, level.to_series(index=frame.index)) for name, level in levels), *columns]
    if not cells:
        return pa.Table.from_batches([batch_of((), (), len(frame))])
    names = unique(name for name, _ in cells)
    return pa.table([_of_series(series) for _, series in cells], names=list(names))


def _index_names(index: pd.Index[Any]) -> Iterator[tuple[int, str]]:
    """Yield the levels of an index that may hold data: those with a name, or of something but numbers."""
    for i, name in enumerate(index.names):
        if name is not None:
            yield i, _name(name)
        elif not pd.api.types.is_numeric_dtype(index.get_level_values(i).dtype):
            yield i, "index"


def _name(name: object) -> str:
    return ".".join(map(str, name)) if isinstance(name, tuple) else str(name)


def _of_series(series: pd.Series[Any]) -> pa.Array[Any] | pa.ChunkedArray[Any]:
    try:
        array: pa.Array[Any] | pa.ChunkedArray[Any] = pa.Array.from_pandas(series)
    except (pa.ArrowException, OverflowError, TypeError, ValueError):
        return array_of([None if _is_missing(value) else value for value in series])
    return array


def _is_missing(value: object) -> bool:
    return value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and isnan(value))


def _of_records(rows: Sequence[Any]) -> pa.Table:
    for number, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise NotASource(
                f"row {number} of the list is a {_kind(row)}, not a dictionary. {_HINTS['list']}"
            )
    keys = list(dict.fromkeys(key for row in rows for key in row))
    if not keys:
        return pa.Table.from_batches([batch_of((), (), len(rows))])
    arrays = [_of_values([row.get(key) for row in rows]) for key in keys]
    return pa.table(arrays, names=list(unique(_name(key) for key in keys)))


def _of_values(values: list[Any]) -> pa.Array[Any] | pa.ChunkedArray[Any]:
    return _of_series(pd.Series(values, dtype=object))
