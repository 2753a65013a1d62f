"""The data dictionary: comments on tables and columns that a company keeps beside its data."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from connectors._checkup import (
    Checkup,
    TableCheckup,
    checkup_of,
    remedy_of,
    table_checkup_of,
)
from connectors._errors import SourceUnreachable
from connectors._model import Batch, Column, Table, TablePart, Unread
from connectors._protocol import Connector, list_parts, stream_part, tables_listed
from connectors._retry import patience_of

FIELDS = ("dataset", "table", "table_comment", "column", "type", "comment")
_ENCODINGS = ("utf-8-sig", "gb18030")
_GUARDED = ("=", "+", "-", "@", "'", "＝", "＋", "－", "＠")
_SEPARATORS = {".csv": ",", ".tsv": "\t"}


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Comments by dataset and table; an empty dataset means any."""

    tables: Mapping[tuple[str, str], str]
    columns: Mapping[tuple[str, str, str], Column]

    def describe(self, table: Table, dataset: str) -> Table:
        """Return the table with its empty comments and types filled in."""
        scopes = tuple(dict.fromkeys((f"{dataset}/{table.group}", dataset, "")))
        comments = (self.tables.get((scope, table.name), "") for scope in scopes)
        comment = table.comment or next((found for found in comments if found), "")
        columns = tuple(self._describe_column(table.name, column, scopes) for column in table.columns)
        return replace(table, comment=comment, columns=columns)

    def _describe_column(self, table: str, column: Column, scopes: Sequence[str]) -> Column:
        found = (self.columns.get((scope, table, column.name)) for scope in scopes)
        entry = next((entry for entry in found if entry), None)
        if entry is None:
            return column
        return Column(column.name, column.type or entry.type, column.comment or entry.comment)


def load_dictionary(path: str) -> Dictionary:
    """Read a CSV or TSV file with the columns of ``FIELDS``; only table and column are required.

    Raises:
        SourceUnreachable: No such file, another format, or a required column is missing.
    """
    file = Path(path).expanduser()
    separator = _SEPARATORS.get(file.suffix.lower())
    if separator is None:
        raise SourceUnreachable(f"Dictionary '{file}': only CSV and TSV are read. Save it as one of them.")
    rows = csv.DictReader(_read_text(file).splitlines(keepends=True), delimiter=separator)
    missing = {"table", "column"} - set(rows.fieldnames or ())
    if missing:
        raise SourceUnreachable(f"Dictionary '{file}': no column {sorted(missing)}. It needs {list(FIELDS)}.")
    return _from_rows(rows)


def _read_text(file: Path) -> str:
    try:
        content = file.read_bytes()
    except FileNotFoundError as error:
        raise SourceUnreachable(f"Dictionary '{file}': no such file.") from error
    except OSError as error:
        raise SourceUnreachable(f"Dictionary '{file}': {error.strerror}.") from error
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SourceUnreachable(f"Dictionary '{file}': neither UTF-8 nor GB18030.")


def _from_rows(rows: csv.DictReader[str]) -> Dictionary:
    tables: dict[tuple[str, str], str] = {}
    columns: dict[tuple[str, str, str], Column] = {}
    for row in rows:
        dataset, table, table_comment, column, kind, comment = (
            _unguarded(str(row.get(field) or "").strip()) for field in FIELDS
        )
        if table_comment:
            tables.setdefault((dataset, table), table_comment)
        if column:
            columns.setdefault((dataset, table, column), Column(column, kind, comment))
    return Dictionary(tables, columns)


def _unguarded(cell: str) -> str:
    """Return a cell without the apostrophe that exports put before what a spreadsheet takes for a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_GUARDED) else cell


class DescribedConnector:
    """A connector whose tables are described by a data dictionary."""

    def __init__(self, inner: Connector, dictionary: Dictionary, dataset: str) -> None:
        self.location = inner.location
        self.patience = patience_of(inner)
        self._inner = inner
        self._dictionary = dictionary
        self._dataset = dataset

    def tables(self) -> Iterator[Table | Unread]:
        for table in self._inner.tables():
            yield self._dictionary.describe(table, self._dataset) if isinstance(table, Table) else table

    @property
    def listed(self) -> int | None:
        return tables_listed(self._inner)

    def checkup(self) -> Checkup:
        return checkup_of(self._inner)

    def table_checkup(self, table: Table, rows: int) -> TableCheckup:
        return table_checkup_of(self._inner, table, rows)

    def remedy(self, unread: Unread) -> str:
        return remedy_of(self._inner, unread)

    def sample(self, table: Table, *, rows: int, seed: int) -> Batch:
        return self._inner.sample(table, rows=rows, seed=seed)

    def stream(self, table: Table, columns: Sequence[str]) -> Iterator[Batch]:
        return self._inner.stream(table, columns)

    def parts(self, table: Table, kept: Sequence[str] = ()) -> Sequence[TablePart]:
        return list_parts(self._inner, table, kept)

    def stream_part(self, table: Table, part: TablePart, columns: Sequence[str]) -> Iterator[Batch]:
        return stream_part(self._inner, table, part, columns)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._inner.__exit__(None, None, None)
