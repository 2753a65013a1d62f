"""How long a database of very many tables makes a scan wait: for the first table, for all, for the scan.

python -m benchmarks.listing [--tables 10000] [--scan] [--count exact] [--kinds sqlite,postgresql]

The tables are small, of three columns and two rows, in PostgreSQL (a server of its own) and in SQLite. Each
listing and each scan is a process of its own. Several numbers of tables show how the cost of one grows.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from multiprocessing import get_context
from pathlib import Path

import sqlalchemy as sa

from benchmarks.measured import most_memory
from benchmarks.servers import postgresql_server
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
    with postgresql_server() as plain:
        url = plain.replace("postgresql://", "postgresql+psycopg://")
        engine = sa.create_engine(url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            fill(connection.exec_driver_sql, tables)
        yield url


@contextmanager
def sqlite(tables: int) -> Iterator[str]:
    """Yield the path of a file with so many tables."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.sqlite"
        with closing(sqlite3.connect(path)) as database:
            fill(database.executescript, tables)
        yield str(path)


KINDS = {"sqlite": sqlite, "postgresql": postgresql}


def listing(source: str) -> str:
    start = time.perf_counter()
    with connect(source) as connector:
        tables = connector.tables()
        next(tables)
        first, known = time.perf_counter() - start, tables_listed(connector)
        every = 1 + sum(1 for _ in tables)
    seconds = time.perf_counter() - start
    return (
        f"{known:,} tables told and the first yielded after {first:.1f} s, {every:,} listed after "
        f"{seconds:.1f} s, peak {(most_memory() or 0):,} MiB"
    )


def scanning(source: str, count: str) -> str:
    start, cpu = time.perf_counter(), time.process_time()
    result = scan(source, count=count).record
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    found = sum(len(dataset.tables) for dataset in result.datasets)
    return (
        f"scan --count {count} of {found:,} tables {seconds:.0f} s, {cpu:.0f} CPU s "
        f"({1000 * cpu / found:.1f} ms a table), peak {(most_memory() or 0):,} MiB"
    )


def alone(work: Callable[..., str], *given: str) -> str:
    """Return what work says in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tables", default="10000", help="one number, or several with commas")
    parser.add_argument("--scan", action="store_true", help="scan the tables, too")
    parser.add_argument("--count", default="none", choices=["none", "exact", "sketch"])
    parser.add_argument("--kinds", default="sqlite,postgresql")
    options = parser.parse_args()
    for name in options.kinds.split(","):
        for tables in map(int, options.tables.split(",")):
            with KINDS[name](tables) as source:
                print(f"{name}: {alone(listing, source)}", flush=True)
                if options.scan:
                    print(f"{name}: {alone(scanning, source, options.count)}", flush=True)


if __name__ == "__main__":
    main()
