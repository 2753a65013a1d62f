"""The most memory while 50 million rows are streamed, out of Parquet and CSV files and out of PostgreSQL.

python -m benchmarks.reading.memory [--rows 50000000] [--sources parquet,csv,postgresql] [--data DIR]

A table of 5 million generated people is written once. The Parquet table is links to its files, the one
in PostgreSQL is a view that returns each row so many times: 50 million rows are streamed, fewer
are on the disk. Each source is read by a process of its own, whose peak is shown.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import adbc_driver_postgresql.dbapi as driver
from pyarrow import csv
from pyarrow import parquet as pq

from benchmarks.census.people import table
from benchmarks.reading.__main__ import MOST_MIB, postgresql, run

_WRITTEN = 5_000_000  # rows


@contextmanager
def linked(files: Path, times: int) -> Iterator[str]:
    """Yield a pattern of files of which each is there so many times."""
    with tempfile.TemporaryDirectory(prefix="pandian-memory-") as folder:
        _link(files.glob("*.parquet"), Path(folder), times)
        yield f"{folder}/*.parquet"


@contextmanager
def delimited(files: Path, times: int) -> Iterator[str]:
    """Yield a pattern of CSV files of the same rows, of which each is there so many times."""
    with tempfile.TemporaryDirectory(prefix="pandian-memory-") as folder:
        written, links = Path(folder, "written"), Path(folder, "people")
        written.mkdir()
        links.mkdir()
        for path in files.glob("*.parquet"):
            with (
                pq.ParquetFile(path) as file,
                csv.CSVWriter(written / f"{path.stem}.csv", file.schema_arrow) as to,
            ):
                for batch in file.iter_batches():
                    to.write_batch(batch)
        _link(written.glob("*.csv"), links, times)
        yield f"{links}/*.csv"


def _link(paths: Iterable[Path], folder: Path, times: int) -> None:
    for path in paths:
        for number in range(times):
            Path(folder, f"{path.stem}-{number:03}{path.suffix}").symlink_to(path.absolute())


@contextmanager
def repeated(files: Path, times: int) -> Iterator[str]:
    """Yield the URL of a server whose table ``people`` is a view of so many times the rows."""
    with postgresql(files) as url:
        with driver.connect(url.replace("+psycopg", "")) as session, session.cursor() as cursor:
            cursor.execute("ALTER TABLE people RENAME TO written")
            again = f"generate_series(1, {times})"
            cursor.execute(f"CREATE VIEW people AS SELECT written.* FROM written, {again}")  # noqa: S608
            session.commit()
        yield url


SOURCES = {"parquet": linked, "csv": delimited, "postgresql": repeated}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", type=int, default=50_000_000)
    parser.add_argument("--sources", default="parquet,csv,postgresql")
    parser.add_argument("--data", type=Path, help="where generated files are kept; else they are deleted")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pandian-memory-") as scratch:
        files = (options.data or Path(scratch)) / f"people-{_WRITTEN}"
        table(files, _WRITTEN)
        for name in options.sources.split(","):
            with SOURCES[name](files, options.rows // _WRITTEN) as source:
                done = run("pandian", source, "")
            if done:
                missed = "" if done.peak <= MOST_MIB else "  MISSED"
                speed = f"{done.rows:13,} rows{done.seconds:9.1f} s{done.rows / done.seconds:13,.0f} rows/s"
                print(f"{name:12}{speed}{done.peak:7} MiB (aim: {MOST_MIB}){missed}")


if __name__ == "__main__":
    main()
