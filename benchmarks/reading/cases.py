"""One way to read a table of three columns, timed in a process of its own.

python -m benchmarks.reading.cases CASE SOURCE
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

COLUMNS = ["id_card", "phone", "email"]
_QUERY = f"SELECT {', '.join(COLUMNS)} FROM people"  # noqa: S608 -- constants
_ROWS = 50_000


def pandian(source: str) -> Iterator[int]:
    """Read as a scan does."""
    from connectors import Table, connect

    with connect(source) as opened:
        next(iter(opened.tables()))
    yield 0  # imported, with the drivers
    with connect(source) as opened:
        tables = [entry for entry in opened.tables() if isinstance(entry, Table)]
        table = next((entry for entry in tables if entry.name == "people"), tables[0])
        yield from (batch.num_rows for batch in opened.stream(table, COLUMNS))


def adbc(source: str) -> Iterator[int]:
    """Read through the bare driver."""
    import adbc_driver_postgresql.dbapi as driver

    yield 0  # imported
    with closing(driver.connect(_libpq(source))) as session, closing(session.cursor()) as cursor:
        cursor.execute(_QUERY)
        yield from (batch.num_rows for batch in cursor.fetch_record_batch())


def connectorx(source: str) -> Iterator[int]:
    """Read all at once into one Arrow table."""
    import connectorx as library

    yield 0  # imported
    yield library.read_sql(_host_first(_libpq(source)), _QUERY, return_type="arrow").num_rows


def pandas(source: str) -> Iterator[int]:
    """Read frames of rows through SQLAlchemy."""
    import pandas as pd
    import sqlalchemy as sa

    yield 0  # imported
    engine = sa.create_engine(source)
    with engine.connect().execution_options(stream_results=True, max_row_buffer=_ROWS) as connection:
        yield from (len(frame) for frame in pd.read_sql(sa.text(_QUERY), connection, chunksize=_ROWS))


def pyarrow(source: str) -> Iterator[int]:
    """Decode Parquet batch by batch."""
    import pyarrow.parquet as pq

    yield 0  # imported
    for path in _files(source):
        with pq.ParquetFile(path) as file:
            yield from (batch.num_rows for batch in file.iter_batches(_ROWS, columns=COLUMNS))


def dataset(source: str) -> Iterator[int]:
    """Decode Parquet with the scanner of datasets."""
    import pyarrow.dataset as ds

    yield 0  # imported
    yield from (batch.num_rows for batch in ds.dataset(_files(source)).scanner(columns=COLUMNS).to_batches())


def polars(source: str) -> Iterator[int]:
    """Decode Parquet with the streaming engine."""
    import polars as pl

    yield 0  # imported
    lazy = pl.scan_parquet(source).select(COLUMNS)
    yield from (frame.height for frame in lazy.collect_batches(chunk_size=_ROWS))


CASES: dict[str, Callable[[str], Iterator[int]]] = {
    "pandian": pandian,
    "adbc": adbc,
    "connectorx": connectorx,
    "pandas": pandas,
    "pyarrow": pyarrow,
    "dataset": dataset,
    "polars": polars,
}


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
    read = CASES[case](source)
    next(read)
    start, cpu = time.perf_counter(), time.process_time()
    rows = sum(read)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    print(json.dumps({"rows": rows, "seconds": seconds, "cpu": cpu, "peak": _peak()}))


def _peak() -> int:
    """Return the peak of memory in MiB; ru_maxrss would begin with that of the parent."""
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) // 1024


if __name__ == "__main__":
    main()
