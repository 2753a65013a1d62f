"""Real processes and real scans: kill -9 in mid-scan and restart, two at once, SIGTERM."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zoneinfo

import pytest

from scanner.identifiers import SubjectKey
from scanner.state import StateFolder

PARTS, ROWS, KEY = 40, 300, "5f" * 16
CONFIG = """
organization: {{name: 示例零售有限公司}}
sources: [{{name: lake, url: {lake}}}]
as_of: 2026-11-26
schedules:
  - {{name: nightly, cron: "30 {hour} * * *", time_zone: Asia/Shanghai, formats: [json]}}
"""
SHANGHAI = zoneinfo.ZoneInfo("Asia/Shanghai")

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 of POSIX")


@pytest.fixture(scope="module")
def lake(tmp_path_factory, make_people, write_parquet):
    """Many small partitions that share people."""
    people = make_people(1_000)
    root = tmp_path_factory.mktemp("scheduled") / "lake"
    for part in range(PARTS):
        rows = [people[(part * 37 + row * 7) % len(people)] for row in range(ROWS)]
        columns = ("name", "id_card", "mobile")
        table = {f"customer_{name}": [getattr(person, name) for person in rows] for name in columns}
        write_parquet(root / "customer" / f"day={part:03}" / "part-0.parquet", table)
    return root


class Machine:
    """A folder with a configuration, and processes that run its schedules."""

    def __init__(self, folder, lake):
        self.folder = folder
        folder.mkdir()
        # Hours from now, so that no slot becomes due while the tests run.
        hour = (dt.datetime.now(SHANGHAI).hour + 12) % 24
        (folder / "pandian.yaml").write_text(CONFIG.format(lake=lake, hour=hour), encoding="utf-8")
        self.miss_slots(3)

    def miss_slots(self, days):
        """Let the schedule be known since some days, in which no process ran."""
        since = dt.datetime.now(tz=dt.UTC) - dt.timedelta(days=days)
        record = {"format": "pandian.schedule/1", "name": "nightly", "since": since.isoformat()}
        record |= {"running": None, "last": None, "complete": None, "kept": "", "totals": {}, "missed": 0}
        # The state folder makes itself; what schedules know is put into it afterwards.
        StateFolder(self.folder / "pandian-state", SubjectKey(bytes.fromhex(KEY))).__exit__(None, None, None)
        self.know(record)

    def know(self, record):
        """Write down what is known of the schedule."""
        path = self.folder / "pandian-state" / "schedules" / "records" / "nightly.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(record), encoding="utf-8")

    def start(self, *options):
        command = [sys.executable, "-c", "from scanner.cli import main; main()", "schedule", "--config"]
        return subprocess.Popen(
            [*command, self.folder / "pandian.yaml", *options],
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PANDIAN_KEY": KEY},
            text=True,
            cwd=self.folder,
        )

    def once(self):
        process = self.start("--once")
        _, said = process.communicate(timeout=300)
        assert process.returncode == 0, said
        return said

    @property
    def parts(self):
        return len(list((self.folder / "pandian-state" / "parts").rglob("*.part")))

    @property
    def record(self):
        path = self.folder / "pandian-state" / "schedules" / "records" / "nightly.json"
        return json.loads(path.read_text(encoding="utf-8"))

    @property
    def scan(self):
        return json.loads((self.folder / "pandian-out" / "nightly" / "scan.json").read_text(encoding="utf-8"))

    def kill_in_mid_scan(self, parts, number=signal.SIGKILL, *options):
        """Start the daemon, and kill it once so many parts are kept."""
        process = self.start(*options)
        end = time.monotonic() + 120
        while self.parts < parts and time.monotonic() < end and process.poll() is None:
            time.sleep(0.002)
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
        return process.returncode, said


def comparable(scan):
    """Return a record without what differs between any two scans."""
    parts = scan["scan"].pop("parts")
    for name in ("id", "started", "finished"):
        del scan["scan"][name]
    for dataset in scan["datasets"]:
        for table in dataset["tables"]:
            del table["parts"]
    return scan, parts


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, lake):
    machine = Machine(tmp_path_factory.mktemp("undisturbed") / "machine", lake)
    machine.once()
    return machine


def test_a_slot_missed_in_a_downtime_runs_once(undisturbed):
    assert undisturbed.record["totals"] == {"done": 1}
    assert undisturbed.record["missed"] == 2

    assert "scanning" not in undisturbed.once()

    assert undisturbed.record["totals"] == {"done": 1}


@pytest.mark.timeout(300)
def test_the_next_slot_reads_only_what_is_new(tmp_path, lake):
    copy = shutil.copytree(lake, tmp_path / "lake")
    machine = Machine(tmp_path / "machine", copy)
    machine.once()
    first, parts = comparable(machine.scan)
    assert (parts["read"], parts["from_state"]) == (PARTS, 0)
    added = copy / "customer" / "day=999" / "part-0.parquet"
    added.parent.mkdir()
    shutil.copy(copy / "customer" / "day=000" / "part-0.parquet", added)
    since = dt.datetime.now(tz=dt.UTC) - dt.timedelta(days=3)
    machine.know(machine.record | {"since": since.isoformat()})

    machine.once()

    second, parts = comparable(machine.scan)
    assert (parts["read"], parts["from_state"]) == (1, PARTS)
    assert (
        second["organization"]["subjects"][0]["estimate"] == first["organization"]["subjects"][0]["estimate"]
    )
    assert machine.record["totals"] == {"done": 2}


@pytest.mark.timeout(900)
def test_kill_in_mid_scan_and_restart_goes_on_with_the_slot_and_finds_the_same(tmp_path, lake, undisturbed):
    machine = Machine(tmp_path / "machine", lake)
    begun = set()
    for parts in (3, 9, 15):
        machine.kill_in_mid_scan(parts)
        running = machine.record["running"]
        assert running, "the scan was over before the kill"
        begun.add((running["slot"], running["started"], running["as_of"]))

    machine.once()

    assert len(begun) == 1
    assert machine.record["totals"] == {"done": 1}
    ((slot, started, _),) = begun
    assert machine.record["last"]["slot"] == slot
    assert machine.record["last"]["scan"].startswith(
        dt.datetime.fromisoformat(started).strftime("%Y%m%dT%H%M%S")
    )
    found, parts = comparable(machine.scan)
    expected, _ = comparable(undisturbed.scan)
    assert found == expected
    assert parts["from_state"] >= 15
    assert parts["read"] + parts["from_state"] == PARTS


@pytest.mark.timeout(600)
def test_two_processes_at_once_scan_the_slot_once(tmp_path, lake, undisturbed):
    machine = Machine(tmp_path / "machine", lake)
    processes = [machine.start("--once") for _ in range(3)]
    said = [process.communicate(timeout=300)[1] for process in processes]

    assert [process.returncode for process in processes] == [0, 0, 0]
    assert sum(": scanning for" in lines for lines in said) == 1, said
    assert machine.record["totals"] == {"done": 1}
    assert comparable(machine.scan)[0] == comparable(undisturbed.scan)[0]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_clean_stop_in_mid_scan_ends_with_0_and_the_scan_goes_on_later(tmp_path, lake, undisturbed, number):
    machine = Machine(tmp_path / "machine", lake)

    code, said = machine.kill_in_mid_scan(5, number)

    assert code == 0, said
    assert "it goes on where it was" in said
    running = machine.record["running"]
    assert (running["begun"], running["stopped"]) == (1, 1)
    said = machine.once()
    assert "begun 2 times, killed 0" in said
    found, parts = comparable(machine.scan)
    assert found == comparable(undisturbed.scan)[0]
    assert parts["from_state"] >= 5


@pytest.mark.timeout(600)
def test_a_run_of_what_is_due_that_was_cut_short_does_not_look_done(tmp_path, lake):
    machine = Machine(tmp_path / "machine", lake)

    code, said = machine.kill_in_mid_scan(5, signal.SIGTERM, "--once")

    assert code == 128 + signal.SIGTERM, said
    assert machine.record["running"]


@pytest.mark.timeout(120)
def test_a_daemon_that_waits_stops_at_once(undisturbed):
    process = undisturbed.start()
    assert "Running 1 schedules" in process.stderr.readline()
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)

    assert process.returncode == 0
    assert time.monotonic() - began < 20
