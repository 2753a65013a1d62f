"""Time the census on a large generated table, against reading alone and against DuckDB.

python -m benchmarks.census [--rows 5000000] [--growth 2000000,20000000] [--repeat 3] [--data DIR]
                            [--keep-memory]

Every case runs in a process of its own. The cases take turns, and medians are compared, so that other work
on the machine hits all of them. Counts are checked against the answer key of the generator.

With --keep-memory a host of this machine cannot take back its free memory between runs and while they go on
(see benchmarks/kept_memory.py).
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.census.people import Truth, table
from benchmarks.kept_memory import kept_memory
from scanner.running.surroundings import use_small_pages

DECODE, DUCKDB, DISTINCT = "decode", "duckdb distinct", "distinct"
LINKED, LIMITED, ROOMY = "linked", "linked, 1 GiB", "linked, 3 GiB"
# Polars decodes files in a thread of its own, which uses the second core also where one thread is asked for.
ALONE, ON_ONE_CORE = "linked, 1 thread", "linked, 1 core"
CASES: dict[str, tuple[str, ...]] = {
    "decode id": ("decode id",),
    DECODE: ("decode",),
    DUCKDB: ("duckdb distinct",),
    DISTINCT: ("distinct",),
    LINKED: ("linked",),
    LIMITED: ("linked, 1 GiB",),
    ALONE: ("linked", "--threads", "1"),
    ON_ONE_CORE: ("linked", "--threads", "1", "--core"),
}
# What is compared: numerator, denominator, most that is aimed at.
RATIOS = (
    (DISTINCT, DUCKDB, 0.7),
    (LINKED, DECODE, 3.5),
    (LINKED, DUCKDB, 2.5),
    (LIMITED, LINKED, 1.25),
)
LIMIT = 1024  # MiB
SPEEDUP = 1.5  # two threads against one, at least
ROW_BYTES = 64  # of this machine's memory for every row whose linking is timed without a limit
TENFOLD = 11.0  # time for ten times the rows, at most
_READ = 1 << 24  # bytes at once
_SAME = 1e-5  # share that counts may differ from the key: made-up numbers that look like placeholders

Settle = Callable[[], None]  # waits until the machine is ready for the next run


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One process that counted.

    ``cpu`` are the seconds of all its threads, with imports, and ``system`` those of them that the system
    took; ``loading`` those of loading compiled kernels, which ``seconds`` leave out, as they do imports.
    ``peak`` are MiB of memory, ``paged`` those that came from a disk.
    """

    seconds: float
    cpu: float
    system: float
    loading: float
    result: int
    peak: int
    paged: int


def run(case: str, folder: Path, settle: Settle) -> Run:
    settle()
    name, *options = CASES.get(case, (case,))
    command = [sys.executable, "-m", "benchmarks.census.cases", name, str(folder), *options]
    environment = dict(os.environ)
    use_small_pages(environment)
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return Run(**json.loads(done.stdout))


def median(runs: Sequence[Run]) -> float:
    return statistics.median(each.seconds for each in runs)


def measure(folder: Path, truth: Truth, repeat: int, settle: Settle) -> None:
    runs: dict[str, list[Run]] = {case: [] for case in CASES}
    for _ in range(repeat):
        for case in CASES:
            runs[case].append(run(case, folder, settle))
    print(f"{truth.rows:,} rows, {truth.persons:,} persons, median of {repeat}, cases in turn\n")
    print(f"{'case':20}{'seconds':>9}{'CPU s':>8}{'loading':>9}{'rows/s':>13}{'peak MiB':>10}{'result':>14}")
    for case, done in runs.items():
        rate, peak = truth.rows / median(done), max(each.peak for each in done)
        cpu = statistics.median(each.cpu for each in done)
        loading = statistics.median(each.loading for each in done)
        times = f"{median(done):9.2f}{cpu:8.1f}{loading:9.1f}"
        print(f"{case:20}{times}{rate:13,.0f}{peak:10,}{done[0].result:14,}")
    print()
    for line in (*_ratios(runs), *_checks(runs, truth)):
        print(line)


