"""The scheduler: scans what is due, one scan at a time, and writes down each step before and after it.

It knows neither the clock nor how to scan: both are handed in.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from scanner.result import Result
from scanner.schedule.errors import LeaseLost, ScheduleError, Stopped
from scanner.schedule.lease import Lease, renewing
from scanner.schedule.planning import Planned, Skip, first_due, first_record, is_pending, next_time
from scanner.schedule.records import DONE, FAILED, INCOMPLETE, Attempt, Ended, Record, Records
from scanner.stages.underway import explained
from scanner.state import StateInUse

BUSY = dt.timedelta(seconds=30)  # wait for a scan or census command that uses the state folder
SOON = dt.timedelta(minutes=3)  # so long a run with ``once`` stays for messages that are sent again
LONGEST_WAIT = dt.timedelta(minutes=1)  # the clock may be set, and a machine may sleep


class Scan(Protocol):
    """Scans for a slot; calls ``check`` at every safe point, which raises ``Stopped`` if it has to stop."""

    def __call__(self, planned: Planned, attempt: Attempt, check: Callable[[], None]) -> Result: ...


class Desk(Protocol):
    """Does what follows from a slot: reports, comparison, news. After a kill it may be asked again."""

    def began(self, planned: Planned, record: Record) -> None:
        """Learn that a slot is begun, or begun again."""

    def skipped(self, planned: Planned, record: Record, skip: Skip) -> None:
        """Learn that slots were given up."""

    def ended(self, planned: Planned, record: Record, ended: Ended, result: Result | None) -> None:
        """Learn how a slot ended; ``result`` is None if it failed."""

    def next_time(self) -> dt.datetime | None:
        """Return when there is something to do again without a slot, such as a message to send again."""

    def work(self) -> None:
        """Do it."""


@dataclass(kw_only=True)
class Scheduler:
    """Runs schedules that share a state folder.

    Attributes:
        stopping: Whether the process was asked to stop.
        judge: Exit code of a finished scan.
        say: Tells people what happens, a line at a time.
        once: Whether each schedule runs at most one slot.
        changed: Called after every step, with the records as they are then.
    """

    schedules: Sequence[Planned]
    records: Records
    lease: Lease
    scan: Scan
    desk: Desk
    clock: Callable[[], dt.datetime]
    stopping: Callable[[], bool]
    judge: Callable[[Planned, Result], int]
    say: Callable[[str], None]
    once: bool = False
    changed: Callable[[], None] = lambda: None
    _ended: set[str] = field(default_factory=set)
    _told: bool = False
    _lost: threading.Event = field(default_factory=threading.Event)

    def known(self) -> list[tuple[Planned, Record]]:
        """Return every schedule with what is known of it."""
        return [(one, self.records.read(one.name) or self._new(one)) for one in self.schedules]

    def register(self) -> None:
        """Write down schedules that are new, so that what is missed from now on is known."""
        for one in self.schedules:
            if self.records.read(one.name) is None:
                self.records.register(self._new(one))

    def run_due(self) -> list[Ended] | None:
        """Scan for everything that is due; return how each slot ended, or None while another process scans.

        Raises:
            Stopped: The process was asked to stop; the slot goes on when it runs again.
        """
        if self._due() is None and not self._desk_waits():
            return []
        if not self.lease.take():
            self._tell_busy()
            return None
        self._told = False
        self._lost.clear()
        try:
            return self._run_under_lease()
        except LeaseLost as error:
            self.say(str(error))
            return None
        finally:
            self.lease.release()

    def _desk_waits(self) -> bool:
        due = self.desk.next_time()
        return due is not None and due <= self.clock()

    def wait(self) -> dt.timedelta:
        """Return how long there is nothing to do, at most ``LONGEST_WAIT``."""
        now = self.clock()
        times = [next_time(one, record, now) for one, record in self._waiting()]
        times += [due] if (due := self.desk.next_time()) else []
        soonest = min(times, default=now + LONGEST_WAIT)
        return min(max(soonest - now, dt.timedelta()), LONGEST_WAIT)

    def pending(self) -> bool:
        """Return whether a slot was begun and has not ended, or waits for its jitter, or a message waits."""
        now, due = self.clock(), self.desk.next_time()
        soon = due is not None and due <= now + SOON
        return soon or any(is_pending(one, record, now) for one, record in self._waiting())

    def _waiting(self) -> list[tuple[Planned, Record]]:
        done = self._ended if self.once else ()
        return [(one, record) for one, record in self.known() if one.name not in done]

    def _due(self) -> tuple[Planned, Record, Attempt | Skip] | None:
        return first_due(self._waiting(), self.clock())

    def _new(self, one: Planned) -> Record:
        return first_record(one, self.clock(), once=self.once)

    def _run_under_lease(self) -> list[Ended]:
        ended = []
        with renewing(self.lease, self._lost.set):
            # What was due may have been done by whoever had the lease: the records are read again.
            while found := self._due():
                one, record, step = found
                if isinstance(step, Skip):
                    self.desk.skipped(one, record, step)
                    self.records.write(record.skip(step.slot, step.missed))
                    self.say(f"{one.name}: {step.missed} slots up to {_shown(one, step.slot)} were missed.")
                elif (end := self._run_slot(one, record, step)) is not None:
                    ended.append(end)
                self.desk.work()
                self.changed()
            self.desk.work()
            self.changed()
        return ended

    def _run_slot(self, one: Planned, record: Record, attempt: Attempt) -> Ended | None:
        record = record.begin(attempt)
        self.records.write(record)
        self.desk.began(one, record)
        self.changed()
        self.say(f"{one.name}: scanning for {_shown(one, attempt.slot)}{_history(record)}.")
        try:
            result = self.scan(one, record.running or attempt, self._check)
        except StateInUse as error:
            self._put_off(record, BUSY, failed=False)
            self.say(f"{one.name}: waits. {error}")
            return None
        except Exception as error:  # noqa: BLE001 -- one scan must not end the scheduler
            return self._failed(one, record, explained(error))
        except Stopped:
            self.lease.check()
            self._stopped(record)
            self.say(f"{one.name}: stopped; it goes on where it was.")
            raise
        ended = _ended(attempt, result, self.clock(), self.judge(one, result))
        try:
            return self._end(one, record, ended, result)
        except LeaseLost:
            raise
        except ScheduleError as error:  # reports that cannot be written are no scan
            return self._failed(one, record, str(error))

    def _check(self) -> None:
        if self._lost.is_set() or self.stopping():
            raise Stopped

    def _failed(self, one: Planned, record: Record, reason: str) -> Ended | None:
        attempt = record.running
        assert attempt is not None  # noqa: S101 -- for the type checker
        if attempt.failures < one.config.retries:
            pause = one.config.retry_after * 2**attempt.failures
            self._put_off(record, pause, failed=True)
            self.say(f"{one.name}: could not run; tried again in {pause.total_seconds():.0f} s. {reason}")
            return None
        now = self.clock()
        ended = Ended(
            slot=attempt.slot,
            outcome=FAILED,
            started=attempt.started,
            finished=now,
            reason=reason,
            exit_code=2,
        )
        return self._end(one, record, ended, None)

    def _put_off(self, record: Record, pause: dt.timedelta, *, failed: bool) -> None:
        if record.running is not None:
            later = replace(
                record.running,
                not_before=self.clock() + pause,
                failures=record.running.failures + failed,
                stopped=record.running.stopped + (not failed),
            )
            self.records.write(replace(record, running=later))

    def _stopped(self, record: Record) -> None:
        if record.running is not None:
            later = replace(record.running, stopped=record.running.stopped + 1)
            self.records.write(replace(record, running=later))

    def _end(self, one: Planned, record: Record, ended: Ended, result: Result | None) -> Ended:
        self.lease.check()
        self.desk.ended(one, record, ended, result)
        self.lease.check()
        finished = record.end(ended, record.running.missed if record.running else 0)
        self.records.write(finished)
        self._ended.add(one.name)
        self.records.clean(finished)
        self.say(f"{one.name}: {ended.outcome} after {ended.seconds:.0f} s. {ended.reason}".rstrip())
        return ended

    def _tell_busy(self) -> None:
        if not self._told:
            self.say(f"Waiting for {self.lease.holder()}, which scans for the same state folder.")
            self._told = True


def _ended(attempt: Attempt, result: Result, now: dt.datetime, exit_code: int) -> Ended:
    missed = result.not_scanned
    reason = f"{len(missed)} not scanned; first: {missed[0].source}/{missed[0].table}" if missed else ""
    return Ended(
        slot=attempt.slot,
        outcome=DONE if result.complete else INCOMPLETE,
        started=attempt.started,
        finished=now,
        scan=result.scan.id,
        reason=reason.rstrip("/"),
        exit_code=exit_code,
    )


def _history(record: Record) -> str:
    """Say what went before, where a slot goes on."""
    attempt = record.running
    if attempt is None or attempt.begun < 2:
        missed = attempt.missed if attempt else 0
        return f" ({missed} missed before it)" if missed else ""
    return f", going on (begun {attempt.begun} times, killed {attempt.kills})"


def _shown(one: Planned, slot: dt.datetime) -> str:
    return f"{slot.astimezone(one.config.zone):%Y-%m-%d %H:%M} {one.config.time_zone}"
