"""Rows a second of each way into Arrow, beside libraries that only read, in one run.

Libraries are imported before reading is timed; connecting and listing are timed. The time of the whole
process, imports and all, stands beside it.

python -m benchmarks.reading [--rows 5000000] [--parquet-rows 50000000] [--repeat 3] [--data DIR]

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
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import adbc_driver_postgresql.dbapi as driver
import pyarrow.parquet as pq

from benchmarks.census.people import table
from benchmarks.reading.cases import COLUMNS
from benchmarks.servers import postgresql_server

OF_DATABASE = ("pandian", "adbc", "connectorx", "pandas")
OF_FILES = ("pandian", "plain", "pyarrow", "dataset", "polars", "duckdb")
OWN = ("pandian", "plain")
MOST_OF_DATABASE, MOST_OF_FILES, MOST_MIB = 1.15, 1.1, 600  # what is aimed at


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One process that read everything.

    Attributes:
        seconds: Of reading, its libraries being imported.
        cpu: Seconds of the processor that reading took.
        whole: Seconds from the start of the process to its end.
        peak: Of its memory, in MiB.
    """

    rows: int
    seconds: float
    cpu: float
    whole: float
    peak: int


def run(case: str, source: str, libraries: str) -> Run | None:
    command = [sys.executable, "-m", "benchmarks.reading.cases", case, source]
    environment = os.environ | {"PYTHONPATH": libraries}
    start = time.perf_counter()
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    whole = time.perf_counter() - start
    if done.returncode:
        print(f"{case}: left out ({done.stderr.strip().splitlines()[-1]})")
        return None
    return Run(**json.loads(done.stdout), whole=whole)


def compare(title: str, cases: Sequence[str], source: str, options: argparse.Namespace, most: float) -> None:
    """Time the cases in turns and print them against the fastest of the others."""
    runs: dict[str, list[Run]] = {}
    for _ in range(options.repeat):
        for case in [case for case in cases if case not in runs or runs[case]]:
            done = run(case, source, options.libraries)
            runs.setdefault(case, []).extend([done] if done else [])
    medians = {case: _median(done) for case, done in runs.items() if done}
    print(f"\n{title}: {runs['pandian'][0].rows:,} rows x {len(COLUMNS)} columns, median of {options.repeat}")
    print(f"{'':12}{'reading':>9}{'CPU':>9}{'whole':>9}{'rows a second':>15}{'peak':>11}")
    for case, run_ in medians.items():
        times = f"{run_.seconds:7.2f} s{run_.cpu:7.2f} s{run_.whole:7.2f} s"
        print(f"{case:12}{times}{run_.rows / run_.seconds:15,.0f}{run_.peak:7,} MiB")
    ours = medians["pandian"]
    fastest = min(medians.keys() - OWN, key=lambda case: medians[case].seconds)
    ratio, whole = ours.seconds / medians[fastest].seconds, ours.whole / medians[fastest].whole
    print(f"pandian / {fastest}: {_judged(ratio, most)}; of the whole process: {whole:.2f}")
    print(f"pandian's peak in MiB: {_judged(ours.peak, MOST_MIB)}")


def _median(runs: Sequence[Run]) -> Run:
    """Return the median of each time, and the highest peak."""
    seconds, cpu, whole = (
        statistics.median(getattr(each, name) for each in runs) for name in ("seconds", "cpu", "whole")
    )
    return Run(rows=runs[0].rows, seconds=seconds, cpu=cpu, whole=whole, peak=max(each.peak for each in runs))


def _judged(value: float, most: float) -> str:
    return f"{value:.4g} (aim: {most}){'' if value <= most else '  MISSED'}"


@contextmanager
def postgresql(files: Path) -> Iterator[str]:
    """Yield the URL of a server of its own that holds the table."""
    with postgresql_server() as url:
        with driver.connect(url) as session, session.cursor() as cursor:
            for path in sorted(files.glob("*.parquet")):
                for batch in pq.ParquetFile(path).iter_batches(columns=COLUMNS):
                    cursor.adbc_ingest("people", batch, mode="create_append")
            session.commit()
            session.adbc_connection.set_autocommit(True)
            # Else whoever reads first pays for what a server does once with new rows.
            cursor.execute("VACUUM (FREEZE, ANALYZE) people")
        yield url.replace("postgresql://", "postgresql+psycopg://")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--parquet-rows", type=int, default=50_000_000)
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
