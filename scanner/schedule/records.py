"""What is known of each schedule between processes: the slot at work, what came of earlier ones, and totals.

One JSON file a schedule, replaced in one step, so that a kill at any moment leaves the old or the new one.
Holds times, numbers, ids and reasons; nothing of the data.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from scanner.schedule.errors import ScheduleError
from scanner.schedule.files import create_text, replace_text

FORMAT = "pandian.schedule/1"

# How a slot ended.
DONE, INCOMPLETE, FAILED = "done", "incomplete", "failed"
OUTCOMES = (DONE, INCOMPLETE, FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A slot that was begun and has not ended; what must stay the same when it goes on after a kill.

    Attributes:
        started: When it was begun first; the scan's id follows from it.
        as_of: Day of the count, in the time zone of the schedule.
        missed: Slots before it that were missed.
        begun: How often it was begun.
        stopped: How often it was stopped cleanly.
        failures: How often it could not run.
        not_before: When it is tried again, after it could not run.
    """

    slot: dt.datetime
    started: dt.datetime
    as_of: dt.date
    missed: int = 0
    begun: int = 0
    stopped: int = 0
    failures: int = 0
    not_before: dt.datetime | None = None

    @property
    def kills(self) -> int:
        """Return how often it ended without a word, this time left out."""
        return max(0, self.begun - 1 - self.stopped - self.failures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What came of a slot.

    Attributes:
        scan: Id of the scan; empty if it could not run.
        seconds: From its first start to its end.
        reason: Why it failed, or what was not read.
    """

    slot: dt.datetime
    outcome: str
    started: dt.datetime
    finished: dt.datetime
    scan: str = ""
    reason: str = ""
    exit_code: int = 0

    @property
    def seconds(self) -> float:
        return (self.finished - self.started).total_seconds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Everything about one schedule.

    Attributes:
        since: Slots up to it are done with: they ran, were missed, or came before the schedule was known.
        complete: The last scan that read everything.
        kept: Id of the scan whose result is kept for comparison.
        totals: Slots by outcome.
        missed: Slots that never ran.
    """

    name: str
    since: dt.datetime
    running: Attempt | None = None
    last: Ended | None = None
    complete: Ended | None = None
    kept: str = ""
    totals: Mapping[str, int] = field(default_factory=dict)
    missed: int = 0

    def begin(self, attempt: Attempt) -> Record:
        return replace(self, running=replace(attempt, begun=attempt.begun + 1, not_before=None))

    def end(self, ended: Ended, missed: int) -> Record:
        """Return the record with a slot that came to its end."""
        return replace(
            self,
            since=max(self.since, ended.slot),
            running=None,
            last=ended,
            complete=ended if ended.outcome == DONE else self.complete,
            kept=ended.scan or self.kept,
            totals={**self.totals, ended.outcome: self.totals.get(ended.outcome, 0) + 1},
            missed=self.missed + missed,
        )

    def skip(self, slot: dt.datetime, missed: int) -> Record:
        """Return the record with slots up to ``slot`` given up."""
        return replace(self, since=max(self.since, slot), running=None, missed=self.missed + missed)


class Records:
    """The records in a folder."""

    def __init__(self, folder: Path) -> None:
        """Use a folder; it is made when something is written."""
        self._folder = folder

    def read(self, name: str) -> Record | None:
        """Return the record of a schedule, if it is known.

        Raises:
            ScheduleError: It cannot be read.
        """
        path = self._folder / f"{name}.json"
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            return _record(content) if content["format"] == FORMAT else _refuse(path)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            return _refuse(path)

    def write(self, record: Record) -> None:
        self._write(f"{record.name}.json", _text(record))

    def register(self, record: Record) -> None:
        """Write the record of a schedule that is new; one that another process wrote meanwhile stays."""
        create_text(self._folder / f"{record.name}.json", _text(record))

    def keep_result(self, name: str, scan: str, text: str) -> None:
        """Keep ``scan.json`` of a scan; it counts once ``Record.kept`` names it."""
        self._write(f"{name}@{scan}.scan.json", text)

    def kept_result(self, record: Record) -> Any | None:
        """Return ``scan.json`` of the last scan, if it is kept."""
        path = self._folder / f"{record.name}@{record.kept}.scan.json"
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def clean(self, record: Record) -> None:
        """Delete results that no record names."""
        for path in self._folder.glob("*@*.scan.json"):
            name, _, scan = path.name.removesuffix(".scan.json").partition("@")
            if name == record.name and scan != record.kept:
                path.unlink(missing_ok=True)

    def _write(self, name: str, text: str) -> None:
        replace_text(self._folder / name, text)


def _refuse(path: Path) -> Record:
    raise ScheduleError(
        f"{path}: is no record of a schedule that this version can read. Move it away to begin anew; the "
        "census state beside it is not touched."
    )


def _text(record: Record) -> str:
    content = {"format": FORMAT, **asdict(record)}
    return json.dumps(content, ensure_ascii=False, indent=1, default=_isoformat)


def _isoformat(value: object) -> str:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _record(content: Mapping[str, Any]) -> Record:
    return Record(
        name=content["name"],
        since=_time(content["since"]),
        running=_attempt(content["running"]) if content["running"] else None,
        last=_ended(content["last"]) if content["last"] else None,
        complete=_ended(content["complete"]) if content["complete"] else None,
        kept=content["kept"],
        totals=content["totals"],
        missed=content["missed"],
    )


def _attempt(content: Mapping[str, Any]) -> Attempt:
    later = content["not_before"]
    times = {name: _time(content[name]) for name in ("slot", "started")}
    day = dt.date.fromisoformat(content["as_of"])
    return Attempt(**{**content, **times, "as_of": day, "not_before": _time(later) if later else None})


def _ended(content: Mapping[str, Any]) -> Ended:
    times = {name: _time(content[name]) for name in ("slot", "started", "finished")}
    return Ended(**{**content, **times})


def _time(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)
