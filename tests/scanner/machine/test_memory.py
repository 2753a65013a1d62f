"""The limit of memory holds, measured on a process of its own; a killed one leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scanner.compiled.loading import OFF

LINUX = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is measured by /proc")
ROWS, LIMIT = 6_000_000, 500 << 20

NAMED_ROWS = 2_000_000

# Rows of (ID number, phone, e-mail) as digests; each person has two rows on average. With names, a second
# table has phones alone, and what is asked is what a scan asks: scopes, doubts, overlap and the model.
COUNT = """
import json, sys
from pathlib import Path
import numpy as np
from scanner.census import Census
from scanner.identifiers import Records
from scanner.machine.spill import Memory

rows, limit, folder, named = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), bool(sys.argv[4])
tables = ("lake/people", "lake/calls") if named else ("lake/people",)
census = Census(Memory(limit or None, folder), threads=2)
rng = np.random.default_rng(5)
for start in range(0, rows, 50_000):
    who = rng.integers(0, rows // 2, 50_000).astype(np.uint64) + np.uint64(1)
    ids = tuple(
        (kind, (who * 4 + n) * np.uint64(0x9E3779B97F4A7C15) * (rng.random(len(who)) < 0.7))
        for n, kind in enumerate(("id_card", "mobile", "email"))
    )
    nothing = np.zeros(len(who), np.uint64)
    names = who * np.uint64(0xD1B54A32D192ED03) if named else nothing
    for table in tables:
        people = table == tables[0]
        census.add([Records(table=table, slot="", ids=ids if people else ids[1:2],
            names=names if people else nothing, born_as=names if people else nothing,
            flags=np.zeros(len(who), np.uint32), present=np.ones(len(who), np.bool_), key="k")])
people = census.solve()
if named:
    scopes = [(None, 0, 0), *(([table], bit, 0) for table in tables for bit in (0, 1))]
    groups = {table: ([table], 0) for table in tables}
    people.prepare(scopes, doubts=[tables], overlaps=[groups], reasons=True, model=True)
    assert people.model(tables).persons and people.doubts(tables) and people.overlap(groups)
counted = people.count()
# Not ru_maxrss, which begins with the memory of the process that started this one.
status = Path("/proc/self/status").read_text()
peak = int(status.partition("VmHWM:")[2].split()[0]) << 10
print(json.dumps([counted.lower, counted.estimate, counted.upper, peak]))
"""


def start(rows: int, limit: int, folder: Path, named: str = "", **environment: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", COUNT, str(rows), str(limit), str(folder), named]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | environment)


def count(rows: int, limit: int, folder: Path, named: str, **environment: str) -> tuple[list[int], int]:
    with start(rows, limit, folder, named, **environment) as process:
        output, _ = process.communicate()
    assert process.returncode == 0
    *persons, peak = json.loads(output)
    return persons, peak


@LINUX
@pytest.mark.parametrize("environment", [{}, {OFF: "1"}], ids=["compiled", "numpy"])
@pytest.mark.parametrize(("rows", "named"), [(ROWS, ""), (NAMED_ROWS, "named")])
def test_the_limit_holds_and_changes_no_count(
    tmp_path: Path, rows: int, named: str, environment: dict[str, str]
) -> None:
    persons, needed = count(rows, 0, tmp_path, named)
    same, peak = count(rows, LIMIT, tmp_path, named, **environment)

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
