"""Figures of kept scans in, charts out: which lines are tested on the same number."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from scanner.result import Interval
from scanner.store.kept import KeptCount, KeptLine, KeptScan
from scanner.timeline.model import Chart, Line, Point, ScanFigures, Timeline

Series = dict[str, Interval]  # scan id to count
_UPWARDS = ("ge", "gt")


def timeline_of(
    location: str,
    scans: Sequence[KeptScan],
    others: int,
    counts: Iterable[KeptCount],
    lines: Sequence[KeptLine],
) -> Timeline:
    """Return the timeline of scans of one series, given the newest first."""
    return Timeline(
        location=location,
        organization=scans[0].organization if scans else "",
        scans=tuple(_listed(scans, list(counts), lines)),
        others=others,
        charts=tuple(sorted(_charts(scans, lines), key=_distance)),
    )


def _listed(
    scans: Iterable[KeptScan], counts: Iterable[KeptCount], lines: Iterable[KeptLine]
) -> Iterator[ScanFigures]:
    people = {(c.scan_id, c.category): c.persons for c in counts if c.scope == "organization"}
    verdicts = Counter((line.scan_id, line.verdict) for line in lines)
    for scan in scans:
        yield ScanFigures(
            id=scan.id,
            started=scan.started,
            as_of=scan.as_of,
            complete=scan.complete,
            organization=scan.organization,
            sources=scan.sources,
            persons=people.get((scan.id, "all")),
            sensitive=people.get((scan.id, "sensitive")),
            met=verdicts[scan.id, "met"],
            undetermined=verdicts[scan.id, "undetermined"],
        )


@dataclass(slots=True)
class _Group:
    """Rules that test one number, each with its lines, the oldest scan first; and that number by scan."""

    rules: list[list[KeptLine]] = field(default_factory=list)
    counts: Series = field(default_factory=dict)

    def takes(self, counts: Series) -> bool:
        """Return whether other counts are of the same number: equal in every scan that has both."""
        return all(self.counts.get(scan, count) == count for scan, count in counts.items())

    def add(self, rule: list[KeptLine], counts: Series) -> None:
        self.rules.append(rule)
        self.counts |= counts


def _charts(scans: Sequence[KeptScan], lines: Sequence[KeptLine]) -> Iterator[Chart]:
    """Yield a chart for every number above nothing that lines apply to."""
    moments = {scan.id: dt.datetime.fromisoformat(scan.started) for scan in scans}
    for group in _groups(_by_rule(lines, moments)):
        chart = _chart(group, moments)
        if chart.lines and any(count.upper for count in group.counts.values()):
            yield chart


def _by_rule(lines: Iterable[KeptLine], moments: Mapping[str, dt.datetime]) -> list[list[KeptLine]]:
    """Return the lines of each rule and scope that wait for a number to rise, the oldest scan first."""
    rules: dict[tuple[str, str], list[KeptLine]] = {}
    for line in lines:
        if line.count is not None and (line.threshold or 0) > 1 and line.operator in _UPWARDS:
            rules.setdefault((line.rule_id, line.scope), []).append(line)
    return [sorted(found, key=lambda line: moments[line.scan_id]) for found in rules.values()]


def _groups(rules: Iterable[list[KeptLine]]) -> list[_Group]:
    """Return the rules by the number that they test: one metric may be counted in several windows."""
    places: dict[tuple[str, str], list[_Group]] = {}
    for rule in rules:
        counts = {line.scan_id: line.count for line in rule if line.count is not None}
        groups = places.setdefault((rule[-1].metric, rule[-1].scope), [])
        group = next((one for one in groups if one.takes(counts)), None)
        if group is None:
            group = _Group()
            groups.append(group)
        group.add(rule, counts)
    return [group for groups in places.values() for group in groups]


def _chart(group: _Group, moments: Mapping[str, dt.datetime]) -> Chart:
    last = group.rules[0][-1]
    points = (
        Point(scan_id=scan, when=moments[scan], count=count, open_ended=count.open_ended)
        for scan, count in group.counts.items()
    )
    lines = (
        Line(
            rule_id=rule[-1].rule_id,
            operator=rule[-1].operator,
            threshold=rule[-1].threshold or 0,
            verdict=rule[-1].verdict,
        )
        for rule in group.rules
        if rule[-1].verdict != "not_applicable"
    )
    return Chart(
        metric=last.metric,
        scope=last.scope,
        unit=last.unit,
        points=tuple(sorted(points, key=lambda point: point.when)),
        lines=tuple(sorted(lines, key=lambda line: (line.threshold, line.rule_id))),
    )


def _distance(chart: Chart) -> float:
    """Return how far the last count is from the nearest line, as a ratio: 0 is on the line."""
    last = max(1, chart.points[-1].count.estimate)
    return min(max(line.threshold / last, last / line.threshold) for line in chart.lines)
