"""Time the profile of a large frame in a notebook, beside ``describe`` and ``nunique`` of pandas.

python -m benchmarks.notebook [--rows 1000000] [--repeat 3]

Each run is a notebook of its own, in a fresh kernel: a cell makes the frame, a cell measures pandas, a cell
imports Pandian, scans and renders the display. Import and display are part of the time.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

import nbformat
from nbclient import NotebookClient

TARGET = 15.0  # seconds, on 2 cores
KINDS = {
    "pandas, text": "frame",
    "pandas, Python objects": "frame.astype({n: object for n in frame.select_dtypes('string')})",
    "polars": "__import__('polars').from_pandas(frame)",
}
_MAKE = "from benchmarks.notebook.frame import customers\nframe = customers({rows})\ngiven = {given}"
_PANDAS = """
import json, resource, time
def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
def seconds(work):
    start, before = time.perf_counter(), cpu(); work(); return time.perf_counter() - start, cpu() - before
describe = seconds(lambda: frame.describe(include="all"))
nunique = seconds(frame.nunique)
"""
_PANDIAN = """
def profile():
    global result, shown
    from scanner import scan
    result = scan({"customers": given}, as_of="2026-11-22", progress=False)
    shown = result._repr_html_()
first, again = seconds(profile), seconds(profile)
people = result.subjects()["estimate"][0]
print(json.dumps({"first": first, "again": again, "describe": describe, "nunique": nunique,
                  "people": int(people), "found": len(result.columns()), "shown": len(shown)}))
"""
COLUMNS = f"{'':24}{'seconds':>9}{'CPU s':>8}{'/ describe':>12}{'CPU / describe':>16}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One notebook: seconds and CPU seconds of all threads; persons, columns found, length of the display."""

    first: tuple[float, float]
    again: tuple[float, float]
    describe: tuple[float, float]
    nunique: tuple[float, float]
    people: int
    found: int
    shown: int


def run(rows: int, given: str) -> Run:
    cells = (_MAKE.format(rows=rows, given=given), _PANDAS, _PANDIAN)
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(book, timeout=1_200, kernel_name="python3").execute()
    printed = "".join(output["text"] for output in book.cells[-1].outputs if output.get("name") == "stdout")
    return Run(**json.loads(printed))


def median(runs: Sequence[Run], name: str) -> tuple[float, float]:
    taken = [getattr(each, name) for each in runs]
    return statistics.median(t for t, _ in taken), statistics.median(c for _, c in taken)


def report(kind: str, runs: Sequence[Run]) -> None:
    describe = median(runs, "describe")
    print(f"{kind}: {runs[0].people:,} persons, {runs[0].found} columns found, display {runs[0].shown:,} B")
    for name in ("first", "again", "describe", "nunique"):
        taken, used = median(runs, name)
        print(f"  {name:22}{taken:9.2f}{used:8.1f}{taken / describe[0]:12.2f}{used / describe[1]:16.2f}")
    first = median(runs, "first")[0]
    print(f"  target < {TARGET:.0f} s for the first: {'reached' if first < TARGET else 'NOT reached'}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    load = os.getloadavg()[0]
    print(f"{options.rows:,} rows x 20 columns, median of {options.repeat} notebooks each")
    print(f"{os.cpu_count()} cores, load {load:.1f} at the start\n{COLUMNS}")
    for kind, given in KINDS.items():
        report(kind, [run(options.rows, given) for _ in range(options.repeat)])


if __name__ == "__main__":
    main()
