"""What a scan looked at: whether a column that it does not show was unread, gone, or never in its scope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from scanner.result import ColumnResult, Result, TableResult

Key = tuple[str, str, str]  # dataset, table, column


@dataclass(frozen=True)
class Look:
    """One scan, asked about columns."""

    result: Result

    @cached_property
    def columns(self) -> Mapping[Key, ColumnResult]:
        """Return the columns that were looked at."""
        return {
            (dataset.name, table.name, column.name): column
            for dataset in self.result.datasets
            for table in dataset.tables
            for column in table.columns
            if self._looked_at(dataset.name, table, column)
        }

    @cached_property
    def tables(self) -> Mapping[tuple[str, str], TableResult]:
        return {
            (dataset.name, table.name): table for dataset in self.result.datasets for table in dataset.tables
        }

    @cached_property
    def _missed(self) -> frozenset[Key]:
        return frozenset((entry.source, entry.table, entry.column) for entry in self.result.not_scanned)

    @cached_property
    def _sources(self) -> Mapping[str, str]:
        """Return the source of each dataset; a source that failed stands for itself."""
        named = {dataset.name: dataset.source for dataset in self.result.datasets}
        return {entry.source: entry.source for entry in self.result.not_scanned} | named

    def absence(self, key: Key, source: str) -> str:
        """Return why a column is not among ``columns``; empty if it is.

        ``unread``, ``column_gone``, ``table_gone`` (its source was read, and has no such table), or
        ``outside``: the scan had no such source.
        """
        dataset, table, column = key
        if key in self.columns:
            return ""
        if {key, (dataset, table, ""), (dataset, "", ""), (source, "", "")} & self._missed:
            return "unread"
        if (dataset, table) in self.tables:
            there = {one.name for one in self.tables[dataset, table].columns}
            return "unread" if column in there or not self._read(dataset, table) else "column_gone"
        return "table_gone" if source in self._sources.values() else "outside"

    def _read(self, dataset: str, table: str) -> bool:
        return self.tables[dataset, table].status in {"scanned", "empty"}

    def _looked_at(self, dataset: str, table: TableResult, column: ColumnResult) -> bool:
        """Return whether the sample of a column was seen; reading may have broken off after it."""
        if (dataset, table.name, column.name) in self._missed:
            return False
        return table.status in {"scanned", "empty"} or column.filled is not None or bool(column.tags)


def types_of(column: ColumnResult | None) -> tuple[str, ...]:
    """Return the PI types of a column, sorted; none of a column that is not there."""
    return tuple(sorted({tag.type for tag in column.held})) if column else ()
