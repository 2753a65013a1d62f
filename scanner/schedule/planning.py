"""What to do now: go on with a slot, begin one, skip one, or wait. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from scanner.config.schedules import ScheduleConfig
from scanner.schedule.records import Attempt, Record
from scanner.schedule.slots import Due, Timetable

# A slot that starts later than this was missed; with ``catch_up: false`` it is left out.
GRACE = dt.timedelta(minutes=5)
JUST_NOW = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Planned:
    """A schedule with its timetable."""

    config: ScheduleConfig
    table: Timetable

    @property
    def name(self) -> str:
        return self.config.name


@dataclass(frozen=True, slots=True)
class Skip:
    """Give up the slots up to ``slot``: so many did not run."""

    slot: dt.datetime
    missed: int


def plan(config: ScheduleConfig, salt: str) -> Planned:
    """Return a schedule with its timetable; ``salt`` is the same for all who share a state folder."""
    table = Timetable(
        cron=config.expression, zone=config.zone, jitter=config.jitter, salt=f"{salt}\n{config.name}"
    )
    return Planned(config, table)


def first_record(planned: Planned, now: dt.datetime, *, once: bool) -> Record:
    """Return the record of a schedule that was never seen: it has missed nothing.

    A timer that runs each slot with ``--once`` has just come to one.
    """
    slot = planned.table.latest(now) if once else None
    just_now = slot is not None and now - slot <= JUST_NOW
    return Record(name=planned.name, since=slot - dt.timedelta(seconds=1) if slot and just_now else now)


def next_step(planned: Planned, record: Record, now: dt.datetime) -> Attempt | Skip | None:
    """Return the slot to scan for now, the slots to skip, or None: nothing is due."""
    due = planned.table.due(_done_with(record), now)
    if record.running is not None:
        return _go_on(planned, record.running, due, now)
    if due is None:
        return None
    if not planned.config.catch_up and now - planned.table.start(due.slot) > GRACE:
        return Skip(due.slot, due.missed + 1)
    return Attempt(slot=due.slot, started=now, as_of=_today(planned, now), missed=due.missed)


def next_time(planned: Planned, record: Record, now: dt.datetime) -> dt.datetime:
    """Return when ``next_step`` has something to do."""
    if record.running is not None:
        return record.running.not_before or now
    return planned.table.next_start(record.since, now)


def is_pending(planned: Planned, record: Record, now: dt.datetime) -> bool:
    """Return whether a slot was begun and has not ended, or has come and waits for its jitter."""
    punctual = replace(planned.table, jitter=dt.timedelta())
    return record.running is not None or punctual.due(record.since, now) is not None


def first_due(
    schedules: Iterable[tuple[Planned, Record]], now: dt.datetime
) -> tuple[Planned, Record, Attempt | Skip] | None:
    """Return the schedule that waits longest for something to be done now."""
    steps = [(one, record, step) for one, record in schedules if (step := next_step(one, record, now))]
    return min(steps, key=lambda found: found[2].slot, default=None)


def _done_with(record: Record) -> dt.datetime:
    return max(record.since, record.running.slot) if record.running else record.since


def _go_on(planned: Planned, running: Attempt, due: Due | None, now: dt.datetime) -> Attempt | Skip | None:
    """Go on with a slot, unless a newer one is due on another day: its count would be of a day long past."""
    if due is not None and running.as_of != _today(planned, now):
        return Skip(running.slot, running.missed + 1)
    if running.not_before is not None and now < running.not_before:
        return None
    return running


def _today(planned: Planned, now: dt.datetime) -> dt.date:
    return now.astimezone(planned.config.zone).date()
