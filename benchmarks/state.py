"""How long a scan takes with state: first, again with nothing changed, and with one new partition.

    python -m benchmarks.state [--rows 2000000] [--parts 50]

People are generated. Every scan runs in a process of its own; times are wall-clock seconds of the scan alone.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

_SCAN = """
import json, sys, time
from scanner.notebook import scan
began = time.perf_counter()
result = scan([sys.argv[1]], as_of="2026-11-22", state=sys.argv[2] or None).record
(count,) = (c for c in result.organization.subjects if c.category == "all")
print(json.dumps([time.perf_counter() - began, count.estimate]))
"""
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])


def write_part(folder: Path, number: int, rows: int, rng: np.random.Generator) -> None:
    """Write one partition of people, drawn from as many as there are rows in 20 partitions."""
    person = rng.integers(0, rows * 20, rows)
    path = folder / "customer" / f"day={number:04}" / "part-0.parquet"
    path.parent.mkdir(parents=True)
    table = {
        "id_card": _id_cards(person),
        "mobile": np.char.add("13", np.char.zfill((person * 7_919 % 10**9).astype(str), 9)),
        "email": np.char.add(np.char.add("user", person.astype(str)), "@example.cn"),
    }
    pq.write_table(pa.table(table), path)


def _id_cards(person: np.ndarray) -> np.ndarray:
    day = np.datetime64("1950-01-01") + (person // 1_000 % 18_000).astype("timedelta64[D]")
    dates = np.char.replace(day.astype(str), "-", "")
    region = np.char.add("11010", (person // 18_000_000 % 8 + 1).astype(str))
    body = np.char.add(np.char.add(region, dates), np.char.zfill((person % 1_000).astype(str), 3))
    digits = body.astype("U17").view("U1").reshape(len(body), 17).astype(np.int64)
    return np.char.add(body, np.array(list("10X98765432"))[digits @ _WEIGHTS % 11])


def timed(lake: Path, state: Path | None) -> tuple[float, int]:
    """Return seconds and persons of one scan."""
    done = subprocess.run(
        [sys.executable, "-c", _SCAN, str(lake), str(state or "")],
        capture_output=True,
        check=True,
        text=True,
        env=os.environ | {"PANDIAN_KEY": "5f" * 16},
    )
    seconds, persons = done.stdout.strip().strip("[]").split(",")
    return float(seconds), int(persons)


def main() -> None:
    """Print one line a scan."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--parts", type=int, default=50)
    asked = parser.parse_args()
    rng = np.random.default_rng(1)
    folder = Path(tempfile.mkdtemp(prefix="pandian-state-"))
    lake, state = folder / "lake", folder / "state"
    try:
        for number in range(asked.parts):
            write_part(lake, number, asked.rows // asked.parts, rng)
        _report("without state", *timed(lake, None))
        _report("first, state empty", *timed(lake, state))
        size = sum(path.stat().st_size for path in state.rglob("*") if path.is_file())
        print(f"state: {size / 1e6:.1f} MB, {size / asked.rows:.1f} bytes a row")
        _report("second, nothing changed", *timed(lake, state))
        write_part(lake, asked.parts, asked.rows // asked.parts, rng)
        _report("third, one new partition", *timed(lake, state))
        _report("without state, the same", *timed(lake, None))
    finally:
        shutil.rmtree(folder)


def _report(what: str, seconds: float, persons: int) -> None:
    print(f"{what:26} {seconds:7.2f} s  {persons:,} persons")


if __name__ == "__main__":
    main()
