"""The limit of memory holds, measured on a process of its own; a killed one leaves nothing behind."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

LINUX = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is measured by /proc")
ROWS, LIMIT = 6_000_000, 500 << 20

# Rows of (ID number, phone, e-mail) as digests; each person has two rows on average.
COUNT = """
import json, sys
from pathlib import Path
import numpy as np
from scanner.census import Census
from scanner.identifiers import Records
from scanner.machine.spill import Memory

rows, limit, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
census = Census(Memory(limit or None, folder), threads=2)
rng = np.random.default_rng(5)
for start in range(0, rows, 50_000):
    who = rng.integers(0, rows // 2, 50_000).astype(np.uint64) + np.uint64(1)
    ids = tuple(
        (kind, (who * 4 + n) * np.uint64(0x9E3779B97F4A7C15) * (rng.random(len(who)) < 0.7))
        for n, kind in enumerate(("id_card", "mobile", "email"))
    )
    nothing = np.zeros(len(who), np.uint64)
    census.add([Records(table="lake/people", slot="", ids=ids, names=nothing, born_as=nothing,
        flags=np.zeros(len(who), np.uint32), present=np.ones(len(who), np.bool_), key="k")])
counted = census.solve().count()
# Not ru_maxrss, which begins with the memory of the process that started this one.
status = Path("/proc/self/status").read_text()
peak = int(status.partition("VmHWM:")[2].split()[0]) << 10
print(json.dumps([counted.lower, counted.estimate, counted.upper, peak]))
"""


def start(rows: int, limit: int, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", COUNT, str(rows), str(limit), str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def count(rows: int, limit: int, folder: Path) -> tuple[list[int], int]:
    with start(rows, limit, folder) as process:
        output, _ = process.communicate()
    assert process.returncode == 0
    *persons, peak = json.loads(output)
    return persons, peak


@LINUX
def test_the_limit_holds_and_changes_no_count(tmp_path: Path) -> None:
    persons, needed = count(ROWS, 0, tmp_path)
    same, peak = count(ROWS, LIMIT, tmp_path)

    assert same == persons
    assert peak <= LIMIT < needed
    assert list(tmp_path.iterdir()) == []


def holds(held: Path, folder: Path) -> bool:
    """Return whether a process has a file of the folder open."""
    try:
        return any(str(folder) in str(link.readlink()) for link in held.iterdir())
    except FileNotFoundError:  # closed between listing and reading
        return False


@LINUX
def test_a_killed_count_leaves_nothing_behind(tmp_path: Path) -> None:
    with start(ROWS, LIMIT, tmp_path) as process:
        held = Path(f"/proc/{process.pid}/fd")
        for _ in range(600):
            if holds(held, tmp_path):
                break
            time.sleep(0.1)
        else:
            pytest.fail("nothing was spilled")
        process.send_signal(signal.SIGKILL)

    assert process.returncode == -signal.SIGKILL
    assert list(tmp_path.iterdir()) == []