def _ratios(runs: dict[str, list[Run]]) -> Iterator[str]:
    for case, base, most in RATIOS:
        ratio = median(runs[case]) / median(runs[base])
        yield f"{case + ' / ' + base:40}{ratio:7.2f}   target <= {most}  {_verdict(ratio <= most)}"
    peak = max(each.peak for each in runs[LIMITED])
    yield f"{'peak of ' + LIMITED:40}{peak:7,}   target <= {LIMIT}  {_verdict(peak <= LIMIT)}"
    for case, name in ((ALONE, "one thread / two threads"), (ON_ONE_CORE, "one core / two cores")):
        speedup = median(runs[case]) / median(runs[LINKED])
        yield f"{name:40}{speedup:7.2f}   target >= {SPEEDUP}  {_verdict(speedup >= SPEEDUP)}"


def _checks(runs: dict[str, list[Run]], truth: Truth) -> Iterator[str]:
    keys = {
        DISTINCT: truth.ids,
        **dict.fromkeys((LINKED, LIMITED, ALONE, ON_ONE_CORE), truth.persons + truth.listed),
    }
    for case, key in keys.items():
        off = max(abs(each.result - key) for each in runs[case])
        yield f"{case + ' against the key':40}{off:7,} off  {_verdict(off <= key * _SAME)}"


def _verdict(reached: bool) -> str:
    return "reached" if reached else "NOT reached"


def growth(data: Path, sizes: Sequence[int], repeat: int, settle: Settle) -> None:
    """Time the linked count over growing tables: without a limit of memory where it fits, and with one."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    for case, most in ((LINKED, memory // ROW_BYTES), (ROOMY, max(sizes))):
        print(f"\n{case}, by rows")
        seconds: dict[int, float] = {}
        for rows in sorted(rows for rows in sizes if rows <= most):
            folder = data / f"people-{rows}"
            table(folder, rows)
            done = []
            for _ in range(repeat):
                read_once(folder)
                done.append(run(case, folder, settle))
            seconds[rows] = median(done)
            print(_timed(rows, done) + "".join(grown(seconds)))


def read_once(folder: Path) -> None:
    """Have the system hold the files of a folder in memory: of all sizes, not only of those read lately."""
    room = bytearray(_READ)
    for path in folder.iterdir():
        with path.open("rb", buffering=0) as file:
            while file.readinto(room):
                pass


def _timed(rows: int, done: Sequence[Run]) -> str:
    cpu = statistics.median(each.cpu for each in done)
    system = statistics.median(each.system for each in done)
    peak = max(each.peak for each in done)
    paged = max(each.paged for each in done)
    times = f"{median(done):8.2f} s, CPU {cpu:6.1f} s, {system:5.1f} s of it the system's"
    return f"{rows:14,} rows: {times}, peak {peak:,} MiB, from disk {paged:,} MiB"


def grown(seconds: Mapping[int, float]) -> Iterator[str]:
    """Yield how the time of the largest table compares with those of a tenth of it and of the one before.

    Over less than ten times the rows, the target is what would come to that of ten times if it went on so.
    """
    *smaller, rows = sorted(seconds)
    tenths = [each for each in smaller if 10 * each <= rows]
    for base in sorted({*tenths[-1:], *smaller[-1:]}):
        times = seconds[rows] / seconds[base]
        most = TENFOLD ** math.log10(rows / base)
        yield f"; after {base:,} {times:.2f} x, target <= {most:.2f}  {_verdict(times <= most)}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--growth", default="", help="rows of tables to compare, separated by commas")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument(
        "--data", type=Path, help="folder that keeps the generated tables; else a temporary one"
    )
    parser.add_argument(
        "--keep-memory", action="store_true", help="keep free memory from the host of a virtual machine"
    )
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="pandian-bench-") as temporary,
        kept_memory(wanted=options.keep_memory) as settle,
    ):
        data = options.data or Path(temporary)
        folder = data / f"people-{options.rows}"
        measure(folder, table(folder, options.rows), options.repeat, settle)
        if options.growth:
            growth(data, [int(rows) for rows in options.growth.split(",")], options.repeat, settle)


if __name__ == "__main__":
    main()
