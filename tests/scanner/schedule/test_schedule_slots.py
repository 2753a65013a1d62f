"""Slots of cron expressions: time zones, clocks put forward and back, jitter, and what was missed."""

from __future__ import annotations

import datetime as dt
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.config.cron import CronUnusable, parse_cron
from scanner.schedule.slots import Timetable

UTC = dt.UTC
SHANGHAI, NEW_YORK, LORD_HOWE = (
    ZoneInfo(n) for n in ("Asia/Shanghai", "America/New_York", "Australia/Lord_Howe")
)


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=UTC)


def local(table, start, number):
    return [
        f"{slot.astimezone(table.zone):%m-%d %H:%M %z}" for slot in islice(table.after(at(start)), number)
    ]


@pytest.mark.parametrize(
    ("cron", "zone", "start", "expected"),
    [
        ("30 2 * * *", SHANGHAI, "2026-11-26T00:00", ["11-27 02:30 +0800", "11-28 02:30 +0800"]),
        ("0 0 L * *", SHANGHAI, "2026-01-30T00:00", ["01-31 00:00 +0800", "02-28 00:00 +0800"]),
        ("0 9 * * MON#2", SHANGHAI, "2026-11-01T00:00", ["11-09 09:00 +0800", "12-14 09:00 +0800"]),
        ("@weekly", SHANGHAI, "2026-11-26T00:00", ["11-29 00:00 +0800", "12-06 00:00 +0800"]),
        # Clocks go from 02:00 to 03:00: the slot that does not exist comes right after the gap.
        ("30 2 * * *", NEW_YORK, "2026-03-07T12:00", ["03-08 03:00 -0400", "03-09 02:30 -0400"]),
        ("0,30 2 * * *", NEW_YORK, "2026-03-07T12:00", ["03-08 03:00 -0400", "03-09 02:00 -0400"]),
        # Clocks go from 02:00 back to 01:00: a slot of a fixed hour comes once ...
        ("30 1 * * *", NEW_YORK, "2026-10-31T12:00", ["11-01 01:30 -0400", "11-02 01:30 -0500"]),
        # ... and one of every hour goes on with the running time.
        ("30 * * * *", NEW_YORK, "2026-11-01T05:00", ["11-01 01:30 -0400", "11-01 01:30 -0500"]),
        ("0 2 * * *", LORD_HOWE, "2026-10-03T00:00", ["10-04 02:30 +1100", "10-05 02:00 +1100"]),
    ],
)
def test_slots(cron, zone, start, expected):
    assert local(Timetable(cron=parse_cron(cron).text, zone=zone), start, len(expected)) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "five fields"),
        ("* * * *", "five fields"),
        ("0 30 2 * * *", "five fields"),
        ("61 2 * * *", "no cron expression"),
        ("@often", "five fields"),
        ("0 0 30 2 *", "no cron expression"),
        ("x * * * *", "no cron expression"),
    ],
)
def test_what_is_no_cron_expression_is_refused(text, says):
    with pytest.raises(CronUnusable, match=says):
        parse_cron(text)


crons = st.sampled_from(
    [
        "* * * * *",
        "*/15 * * * *",
        "30 2 * * *",
        "0 */4 * * *",
        "15,45 1-3 * * *",
        "0 0 1 * *",
        "0 12 13 * FRI",
        "0 9 * * MON#1",
        "0 0 LW * *",
        "30 1 * * SUN",
        "0,30 2 * * *",
    ]
)
zones = st.sampled_from([SHANGHAI, NEW_YORK, LORD_HOWE, ZoneInfo("UTC"), ZoneInfo("Europe/Berlin")])
moments = st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2027, 12, 31), timezones=st.just(UTC))
jitters = st.timedeltas(dt.timedelta(), dt.timedelta(hours=3))
tables = st.builds(Timetable, cron=crons, zone=zones, jitter=jitters, salt=st.text(max_size=3))
WEEK = dt.timedelta(days=7)


@settings(deadline=None)
@given(tables, moments)
def test_slots_come_in_order_each_once_and_are_the_same_from_wherever_one_looks(table, moment):
    slots = list(islice(table.after(moment), 20))

    assert slots == sorted(set(slots))
    assert min(slots) > moment
    for i, slot in enumerate(slots[:-1]):
        assert next(table.after(slot)) == slots[i + 1]
        assert next(table.after(slots[i + 1] - dt.timedelta(microseconds=1))) == slots[i + 1]


@settings(deadline=None)
@given(tables, moments)
def test_the_latest_slot_is_the_one_before_the_next(table, moment):
    latest = table.latest(moment)

    assert latest <= moment
    assert next(table.after(latest)) == next(table.after(moment))


@settings(deadline=None)
@given(tables, moments, st.timedeltas(dt.timedelta(), WEEK))
def test_after_a_downtime_one_slot_is_due_and_then_none(table, last, downtime):
    now = last + downtime
    due = table.due(last, now)

    if due is None:
        assert all(table.start(slot) > now or slot <= last for slot in table.between(last, now))
        return
    assert last < due.slot <= now
    assert table.start(due.slot) <= now
    assert table.due(due.slot, now) is None
    later = [slot for slot in table.between(due.slot, now) if table.start(slot) <= now]
    assert later == []
    assert due.missed == min(1_000, len(list(table.between(last, due.slot))) - 1)


@settings(deadline=None)
@given(tables, moments, st.timedeltas(dt.timedelta(), WEEK))
def test_the_next_start_is_when_something_becomes_due(table, last, downtime):
    now = last + downtime
    start = table.next_start(last, now)
    due_now = table.due(last, now)

    if due_now:
        assert start <= now
    else:
        assert start > now
        assert table.due(last, start) is not None
        assert table.due(last, start - dt.timedelta(microseconds=1)) is None


@settings(deadline=None)
@given(tables, moments)
def test_jitter_stays_within_its_bounds_and_is_the_same_each_time(table, moment):
    slot = next(table.after(moment))

    assert slot <= table.start(slot) <= slot + table.jitter
    assert table.start(slot) == table.start(slot)


def test_jitter_differs_between_schedules_and_slots():
    hour = dt.timedelta(hours=1)
    one, other = (Timetable(cron="0 2 * * *", zone=SHANGHAI, jitter=hour, salt=salt) for salt in ("a", "b"))
    slots = list(islice(one.after(at("2026-01-01T00:00")), 50))

    assert len({one.start(slot) - slot for slot in slots}) == 50
    assert all(one.start(slot) != other.start(slot) for slot in slots)


@settings(deadline=None)
@given(
    st.lists(st.timedeltas(dt.timedelta(), dt.timedelta(hours=40)), min_size=1, max_size=30), tables, moments
)
def test_no_slot_runs_twice_whatever_the_clock_does(steps, table, start):
    """A process that looks at any times, backwards too, runs slots in order and each at most once."""
    last, ran = start, []
    for i, step in enumerate(steps):
        now = start + (step if i % 3 else -step) + dt.timedelta(hours=i)
        if due := table.due(last, now):
            ran.append(due.slot)
            last = due.slot

    assert ran == sorted(set(ran))
