"""The desk: what follows from a slot. Reports are written, the result is compared, news are sent.

Everything here may happen again after a kill and must then lead to the same: files are replaced, and messages
have ids that follow from the slot.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from scanner import report
from scanner.changes import diff
from scanner.changes.wording import Words
from scanner.config import ScanConfig
from scanner.config.channels import Kind
from scanner.notify.message import Message
from scanner.notify.news import News, clean, news
from scanner.notify.scan_news import scan_news
from scanner.result import Result
from scanner.result.reloading import result_of
from scanner.schedule.outbox import Outbox
from scanner.schedule.planning import Planned, Skip
from scanner.schedule.records import DONE, FAILED, Ended, Record, Records
from scanner.schedule.scanning import write_reports
from scanner.store import History
from scanner.words.reasons import reason_in

OUTPUT = "pandian-out"
# So many kills of one slot are no accident.
MANY_KILLS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What follows from the slots of a configuration in the folder ``home``."""

    home: Path
    records: Records
    outbox: Outbox
    settings: ScanConfig
    history: History
    clock: Callable[[], dt.datetime]
    say: Callable[[str], None]

    def began(self, planned: Planned, record: Record) -> None:
        """Tell of a slot that was killed again and again."""
        attempt = record.running
        if attempt is not None and attempt.kills == MANY_KILLS:
            self._tell(
                planned,
                attempt.slot,
                "interrupted",
                "",
                [news("interrupted", "interrupted", {"kills": attempt.kills}, number=attempt.kills)],
            )

    def skipped(self, planned: Planned, _record: Record, skip: Skip) -> None:
        """Tell of slots that will not run."""
        self._tell(planned, skip.slot, "missed", "", [_missed(skip.missed)])

    def ended(self, planned: Planned, record: Record, ended: Ended, result: Result | None) -> None:
        """Write the reports, keep the result for the next comparison, and tell what changed."""
        told = list(_slot_news(record, ended))
        if result is not None:
            write_reports(result, planned, output_of(planned, self.home))
            self.records.keep_result(record.name, ended.scan, report.render("json", result, "both"))
            self.history.keep(result, self.clock())
            before = self._before(record)
            changes = diff(before, result, archive=self.history.pack) if before else None
            told += scan_news(before, result, changes)
        self._tell(planned, ended.slot, ended.outcome, ended.scan, told)

    def next_time(self) -> dt.datetime | None:
        """Return when a message is sent again."""
        return self.outbox.next_time()

    def work(self) -> None:
        """Send what is due."""
        self.outbox.send_due(self.clock(), self.say)

    def _before(self, record: Record) -> Result | None:
        try:
            content = self.records.kept_result(record)
            return result_of(content) if content else None
        except ValueError:
            return None  # of a version whose records cannot be read: nothing to compare with

    def _tell(
        self, planned: Planned, slot: dt.datetime, outcome: str, scan: str, told: Sequence[News]
    ) -> None:
        by_weight = sorted(told, key=lambda one: get_args(Kind).index(one.kind))
        messages = []
        for channel in self.settings.notify:
            wanted = tuple(one for one in by_weight if one.kind in channel.events)
            if wanted and (not channel.schedules or planned.name in channel.schedules):
                message = Message(
                    id=f"{planned.name}/{slot:%Y%m%dT%H%MZ}/{outcome}/{channel.name}",
                    organization=self.settings.organization_name,
                    schedule=planned.name,
                    slot=slot.astimezone(planned.config.zone).isoformat(timespec="minutes"),
                    outcome=outcome,
                    scan=scan,
                    news=wanted,
                )
                messages.append((channel.name, message))
        if messages:
            self.outbox.add(messages, self.clock())


def output_of(planned: Planned, home: Path) -> Path:
    """Return the folder of a schedule's reports."""
    given = planned.config.output
    return Path(given) if given else home / OUTPUT / planned.name


def _slot_news(record: Record, ended: Ended) -> Iterator[News]:
    if record.running and record.running.missed:
        yield _missed(record.running.missed)
    if ended.outcome == FAILED:
        yield news("failed", "failed", {"reason": ended.reason}, reason=_said(ended.reason))
    if ended.outcome == DONE and record.last and record.last.outcome != DONE:
        yield news("recovered", "recovered")


def _said(reason: str) -> Callable[[Words], str]:
    return lambda words: clean(reason_in(reason, words.tongue))


def _missed(number: int) -> News:
    return news("missed", "missed", {"slots": number}, number=number)
