"""What a schedule did and will do, for people and as JSON. Pure."""

from __future__ import annotations

import datetime as dt
from itertools import islice
from typing import Any

from scanner.schedule.planning import Planned, Skip, next_step
from scanner.schedule.records import Ended, Record

COMING = 3


def outlook(planned: Planned, record: Record | None, now: dt.datetime) -> dict[str, Any]:
    """Return the state of a schedule and its next slots; times are in its time zone."""
    known = record or Record(name=planned.name, since=now)
    step = next_step(planned, known, now)
    coming = list(islice(planned.table.after(now), COMING))
    return {
        "name": planned.name,
        "cron": planned.config.cron,
        "time_zone": planned.config.time_zone,
        "due": None if step is None or isinstance(step, Skip) else _local(planned, step.slot),
        "goes_on": known.running is not None,
        "missed": known.missed,
        "next": [_local(planned, slot) for slot in coming],
        "next_starts": [_local(planned, planned.table.start(slot)) for slot in coming],
        "last": _last(planned, known.last),
        "last_complete": _last(planned, known.complete),
    }


def _last(planned: Planned, ended: Ended | None) -> dict[str, Any] | None:
    if ended is None:
        return None
    return {
        "slot": _local(planned, ended.slot),
        "outcome": ended.outcome,
        "scan": ended.scan,
        "finished": _local(planned, ended.finished),
        "seconds": round(ended.seconds, 1),
        "reason": ended.reason,
    }


def _local(planned: Planned, instant: dt.datetime) -> str:
    return instant.astimezone(planned.config.zone).isoformat(timespec="seconds")


def as_text(row: dict[str, Any]) -> str:
    """Return the same as a few lines."""
    last = row["last"]
    lines = [f"{row['name']}: {row['cron']} ({row['time_zone']})"]
    if last:
        lines.append(
            f"  last   {last['slot']}  {last['outcome']} in {last['seconds']} s  {last['reason']}".rstrip()
        )
    if row["due"]:
        lines.append(
            f"  due    {row['due']}{'  goes on with a scan that was begun' if row['goes_on'] else ''}"
        )
    for slot, start in zip(row["next"], row["next_starts"], strict=True):
        lines.append(f"  next   {slot}" + (f"  starts {start}" if start != slot else ""))
    return "\n".join(lines)
