"""What is measured: what schedules did and will do, and what their last scans counted. Pure."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from scanner.result import SubjectCount, is_unbounded
from scanner.result.reloading import rebuilt
from scanner.schedule.metrics.exposition import Family, Sample
from scanner.schedule.planning import Planned, next_time
from scanner.schedule.records import OUTCOMES, Record

_BOUNDS = ("lower", "estimate", "upper")


@dataclass(frozen=True, slots=True)
class Known:
    """A schedule, what is known of it, and ``scan.json`` of its last scan, if there is one."""

    planned: Planned
    record: Record
    scan: Mapping[str, Any] | None

    @property
    def label(self) -> dict[str, str]:
        return {"schedule": self.planned.name}


def families(
    known: Sequence[Known], messages: Mapping[str, int], waiting: int, now: dt.datetime
) -> Iterator[Family]:
    """Yield every metric.

    Args:
        known: The schedules.
        messages: How many messages ended how, as ``CHANNEL/sent`` and ``CHANNEL/given_up``.
        waiting: Messages that have not arrived yet.
        now: For ages and for what comes next.
    """
    yield Family(
        name="pandian_build_info",
        kind="gauge",
        help="Version.",
        samples=[Sample({"version": version("pandian")}, 1)],
    )
    yield from _slots(known)
    yield from _times(known, now)
    yield from _last_scans(known)
    yield from _people(known)
    yield from _lines(known)
    ends = [
        Sample(dict(zip(("channel", "result"), key.rsplit("/", 1), strict=True)), n)
        for key, n in sorted(messages.items())
    ]
    yield Family(
        name="pandian_notifications_total",
        kind="counter",
        help="Notifications sent or given up.",
        samples=ends,
    )
    yield Family(
        name="pandian_notifications_waiting",
        kind="gauge",
        help="Notifications not sent yet.",
        samples=[Sample({}, waiting)],
    )


def _slots(known: Sequence[Known]) -> Iterator[Family]:
    slots = [
        Sample({**one.label, "outcome": outcome}, one.record.totals.get(outcome, 0))
        for one in known
        for outcome in OUTCOMES
    ]
    yield Family(
        name="pandian_schedule_slots_total",
        kind="counter",
        help="Slots that ended, by outcome.",
        samples=slots,
    )
    yield Family(
        name="pandian_schedule_missed_slots_total",
        kind="counter",
        help="Slots that never ran.",
        samples=[Sample(one.label, one.record.missed) for one in known],
    )
    yield Family(
        name="pandian_schedule_running",
        kind="gauge",
        help="Whether a slot was begun and has not ended.",
        samples=[Sample(one.label, one.record.running is not None) for one in known],
    )
    yield Family(
        name="pandian_schedule_kills",
        kind="gauge",
        help="How often the scan under way was killed.",
        samples=[Sample(one.label, one.record.running.kills) for one in known if one.record.running],
    )


def _times(known: Sequence[Known], now: dt.datetime) -> Iterator[Family]:
    yield Family(
        name="pandian_schedule_next_start_timestamp_seconds",
        kind="gauge",
        help="When a scan starts next.",
        samples=[Sample(one.label, next_time(one.planned, one.record, now).timestamp()) for one in known],
    )
    complete = [(one, ended) for one in known if (ended := one.record.complete)]
    yield Family(
        name="pandian_last_complete_scan_timestamp_seconds",
        kind="gauge",
        help="When the last scan that read everything ended.",
        samples=[Sample(one.label, ended.finished.timestamp()) for one, ended in complete],
    )
    yield Family(
        name="pandian_last_complete_scan_age_seconds",
        kind="gauge",
        help="Age of the last scan that read everything, when this was written.",
        samples=[Sample(one.label, (now - ended.finished).total_seconds()) for one, ended in complete],
    )


def _last_scans(known: Sequence[Known]) -> Iterator[Family]:
    last = [(one, ended) for one in known if (ended := one.record.last)]
    yield Family(
        name="pandian_last_slot_timestamp_seconds",
        kind="gauge",
        help="When the last slot ended, however it ended.",
        samples=[Sample(one.label, ended.finished.timestamp()) for one, ended in last],
    )
    yield Family(
        name="pandian_last_slot_duration_seconds",
        kind="gauge",
        help="How long the last slot took, from its first start to its end.",
        samples=[Sample(one.label, ended.seconds) for one, ended in last],
    )
    yield Family(
        name="pandian_last_slot_outcome",
        kind="gauge",
        help="1 for how the last slot ended.",
        samples=[
            Sample({**one.label, "outcome": outcome}, ended.outcome == outcome)
            for one, ended in last
            for outcome in OUTCOMES
        ],
    )


def _people(known: Sequence[Known]) -> Iterator[Family]:
    scans = [(one, one.scan) for one in known if one.scan]
    yield Family(
        name="pandian_scan_complete",
        kind="gauge",
        help="Whether the last scan read everything.",
        samples=[Sample(one.label, scan["complete"]) for one, scan in scans],
    )
    yield Family(
        name="pandian_scan_not_scanned",
        kind="gauge",
        help="What the last scan could not read: sources, tables and columns.",
        samples=[Sample(one.label, len(scan["not_scanned"])) for one, scan in scans],
    )
    yield Family(
        name="pandian_pi_columns",
        kind="gauge",
        help="Columns with personal information.",
        samples=[
            Sample({**one.label, "dataset": dataset["name"]}, _tagged(dataset))
            for one, scan in scans
            for dataset in scan["datasets"]
        ],
    )
    yield Family(
        name="pandian_persons",
        kind="gauge",
        help="Distinct natural persons: lower bound, estimate and upper bound.",
        samples=[sample for one, scan in scans for count in _counts(scan) for sample in _persons(one, count)],
    )


def _tagged(dataset: Mapping[str, Any]) -> int:
    columns = [column for table in dataset["tables"] for column in table["columns"]]
    return sum(any(tag["decision"] != "rejected" for tag in column["tags"]) for column in columns)


def _counts(scan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the counts of organization, flows and datasets; those of tables would be too many."""
    for holder in (scan["organization"], *scan["flows"], *scan["datasets"]):
        yield from holder["subjects"]


