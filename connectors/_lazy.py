"""Tables that are carried out when they are read: Polars LazyFrames, Arrow datasets, DuckDB relations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.dataset

from connectors._arrays import batch_of, take, unique
from connectors._duckdb_columns import selected
from connectors._model import Batch
from connectors._sampling import Indices, chosen, pieces_to_read, reservoir, shares

_BATCH_ROWS = 65_536
_FEWEST_PIECES = 16  # row groups that a sample reaches at least
_SPREAD = 8  # rows read per row wanted: few row groups are no sample


class HeldLazyFrame:
    """A Polars LazyFrame; Polars reads only the columns that are asked for."""

    def __init__(self, frame: Any) -> None:
        import polars as pl  # noqa: PLC0415 -- an extra; whoever has a frame has it

        self._frame, self._polars = frame, pl

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        return (self._polars.exceptions.PolarsError, OSError)

    @cached_property
    def schema(self) -> pa.Schema:
        empty = self._polars.DataFrame(schema=self._frame.collect_schema())
        schema: pa.Schema = pa.table(empty).schema
        return schema

    @cached_property
    def rows(self) -> int:
        return int(self._frame.select(self._polars.len()).collect().item())

    def sample(self, rows: int, rng: np.random.Generator) -> list[Batch]:
        picked = chosen(self.rows, rows, rng)
        place = unique([*self.schema.names, "row"])[-1]
        wanted = self._polars.Series(picked).cast(self._polars.UInt32).implode()
        numbered = self._frame.with_row_index(place)
        found = numbered.filter(self._polars.col(place).is_in(wanted)).drop(place).collect()
        return pa.table(found).to_batches()

    def batches(self, columns: Sequence[str]) -> Iterator[Batch]:
        if not columns:
            yield batch_of((), (), self.rows)
            return
        for frame in self._frames(self._frame.select(list(columns))):
            yield from pa.table(frame).to_batches(max_chunksize=_BATCH_ROWS)

    @staticmethod
    def _frames(frame: Any) -> Iterator[Any]:
        if hasattr(frame, "collect_batches"):
            yield from frame.collect_batches(chunk_size=_BATCH_ROWS, maintain_order=True)
        else:
            yield from frame.collect().iter_slices(_BATCH_ROWS)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A row group, or a fragment that cannot be cut, with its rows."""

    fragment: Any
    rows: int


class HeldDataset:
    """An Arrow dataset; of Parquet files only some row groups are read for a sample."""

    def __init__(self, dataset: pa.dataset.Dataset) -> None:
        self._dataset = dataset

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        return (OSError,)

    @property
    def schema(self) -> pa.Schema:
        return self._dataset.schema

    @cached_property
    def rows(self) -> int | None:
        return sum(piece.rows for piece in self._pieces) if self._pieces is not None else None

    def sample(self, rows: int, rng: np.random.Generator) -> list[Batch]:
        if self._pieces is None:
            return reservoir(self.batches(self.schema.names), take, rows, rng)
        sizes = [piece.rows for piece in self._pieces]
        chosen_pieces = [self._pieces[i] for i in pieces_to_read(sizes, rows * _SPREAD, _FEWEST_PIECES, rng)]
        wanted = shares([piece.rows for piece in chosen_pieces], rows)
        return [
            batch
            for piece, some in zip(chosen_pieces, wanted, strict=True)
            for batch in self._drawn(piece, chosen(piece.rows, some, rng))
        ]

    def batches(self, columns: Sequence[str]) -> Iterator[Batch]:
        scanner = self._dataset.scanner(columns=list(columns), batch_size=_BATCH_ROWS)
        for batch in scanner.to_batches():
            if batch.num_rows:
                yield batch

    def _drawn(self, piece: _Piece, rows: Indices) -> list[Batch]:
        whole: pa.Table = piece.fragment.to_table(schema=self.schema)
        return whole.take(rows).to_batches()

    @cached_property
    def _pieces(self) -> list[_Piece] | None:
        """Return the row groups of a dataset of Parquet files; None for any other."""
        fragments = list(self._dataset.get_fragments())
        if not all(isinstance(fragment, pa.dataset.ParquetFileFragment) for fragment in fragments):
            return None
        return [
            _Piece(group, sum(each.num_rows for each in group.row_groups))
            for fragment in fragments
            for group in fragment.split_by_row_group()
        ]


@dataclass
class HeldRelation:
    """A DuckDB relation: the query is run by the connection it belongs to."""

    relation: Any
    _names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self._names = unique(self.relation.columns)

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        import duckdb  # noqa: PLC0415 -- an extra; whoever has a relation has it

        return (duckdb.Error,)

    @cached_property
    def schema(self) -> pa.Schema:
        return _arrow_reader(self._selected(self._names).limit(0)).read_all().schema

    @cached_property
    def rows(self) -> int:
        return int(self.relation.aggregate("count(*)").fetchall()[0][0])

    def sample(self, rows: int, rng: np.random.Generator) -> list[Batch]:
        # DuckDB's own sample depends on its threads, which are the caller's business.
        return reservoir(self.batches(self._names), take, rows, rng)

    def batches(self, columns: Sequence[str]) -> Iterator[Batch]:
        if not columns:
            yield batch_of((), (), self.rows)
            return
        yield from _arrow_reader(self._selected(columns))

    def _selected(self, columns: Sequence[str]) -> Any:
        kinds = dict(zip(self._names, map(str, self.relation.types), strict=True))
        return self.relation.project(", ".join(selected(name, kinds[name]) for name in columns))


def _arrow_reader(relation: Any) -> pa.RecordBatchReader:
    names = ("to_arrow_reader", "fetch_arrow_reader", "fetch_record_batch")  # DuckDB 2, 1.4, before
    method = next(getattr(relation, name) for name in names if hasattr(relation, name))
    reader: pa.RecordBatchReader = method(_BATCH_ROWS)
    return reader
