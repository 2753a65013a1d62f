"""Tables that a program holds: pandas, Polars, Arrow, DuckDB relations, lists of dictionaries.

What is in memory is taken as it is. What is lazy (Polars LazyFrames, Arrow datasets, DuckDB relations) is
carried out when it is read, with only the columns that are needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pyarrow as pa

from connectors._arrays import batch_of, cast, common_type, nulls, one_batch
from connectors._errors import NotASource, TableUnreadable
from connectors._held import Held, described, hold, is_table
from connectors._model import Batch, Column, RowCount, Table
from connectors._nesting import Leaf, flatten, leaves
from connectors._selection import EVERYTHING, Selection

__all__ = ["FrameConnector", "described", "is_table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """A table with its leaf columns; ``types`` are theirs, those without any value text."""

    held: Held
    leaves: tuple[Leaf, ...]
    types: tuple[pa.DataType, ...]
    tops: tuple[str, ...]  # the column of the table that holds each leaf

    def table(self, name: str) -> Table:
        columns = tuple(
            Column(leaf.name, str(kind), leaf.comment)
            for leaf, kind in zip(self.leaves, self.types, strict=True)
        )
        rows = None if self.held.rows is None else RowCount(self.held.rows, exact=True)
        return Table(name=name, columns=columns, rows=rows)

    def flat(self, batch: Batch, columns: Sequence[str]) -> Batch:
        """Return leaf columns of a batch of the table, or of some of its columns."""
        held = set(batch.schema.names)
        arriving = [
            (leaf.name, kind)
            for leaf, kind, top in zip(self.leaves, self.types, self.tops, strict=True)
            if top in held
        ]
        arrays = {
            name: cast(array, kind)
            for (name, kind), array in zip(arriving, flatten(batch)[1], strict=True)
            if name in columns
        }
        return batch_of(columns, [arrays[name] for name in columns], batch.num_rows)

    def needed(self, columns: Sequence[str]) -> list[str]:
        wanted = set(columns)
        pairs = zip(self.leaves, self.tops, strict=True)
        return list(dict.fromkeys(top for leaf, top in pairs if leaf.name in wanted))


class FrameConnector:
    """Named tables that a program holds, for notebooks and tests."""

    def __init__(
        self, frames: Mapping[str, Any], location: str = "memory", selection: Selection = EVERYTHING
    ) -> None:
        """Take tables of any kind that ``connectors._held`` knows.

        Raises:
            NotASource: One of them is no table; the message says what it is and what to do.
        """
        self.location = location
        self._tables: dict[str, _Opened] = {}
        for name, frame in sorted(frames.items()):
            if selection.takes("", name):
                self._tables[name] = _open(name, frame)

    def tables(self) -> Iterator[Table]:
        for name, opened in self._tables.items():
            yield opened.table(name)

    def sample(self, table: Table, *, rows: int, seed: int) -> Batch:
        opened = self._find(table)
        names = [leaf.name for leaf in opened.leaves]
        empty = batch_of(names, [nulls(0, kind) for kind in opened.types], 0)
        with self._reading(table, opened):
            drawn = opened.held.sample(rows, np.random.default_rng(seed))
            return one_batch([empty, *(opened.flat(batch, names) for batch in drawn)])

    def stream(self, table: Table, columns: Sequence[str]) -> Iterator[Batch]:
        opened = self._find(table)
        with self._reading(table, opened):
            for batch in opened.held.batches(opened.needed(columns)):
                yield opened.flat(batch, columns)

    def _find(self, table: Table) -> _Opened:
        try:
            return self._tables[table.name]
        except KeyError as error:
            raise TableUnreadable(f"{self.location}: no table '{table.name}'.") from error

    @contextmanager
    def _reading(self, table: Table, opened: _Opened) -> Iterator[None]:
        failures: tuple[type[Exception], ...] = (pa.ArrowException, *opened.held.failures)
        # The chain is cut: a library's message may quote data.
        try:
            yield
        except failures as error:
            raise TableUnreadable(
                f"{self.location}: table '{table.name}': {type(error).__name__} while it was read. "
                "Collect it before the scan to see what is wrong."
            ) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._tables = {}


def _open(name: str, frame: object) -> _Opened:
    try:
        held = hold(frame)
    except NotASource as error:
        raise NotASource(f"Table '{name}': {error}") from None
    found = leaves(held.schema)
    types = tuple(common_type([leaf.type]) for leaf in found)
    return _Opened(held=held, leaves=found, types=types, tops=_tops(held.schema))


def _tops(schema: pa.Schema) -> tuple[str, ...]:
    return tuple(field.name for field in schema for _ in leaves(pa.schema([field])))
