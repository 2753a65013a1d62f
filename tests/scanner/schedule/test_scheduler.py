"""The scheduler with a clock of the test: what runs after failures, kills, downtime, and beside others."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.config.schedules import ScheduleConfig
from scanner.schedule.errors import ScheduleError, Stopped
from scanner.schedule.lease import Lease
from scanner.schedule.planning import plan
from scanner.schedule.records import Records
from scanner.schedule.scheduler import Scheduler
from scanner.state import StateInUse

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Killed(BaseException):
    """What a kill is to the scheduler: the process is no more."""


class World:
    """A clock, and scans that take a time and end as they are told."""

    def __init__(self, folder, *schedules, once=False):
        self.folder = folder
        self.now = dt.datetime(2026, 11, 26, 0, 0, tzinfo=SHANGHAI)
        self.schedules = [plan(ScheduleConfig.model_validate(one), "salt") for one in schedules]
        self.fates, self.scans, self.said, self.delivered = [], [], [], []
        self.message, self.sent = None, []
        self.lasts, self.stopping, self.complete = dt.timedelta(minutes=20), False, True
        self.start(once=once)

    def start(self, *, once=False):
        """Start a process; what an earlier one knew is in the files only."""
        self.records = Records(self.folder / "records")
        self.lease = Lease(folder=self.folder)
        self.scheduler = Scheduler(
            schedules=self.schedules,
            records=self.records,
            lease=self.lease,
            scan=self.scan,
            desk=self,
            clock=lambda: self.now,
            stopping=lambda: self.stopping,
            judge=lambda _one, result: 0 if result.complete else 3,
            say=self.said.append,
            once=once,
        )
        self.scheduler.register()

    # The desk.
    def began(self, planned, record):
        pass

    def skipped(self, planned, record, skip):
        pass

    def ended(self, planned, _record, ended, result):
        self.delivered.append((planned.name, ended, result))

    def next_time(self):
        return self.message

    def work(self):
        if self.message and self.message <= self.now:
            self.sent, self.message = [*self.sent, self.now], None

    def scan(self, planned, attempt, check):
        self.scans.append((planned.name, f"{attempt.slot.astimezone(SHANGHAI):%d %H:%M}", attempt))
        fate = self.fates.pop(0) if self.fates else None
        self.now += self.lasts
        check()
        if fate is not None:
            raise fate
        missed = () if self.complete else (SimpleNamespace(source="crm", table="orders"),)
        info = SimpleNamespace(id=f"scan-{len(self.scans)}")
        return SimpleNamespace(complete=self.complete, not_scanned=missed, scan=info)

    def go(self, **time):
        self.now += dt.timedelta(**time)
        return self.scheduler.run_due()

    def kill(self):
        """Go on as a process that is killed in the scan."""
        self.fates.insert(0, Killed())
        with pytest.raises(Killed):
            self.scheduler.run_due()
        self.start()

    @property
    def ran(self):
        return [slot for _, slot, _ in self.scans]

    def record(self, name="nightly"):
        return self.records.read(name)


NIGHTLY = {"name": "nightly", "cron": "30 2 * * *", "time_zone": "Asia/Shanghai"}


def test_a_slot_runs_when_its_time_has_come_and_once(tmp_path):
    world = World(tmp_path, NIGHTLY)

    assert world.go(hours=2) == []
    (ended,) = world.go(minutes=30)
    assert (ended.outcome, ended.scan) == ("done", "scan-1")
    assert world.go(hours=1) == []
    assert world.ran == ["26 02:30"]
    assert world.record().totals == {"done": 1}
    assert world.record().complete.scan == "scan-1"


def test_slots_missed_in_a_downtime_run_once(tmp_path):
    world = World(tmp_path, NIGHTLY)
    world.now += dt.timedelta(days=5)
    world.start()

    world.scheduler.run_due()

    assert world.ran == ["30 02:30"]
    assert world.record().missed == 4
    assert world.go(hours=1) == []


def test_a_missed_slot_is_left_out_if_so_configured(tmp_path):
    world = World(tmp_path, NIGHTLY | {"catch_up": False})

    assert world.go(hours=3) == []
    assert world.record().missed == 1
    world.go(hours=23, minutes=31)
    assert world.ran == ["27 02:30"]


def test_a_schedule_that_is_new_has_missed_nothing(tmp_path):
    world = World(tmp_path, NIGHTLY)
    world.now += dt.timedelta(hours=12)
    world.schedules.append(plan(ScheduleConfig(name="late", cron="0 1 * * *"), ""))
    world.start()

    world.scheduler.run_due()

    assert [name for name, _, _ in world.scans] == ["nightly"]


def test_a_timer_that_runs_once_for_the_first_time_has_just_come_to_a_slot(tmp_path):
    world = World(tmp_path / "a", NIGHTLY)
    world.now += dt.timedelta(hours=2, minutes=31)
    first = World(tmp_path / "b", NIGHTLY)
    first.now = world.now
    (tmp_path / "b" / "records" / "nightly.json").unlink()
    first.start(once=True)

    first.scheduler.run_due()

    assert first.ran == ["26 02:30"]
    assert first.record().missed == 0


def test_with_once_no_schedule_runs_twice_however_long_its_scan_takes(tmp_path):
    world = World(tmp_path, NIGHTLY | {"cron": "* * * * *"}, once=True)

    assert len(world.go(minutes=5)) == 1
    assert world.scheduler.run_due() == []
    assert not world.scheduler.pending()


def test_the_scan_goes_on_with_its_slot_after_a_kill(tmp_path):
    world = World(tmp_path, NIGHTLY)
    world.now += dt.timedelta(hours=2, minutes=30)
    world.kill()
    world.kill()

    world.scheduler.run_due()

    first, second, third = (attempt for _, _, attempt in world.scans)
    assert world.ran == ["26 02:30"] * 3
    assert (first.started, first.as_of) == (second.started, second.as_of) == (third.started, third.as_of)
    assert (first.begun, second.begun, third.begun) == (1, 2, 3)
    assert third.kills == 2
    assert world.go(hours=1) == []
    assert world.record().totals == {"done": 1}


def test_the_day_of_the_count_stays_over_midnight(tmp_path):
    world = World(tmp_path, NIGHTLY | {"cron": "50 23 * * 4"})
    world.now += dt.timedelta(hours=23, minutes=50)
    world.kill()
    assert world.now.date() == dt.date(2026, 11, 27)

    world.scheduler.run_due()

    assert {attempt.as_of for _, _, attempt in world.scans} == {dt.date(2026, 11, 26)}


def test_a_killed_scan_of_another_day_gives_way_to_a_newer_slot(tmp_path):
    world = World(tmp_path, NIGHTLY)
    world.now += dt.timedelta(hours=2, minutes=30)
    world.kill()
    world.now += dt.timedelta(days=3)

    world.scheduler.run_due()

    assert world.ran == ["26 02:30", "29 02:30"]
    assert world.record().missed == 3
    assert world.scans[-1][2].begun == 1


def test_a_slot_that_could_not_run_is_tried_again_ever_later_and_then_fails(tmp_path):
    world = World(tmp_path, NIGHTLY | {"retries": 2, "retry_after": "10m"})
    world.lasts = dt.timedelta()
    world.fates = [ScheduleError("the database does not answer")] * 3

    assert world.go(hours=2, minutes=30) == []
    assert world.go(minutes=9) == []
    assert len(world.scans) == 1
    assert world.go(minutes=1) == []
    assert world.go(minutes=19) == []
    assert len(world.scans) == 2
    (ended,) = world.go(minutes=1)

    assert (ended.outcome, ended.exit_code, ended.reason) == ("failed", 2, "the database does not answer")
    assert world.record().totals == {"failed": 1}
    assert world.record().complete is None
    assert world.go(hours=1) == []


def test_what_libraries_say_is_not_repeated(tmp_path):
    world = World(tmp_path, NIGHTLY | {"retries": 0})
    world.fates = [ValueError("invalid literal: '13800138000'")]

    (ended,) = world.go(hours=3)

    assert "13800138000" not in ended.reason + "".join(world.said)
    assert "ValueError" in ended.reason


def test_a_scan_that_could_not_read_everything_is_incomplete(tmp_path):
    world = World(tmp_path, NIGHTLY)
    world.complete = False

    (ended,) = world.go(hours=3)

    assert (ended.outcome, ended.exit_code) == ("incomplete", 3)
    assert ended.reason == "1 not scanned; first: crm/orders"
    assert world.record().complete is None


def test_a_clean_stop_is_no_kill_and_no_failure(tmp_path):
    world = World(tmp_path, NIGHTLY)
    world.stopping = True
    world.now += dt.timedelta(hours=3)
    with pytest.raises(Stopped):
        world.scheduler.run_due()
    world.stopping = False
    world.start()

    world.scheduler.run_due()

    assert world.ran == ["26 02:30"] * 2
    assert world.scans[-1][2].kills == 0
    assert world.record().totals == {"done": 1}


def test_a_state_folder_in_use_is_waited_for(tmp_path):
    world = World(tmp_path, NIGHTLY)
    world.fates = [StateInUse("another scan uses this state folder.")]
    world.lasts = dt.timedelta()

    assert world.go(hours=3) == []
    assert world.go(seconds=29) == []
    assert len(world.go(seconds=1)) == 1
    assert world.record().totals == {"done": 1}


def test_two_processes_never_scan_at_the_same_time_and_do_a_slot_once(tmp_path):
    world, other = World(tmp_path, NIGHTLY), World(tmp_path, NIGHTLY)
    seen = []

    def scan(planned, attempt, check):
        other.now = world.now
        seen.append(other.scheduler.run_due())
        return World.scan(world, planned, attempt, check)

    world.scheduler.scan = scan
    assert len(world.go(hours=3)) == 1
    other.now = world.now

    assert seen == [None]
    assert other.said == [f"Waiting for {world.lease.holder()}, which scans for the same state folder."]
    assert other.scheduler.run_due() == []
    assert other.ran == []


def test_a_process_whose_lease_was_taken_over_stops_and_writes_nothing(tmp_path):
    world = World(tmp_path, NIGHTLY)

    def scan(planned, attempt, check):
        thief = Lease(folder=tmp_path, host="other/1")
        thief._claim()
        (tmp_path / "lease-000000002.json").touch()
        return World.scan(world, planned, attempt, check)

    world.scheduler.scan = scan

    assert world.go(hours=3) is None
    assert world.delivered == []
    assert world.record().last is None
    assert "took over" in world.said[-1]


def test_a_message_is_sent_again_without_a_slot_and_not_while_another_process_works(tmp_path):
    world, other = World(tmp_path, NIGHTLY), World(tmp_path, NIGHTLY)
    world.message = world.now + dt.timedelta(seconds=40)
    assert world.scheduler.wait() == dt.timedelta(seconds=40)
    assert world.scheduler.pending()
    assert other.lease.take()
    assert world.go(seconds=40) is None
    other.lease.release()

    world.scheduler.run_due()

    assert world.sent == [world.now]
    assert not world.scheduler.pending()


def test_the_schedule_that_waits_longest_goes_first(tmp_path):
    world = World(tmp_path, NIGHTLY, {"name": "hourly", "cron": "0 * * * *", "time_zone": "Asia/Shanghai"})
    world.go(hours=2, minutes=45)

    assert [(name, slot) for name, slot, _ in world.scans][:2] == [
        ("hourly", "26 02:00"),
        ("nightly", "26 02:30"),
    ]


def test_a_process_that_registers_late_overwrites_nothing(tmp_path):
    world = World(tmp_path, NIGHTLY)
    new = world.record()
    world.go(hours=3)

    world.records.register(new)

    assert world.record().totals == {"done": 1}
    assert list((tmp_path / "records").glob(".*")) == []


def test_a_damaged_record_is_refused_and_says_what_to_do(tmp_path):
    world = World(tmp_path, NIGHTLY)
    (tmp_path / "records" / "nightly.json").write_text("{")

    with pytest.raises(ScheduleError, match="Move it away"):
        world.scheduler.run_due()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["ok", "kill", "fail", "stop", "down"]), min_size=1, max_size=25), st.booleans()
)
def test_whatever_happens_slots_run_in_order_and_none_ends_twice(tmp_path_factory, fates, catch_up):
    world = World(
        tmp_path_factory.mktemp("w"), NIGHTLY | {"cron": "*/30 * * * *", "catch_up": catch_up, "retries": 1}
    )
    for fate in fates:
        world.now += dt.timedelta(minutes=17 if fate != "down" else 600)
        world.fates = {"kill": [Killed()], "fail": [ScheduleError("no")], "stop": [Stopped()]}.get(fate, [])
        try:
            world.scheduler.run_due()
        except (Killed, Stopped):
            world.start()
    world.fates = []
    world.now += dt.timedelta(minutes=40)
    world.scheduler.run_due()

    ends = [ended.slot for _, ended, _ in world.delivered]
    assert ends == sorted(set(ends))
    record = world.record()
    slots = list(world.schedules[0].table.between(dt.datetime(2026, 11, 25, 16, tzinfo=dt.UTC), record.since))
    assert sum(record.totals.values()) == len(ends)
    assert len(slots) == len(ends) + record.missed
