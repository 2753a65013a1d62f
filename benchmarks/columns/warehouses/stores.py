"""Files into which tables are written chunk by chunk."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.columns.warehouses.mixing import Array

Columns = dict[str, Array]


class Store(Protocol):
    """Where the rows of a table go."""

    def write(self, columns: Columns) -> None: ...

    def close(self) -> None: ...


def store_of(spec: dict[str, Any], root: Path) -> Store:
    """Return the store that the settings of a table name."""
    path = root / spec["path"]
    path.parent.mkdir(parents=True, exist_ok=True)
    kind = {"sqlite": Sqlite, "csv": Delimited, "parquet": Parquet}.get(spec["store"], Partitioned)
    return kind(path, spec)


class Sqlite:
    """A table in a SQLite file."""

    def __init__(self, path: Path, spec: dict[str, Any]) -> None:
        self.path, self.name = path, spec["name"]

    def write(self, columns: Columns) -> None:
        names = ", ".join(f'"{name}"' for name in columns)
        cells = [[x.item() if isinstance(x, np.generic) else x for x in v] for v in columns.values()]
        places = ",".join("?" * len(columns))
        with closing(sqlite3.connect(self.path)) as connection, connection:
            connection.execute(f'CREATE TABLE IF NOT EXISTS "{self.name}" ({names})')
            insert = f'INSERT INTO "{self.name}" VALUES ({places})'  # noqa: S608 -- our own name
            connection.executemany(insert, zip(*cells, strict=True))

    def close(self) -> None:
        """Nothing stays open."""


class Delimited:
    """A CSV file."""

    def __init__(self, path: Path, spec: dict[str, Any]) -> None:
        self.path, self.encoding = path, spec.get("encoding", "utf-8")

    def write(self, columns: Columns) -> None:
        new = not self.path.exists()
        with self.path.open("a", encoding=self.encoding, newline="") as file:
            writer = csv.writer(file)
            if new:
                writer.writerow(columns)
            cells = [["" if x is None else x for x in v] for v in columns.values()]
            writer.writerows(zip(*cells, strict=True))

    def close(self) -> None:
        """Nothing stays open."""


class Parquet:
    """One Parquet file."""

    def __init__(self, path: Path, _: dict[str, Any]) -> None:
        self.path = path
        self.writer: pq.ParquetWriter | None = None

    def write(self, columns: Columns) -> None:
        table = arrow(columns)
        if self.writer is None:
            self.writer = pq.ParquetWriter(self.path, table.schema, compression="zstd")
        self.writer.write_table(table.cast(self.writer.schema))

    def close(self) -> None:
        if self.writer:
            self.writer.close()


class Partitioned:
    """Folders by the beginning of a column (a month, a province), a file in each a chunk."""

    def __init__(self, path: Path, spec: dict[str, Any]) -> None:
        self.path, self.key = path, spec["partition_by"]
        self.source, self.length = spec["partition_from"], spec.get("partition_len", 7)
        self.part = 0

    def write(self, columns: Columns) -> None:
        table = arrow(columns)
        keys = np.array([str(cell)[: self.length] for cell in columns[self.source]])
        for key in np.unique(keys):
            folder = self.path / f"{self.key}={key}"
            folder.mkdir(parents=True, exist_ok=True)
            rows = table.filter(pa.array(keys == key))
            pq.write_table(rows, folder / f"part-{self.part:05d}.parquet", compression="zstd")
        self.part += 1

    def close(self) -> None:
        """Nothing stays open."""


def arrow(columns: Columns) -> pa.Table:
    """Return columns as an Arrow table."""
    return pa.table({name: pa.array(list(v) if v.dtype == object else v) for name, v in columns.items()})
