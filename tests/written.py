"""Sources for tests: files written from columns."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing

import pyarrow as pa
import pyarrow.parquet as pq
import pytest


@pytest.fixture(scope="session")
def write_sqlite():
    """Return a function that adds a table to a SQLite file: path, name, columns, rows."""

    def write(path, table, columns, rows):
        names = list(columns)
        declared = ", ".join(
            f'"{name}" {columns[name]}' if isinstance(columns, dict) else f'"{name}"' for name in names
        )
        with closing(sqlite3.connect(path)) as database, database:
            database.execute(f'CREATE TABLE "{table}" ({declared})')
            marks = ", ".join("?" * len(names))
            database.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)
        return path

    return write


@pytest.fixture(scope="session")
def write_csv():
    """Return a function that writes a CSV file: path, columns, rows."""

    def write(path, columns, rows):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([columns, *rows])
        return path

    return write


@pytest.fixture(scope="session")
def write_parquet():
    """Return a function that writes a Parquet file: path, column names to values."""

    def write(path, columns):
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.table(columns), path)
        return path

    return write
