"""A scan that is killed at any moment goes on, and finds what an undisturbed scan finds."""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import subprocess
import sys
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

PARTS, ROWS, KILLS = 60, 400, 20
SCRIPT = """
import sys
from pathlib import Path
from scanner.notebook import scan
lake, state, record = sys.argv[1:]
print("ready", flush=True)
result = scan([lake], as_of="2026-11-22", state=state, resume=True)
Path(record).write_text(result.report("json"), encoding="utf-8")
"""


@pytest.fixture(scope="module")
def people(make_people):
    return make_people(2_000)


@pytest.fixture(scope="module")
def lake(tmp_path_factory, people):
    """Many small partitions that share people."""
    root = tmp_path_factory.mktemp("killed") / "lake"
    for part in range(PARTS):
        rows = [people[(part * 37 + row * 7) % len(people)] for row in range(ROWS)]
        path = root / "customer" / f"day={part:03}" / "part-0.parquet"
        path.parent.mkdir(parents=True)
        columns = ("name", "id_card", "mobile", "email")
        table = {f"customer_{name}": [getattr(person, name) for person in rows] for name in columns}
        pq.write_table(pa.table(table), path)
    return root


class Scans:
    """Starts scans in processes of their own."""

    def __init__(self, lake, folder):
        self.lake, self.folder, self.record = lake, folder, folder.parent / "scan.json"
        self.environment = os.environ | {"PANDIAN_KEY": "5f" * 16}

    def start(self):
        """Start a scan and return its process once it has begun."""
        arguments = [sys.executable, "-c", SCRIPT, self.lake, self.folder, self.record]
        process = subprocess.Popen(
            [str(argument) for argument in arguments], stdout=subprocess.PIPE, env=self.environment, text=True
        )
        assert process.stdout.readline() == "ready\n"
        return process

    def kill_when(self, parts, seconds):
        """Start a scan, and kill it so long after so many parts are kept; return whether it was running."""
        process = self.start()
        while process.poll() is None and len(list((self.folder / "parts").rglob("*.part"))) < parts:
            time.sleep(0.002)
        time.sleep(seconds)
        running = process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return running

    def finish(self):
        """Run a scan to its end; return its record without times, and its parts."""
        process = self.start()
        process.communicate(timeout=300)
        assert process.returncode == 0
        record = json.loads(self.record.read_text(encoding="utf-8"))
        parts = record["scan"]["parts"]
        for name in ("id", "started", "finished", "parts"):
            del record["scan"][name]
        for dataset in record["datasets"]:
            for table in dataset["tables"]:
                del table["parts"]
        return record, parts


@pytest.mark.timeout(2_400)  # some thirty processes
@pytest.mark.skipif(os.name != "posix", reason="kill -9 of POSIX")
def test_scans_killed_at_random_moments_find_the_same(lake, tmp_path, people):
    whole = Scans(lake, tmp_path / "undisturbed" / "state")
    whole.folder.parent.mkdir()
    began = time.monotonic()
    expected, parts = whole.finish()
    lasted = time.monotonic() - began
    assert parts["read"] == PARTS

    moments = random.Random(20261122)  # noqa: S311 -- not cryptographic
    killed = resumed = 0
    for turn in itertools.count():
        if killed >= KILLS:
            break
        scans = Scans(lake, tmp_path / f"killed-{turn}" / "state")
        scans.folder.parent.mkdir()
        # From the start, while it looks at the table; then amid the parts, which come soon one after another.
        killed += scans.kill_when(0, moments.uniform(0, lasted / 2))
        for part in sorted(moments.sample(range(1, PARTS), 3)):
            killed += scans.kill_when(part, moments.uniform(0, lasted / PARTS))
        found, parts = scans.finish()
        assert found == expected
        assert parts["read"] + parts["from_state"] == PARTS
        resumed += parts["from_state"]
        assert_unreadable(scans.folder, people)
    assert resumed, "no scan was far enough for a part to be kept"


def assert_unreadable(folder, people):
    """Search everything under a folder for values of people, as text and as numbers."""
    written = b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert written
    for person in people:
        for value in (person.name, person.id_card, person.mobile, person.email, person.id_card[6:14]):
            assert value.encode() not in written
        for number in (int(person.mobile), int(person.id_card[:17])):
            assert number.to_bytes(8, "little") not in written
