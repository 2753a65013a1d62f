"""A history of counts as frozen values."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import Any

from scanner.result import Interval

FORMAT = "pandian.history/1"
_FAR_ABOVE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A count of one scan.

    Attributes:
        when: When the scan was started, UTC.
        open_ended: Whether it has no upper bound, since something was not read.
    """

    scan_id: str
    when: dt.datetime
    count: Interval
    open_ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A threshold that is tested on the counts of a chart; the verdict is of the last scan that tested it."""

    rule_id: str
    operator: str
    threshold: int
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One number over time and the lines it is tested against, the lowest first.

    Attributes:
        metric: Key of the number; empty where the records do not say.
        scope: ``organization``, ``outbound`` or ``flow:NAME``.
        unit: Of the numbers, such as ``persons``.
    """

    metric: str
    scope: str
    unit: str
    points: tuple[Point, ...]
    lines: tuple[Line, ...]

    @property
    def highest(self) -> int:
        """Return the highest number that was counted; bounds that are none are left out."""
        return max(point.count.estimate if point.open_ended else point.count.upper for point in self.points)

    @property
    def shown(self) -> tuple[Line, ...]:
        """Return the lines that a chart shows: those at or below the counts, and the next one above.

        One far above is left out where another is nearer: it would press the counts flat.
        """
        below = [line for line in self.lines if line.threshold <= self.highest]
        above = [line for line in self.lines if line.threshold > self.highest]
        if below and above and above[0].threshold > _FAR_ABOVE * self.highest:
            above = []
        return (*below, *(line for line in above if line.threshold == above[0].threshold))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanFigures:
    """One scan in the list.

    Attributes:
        persons, sensitive: Of the organization; None where nobody was counted.
        met, undetermined: How many duties follow, and how many verdicts are open.
    """

    id: str
    started: str
    as_of: str
    complete: bool
    organization: str
    sources: tuple[str, ...]
    persons: Interval | None
    sensitive: Interval | None
    met: int
    undetermined: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The scans of one organization (or of the same sources), the newest first, and what they counted.

    Attributes:
        location: Of the store.
        others: How many scans of others the store keeps.
        charts: The one nearest to its line first.
    """

    format: str = FORMAT
    location: str
    organization: str
    scans: tuple[ScanFigures, ...]
    others: int
    charts: tuple[Chart, ...]


def to_dict(timeline: Timeline) -> dict[str, Any]:
    """Return the timeline as plain dictionaries and lists; times are ISO 8601."""
    found: dict[str, Any] = dataclasses.asdict(timeline)
    for chart in found["charts"]:
        for point in chart["points"]:
            point["when"] = point["when"].strftime("%Y-%m-%dT%H:%M:%SZ")
    return found
