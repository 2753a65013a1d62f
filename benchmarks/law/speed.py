"""Times ``pandian assess`` from the cold start of the interpreter to the last line printed.

Run: ``make bench-assess``. Exit code 1 when the fastest of five runs of any facts file takes a
second or more.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LIMIT = 1.0
_RUNS = 5
_PANDIAN = Path(sys.executable).parent / "pandian"


def facts_files() -> dict[str, dict[str, Any]]:
    """Return facts by name: nothing known, a usual company, and large ones."""
    flow = {"mechanism": "standard_contract", "nonsensitive_subjects": 9, "sensitive_subjects": 1}
    company = {
        "organization": {"ciio": False, "sectors": ["retail"], "ftz": None, "network_platform": True},
        "held": {"pi_subjects": 1_200_000, "spi_subjects": 8_000, "users": 1_200_000},
        "flows": [{"name": "crm", **flow}],
    }
    days = [f"2026-{month:02}-{day:02}" for month in range(1, 11) for day in range(1, 29)]
    history = [{"day": day, "count": 500_000 + 1_000 * index} for index, day in enumerate(days)]
    return {
        "nothing known": {},
        "one flow": company,
        "100 flows": {**company, "flows": [{"name": f"flow {index}", **flow} for index in range(100)]},
        "280 counts": {**company, "history": {"held.pi_subjects": history, "held.spi_subjects": history}},
    }


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds that runs took: the fastest and the slowest on the wall, and the processor time of one."""

    fastest: float
    slowest: float
    processor: float


def take(path: Path, *options: str) -> Taken:
    """Return what several runs took. The fastest says what the program needs."""
    wall, before = [], _processor_seconds()
    for _ in range(_RUNS):
        start = time.perf_counter()
        subprocess.run([_PANDIAN, "assess", path, *options], check=True, capture_output=True)
        wall.append(time.perf_counter() - start)
    return Taken(min(wall), max(wall), (_processor_seconds() - before) / _RUNS)


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print what every facts file and format takes."""
    longest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for name, facts in facts_files().items():
            path = Path(folder) / "facts.json"
            path.write_text(json.dumps({"as_of": "2026-11-22", **facts}), encoding="utf-8")
            for options in ((), ("--drafts", "--unverified", "--format", "json")):
                taken = take(path, *options)
                longest = max(longest, taken.fastest)
                print(
                    f"{name:<14} {' '.join(options) or 'text':<36} fastest {taken.fastest:.2f} s, "
                    f"slowest {taken.slowest:.2f} s, processor {taken.processor:.2f} s"
                )
    print(f"longest of the fastest {longest:.2f} s, limit {LIMIT:.2f} s")
    sys.exit(longest >= LIMIT)


if __name__ == "__main__":
    main()
