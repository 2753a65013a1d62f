"""One way to read a table of three columns, timed in a process of its own.

python -m benchmarks.reading.cases CASE SOURCE
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

from benchmarks.measured import most_memory

if TYPE_CHECKING:
    from connectors import Batch, Connector, Table

COLUMNS = ["id_card", "phone", "email"]
_QUERY = f"SELECT {', '.join(COLUMNS)} FROM people"  # noqa: S608 -- constants
_ROWS = 50_000


def pandian(source: str) -> Generator[int]:
    """Read as a scan does, which spells out text in the threads that count."""
    from connectors import list_parts, stream_part

    def batches(opened: Connector, table: Table) -> Iterator[Batch]:
        for part in list_parts(opened, table):
            yield from stream_part(opened, table, part, COLUMNS)

    yield from _pandian(source, batches)


def plain(source: str) -> Generator[int]:
    """Read with all text as plain strings, as whoever calls the connector gets it."""
    yield from _pandian(source, lambda opened, table: opened.stream(table, COLUMNS))


def _pandian(source: str, batches: Callable[[Connector, Table], Iterator[Batch]]) -> Iterator[int]:
    from connectors import Table, connect

    yield 0  # imported
    with connect(source) as opened:
        tables = [entry for entry in opened.tables() if isinstance(entry, Table)]
        table = next((entry for entry in tables if entry.name == "people"), tables[0])
        yield from (batch.num_rows for batch in batches(opened, table))


def adbc(source: str) -> Generator[int]:
    """Read through the bare driver."""
    import adbc_driver_postgresql.dbapi as driver

    yield 0  # imported
    with closing(driver.connect(_libpq(source))) as session, closing(session.cursor()) as cursor:
        cursor.execute(_QUERY)
        yield from (batch.num_rows for batch in cursor.fetch_record_batch())


def connectorx(source: str) -> Generator[int]:
    """Read all at once into one Arrow table."""
    import connectorx as library

    yield 0  # imported
    yield library.read_sql(_host_first(_libpq(source)), _QUERY, return_type="arrow").num_rows


def pandas(source: str) -> Generator[int]:
    """Read frames of rows through SQLAlchemy."""
    import pandas as pd
    import sqlalchemy as sa

    yield 0  # imported
    engine = sa.create_engine(source)
    with engine.connect().execution_options(stream_results=True, max_row_buffer=_ROWS) as connection:
        yield from (len(frame) for frame in pd.read_sql(sa.text(_QUERY), connection, chunksize=_ROWS))


def pyarrow(source: str) -> Generator[int]:
    """Decode Parquet batch by batch."""
    import pyarrow.parquet as pq

    yield 0  # imported
    for path in _files(source):
        with pq.ParquetFile(path) as file:
            yield from (batch.num_rows for batch in file.iter_batches(_ROWS, columns=COLUMNS))


def dataset(source: str) -> Generator[int]:
    """Decode Parquet with the scanner of datasets."""
    import pyarrow.dataset as ds

    yield 0  # imported
    yield from (batch.num_rows for batch in ds.dataset(_files(source)).scanner(columns=COLUMNS).to_batches())


def polars(source: str) -> Generator[int]:
    """Decode Parquet with the streaming engine."""
    import polars as pl

    yield 0  # imported
    lazy = pl.scan_parquet(source).select(COLUMNS)
    yield from (frame.height for frame in lazy.collect_batches(chunk_size=_ROWS))


def duckdb(source: str) -> Generator[int]:
    """Decode Parquet and add up the lengths of all texts; DuckDB hands nothing over for that."""
    import duckdb as library

    yield 0  # imported
    lengths = ", ".join(f"sum(strlen({name}))" for name in COLUMNS)
    (rows, *_) = library.execute(f"SELECT count(*), {lengths} FROM '{source}'").fetchall()[0]  # noqa: S608
    yield rows


CASES: dict[str, Callable[[str], Generator[int]]] = {
    "pandian": pandian,
    "plain": plain,
    "adbc": adbc,
    "connectorx": connectorx,
    "pandas": pandas,
    "pyarrow": pyarrow,
    "dataset": dataset,
    "polars": polars,
    "duckdb": duckdb,
}
_AT_ONCE = frozenset({"connectorx", "duckdb"})  # they read all or nothing


def _files(pattern: str) -> list[str]:
    return sorted(map(str, Path(pattern).parent.glob("*.parquet")))


def _libpq(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")


def _host_first(url: str) -> str:
    """Return the URL with the folder of a server's socket where others have the host."""
    parts = urlsplit(url)
    folder = parse_qs(parts.query).get("host")
    return f"{parts.scheme}://{parts.netloc}{quote(folder[0], safe='')}{parts.path}" if folder else url


def main() -> None:
    """Print rows, seconds and CPU seconds once libraries are imported, and the peak of memory, as JSON."""
    case, source = sys.argv[1:]
    _warm_up(case, source)
    read = CASES[case](source)
    next(read)
    start, cpu = time.perf_counter(), time.process_time()
    rows = sum(read)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    print(json.dumps({"rows": rows, "seconds": seconds, "cpu": cpu, "peak": most_memory()}))


def _warm_up(case: str, source: str) -> None:
    """Read the first batch, since drivers are imported when they are needed."""
    with closing(CASES[case](source)) as first:
        next(first)
        if case not in _AT_ONCE:
            next(first)


if __name__ == "__main__":
    main()
