"""Write generated tables to SQLite, Parquet and CSV files."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from scanner.demo._table import DemoTable

_CHUNK = 20_000
_SQL_TYPES = {"int64": "INTEGER", "double": "REAL"}


def write_sqlite(path: Path, tables: list[DemoTable]) -> None:
    """Write all tables to one new database."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        for table in tables:
            _insert(database, table)
        database.commit()


def write_parquet(path: Path, table: DemoTable) -> None:
    """Write one Parquet file; folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table.arrow(), path, compression="zstd")


def write_csv(path: Path, table: DemoTable, encoding: str) -> None:
    """Write one CSV file with a header line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    arrow = table.arrow()
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(arrow.column_names)
        writer.writerows(_rows(arrow))


def write_dictionary(path: Path, tables: dict[str, list[DemoTable]]) -> None:
    """Write the data dictionary: one line per column of a table that has comments."""
    lines = [
        line
        for dataset, members in tables.items()
        for table in members
        for line in _documented(dataset, table)
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("dataset", "table", "table_comment", "column", "type", "comment"))
        writer.writerows(dict.fromkeys(lines))


def _documented(dataset: str, table: DemoTable) -> Iterator[tuple[str, ...]]:
    if not table.comments:
        return
    for name, column in table.cells.items():
        yield dataset, table.name, table.comment, name, str(column.type), table.comments.get(name, "")


def _insert(database: sqlite3.Connection, table: DemoTable) -> None:
    arrow = table.arrow()
    columns = ", ".join(f'"{f.name}" {_SQL_TYPES.get(str(f.type), "TEXT")}' for f in arrow.schema)
    database.execute(f'CREATE TABLE "{table.name}" ({columns})')
    slots = ", ".join("?" * arrow.num_columns)
    for start in range(0, arrow.num_rows, _CHUNK):
        chunk = arrow.slice(start, _CHUNK)
        database.executemany(f'INSERT INTO "{table.name}" VALUES ({slots})', _rows(chunk))  # noqa: S608 -- our names


def _rows(arrow: pa.Table) -> Iterator[tuple[object, ...]]:
    return zip(*(column.to_pylist() for column in arrow.columns), strict=True)