def _persons(one: Known, count: Mapping[str, Any]) -> Iterator[Sample]:
    labels = {name: str(count[name]) for name in ("scope", "name", "category", "window")}
    held = dataclasses.asdict(rebuilt(SubjectCount, count).bounds)
    for bound in _BOUNDS:
        yield Sample({**one.label, **labels, "bound": bound}, _bounded(held[bound]))


def _lines(known: Sequence[Known]) -> Iterator[Family]:
    lines = [
        ({**one.label, "rule": finding["rule_id"], "scope": finding["scope"]}, finding)
        for one in known
        if one.scan
        for finding in one.scan["findings"]
        if finding["threshold"] is not None
    ]
    yield Family(
        name="pandian_line_threshold",
        kind="gauge",
        help="Line of a rule, in its unit.",
        samples=[
            Sample({**labels, "operator": finding["operator"], "unit": finding["unit"]}, finding["threshold"])
            for labels, finding in lines
        ],
    )
    yield Family(
        name="pandian_line_count",
        kind="gauge",
        help="The number that a rule tests: lower bound, estimate and upper bound.",
        samples=[
            Sample({**labels, "bound": bound}, _bounded(finding["count"][bound]))
            for labels, finding in lines
            if finding["count"]
            for bound in _BOUNDS
        ],
    )
    yield Family(
        name="pandian_line_verdict",
        kind="gauge",
        help="1 for the verdict of a rule with a line: met, not_met, undetermined or not_applicable.",
        samples=[Sample({**labels, "verdict": finding["verdict"]}, 1) for labels, finding in lines],
    )


def _bounded(number: int) -> float:
    return math.inf if is_unbounded(number) else number
