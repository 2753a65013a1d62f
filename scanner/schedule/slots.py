"""Slots: the instants that a schedule names, which of them is due, and how many were missed. Pure.

A slot is an instant in UTC. Where clocks are put forward, a slot that does not exist comes right after the
gap; where they are put back, a slot of a fixed hour comes once. Expressions whose minutes or hours begin with
``*`` follow the running time instead, as in Debian's cron.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from cronsim import CronSim

# Clocks are put back by an hour at most; slots are looked for from before that.
_BEFORE = timedelta(hours=3)
_LOOK_BACK = tuple(timedelta(hours=h) for h in (1, 24, 24 * 8, 24 * 32, 24 * 367, 24 * 3_000, 24 * 15_000))
MOST_MISSED = 1_000  # beyond that nobody counts


@dataclass(frozen=True, slots=True)
class Due:
    """A slot whose time has come, with how many before it were missed and will not run."""

    slot: datetime
    missed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """When a schedule runs.

    Attributes:
        cron: Five fields.
        jitter: Longest delay of a start.
        salt: What makes delays differ between schedules and installations.
    """

    cron: str
    zone: ZoneInfo
    jitter: timedelta = timedelta()
    salt: str = ""

    def after(self, instant: datetime) -> Iterator[datetime]:
        """Yield the slots later than ``instant``, in order and each once."""
        last = instant.astimezone(UTC)
        for found in CronSim(self.cron, (last - _BEFORE).astimezone(self.zone)):
            slot = found.astimezone(UTC)
            if slot > last:
                last = slot
                yield slot

    def between(self, after: datetime, until: datetime) -> Iterator[datetime]:
        """Yield the slots later than ``after``, up to ``until``."""
        return takewhile(lambda slot: slot <= until, self.after(after))

    def latest(self, until: datetime) -> datetime | None:
        """Return the last slot at or before ``until``."""
        for span in _LOOK_BACK:
            *_, found = (None, *self.between(until - span, until))
            if found is not None:
                return found
        return None

    def start(self, slot: datetime) -> datetime:
        """Return when a scan of ``slot`` starts: always the same, up to ``jitter`` later."""
        digest = hashlib.blake2b(f"{self.salt}\n{slot.isoformat()}".encode(), digest_size=8).digest()
        return slot + self.jitter * (int.from_bytes(digest) / 2**64)

    def due(self, last: datetime, now: datetime) -> Due | None:
        """Return the latest slot after ``last`` whose start has come, if any; earlier ones are missed."""
        sure = self.latest(now - self.jitter)
        recent = [slot for slot in self.between(now - self.jitter, now) if self.start(slot) <= now]
        slot = recent[-1] if recent else sure
        if slot is None or slot <= last:
            return None
        missed = sum(1 for _ in islice(self.between(last, slot), MOST_MISSED + 1)) - 1
        return Due(slot, min(missed, MOST_MISSED))

    def next_start(self, last: datetime, now: datetime) -> datetime:
        """Return when the next scan starts, if ``last`` was the latest slot that is done with."""
        due = self.due(last, now)
        if due is not None:
            return self.start(due.slot)
        waiting = (slot for slot in self.after(max(last, now - self.jitter)) if self.start(slot) > now)
        return min(self.start(slot) for slot in self._within_jitter(waiting))

    def _within_jitter(self, slots: Iterator[datetime]) -> Iterator[datetime]:
        """Yield the first slot, and those that a shorter delay could put before it."""
        first = next(slots)
        yield first
        yield from islice(takewhile(lambda slot: slot < first + self.jitter, slots), MOST_MISSED)
