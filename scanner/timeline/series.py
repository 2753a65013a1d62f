"""Figures of kept scans in, charts out: which lines are tested on the same number."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from scanner.result import Interval
from scanner.store.kept import KeptCount, KeptLine, KeptScan
from scanner.timeline.model import Chart, Line, Point, ScanFigures, Timeline, is_open

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


# ---------------------------------------------------------------------- the list
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


# ---------------------------------------------------------------------- charts
def _charts(scans: Sequence[KeptScan], lines: Sequence[KeptLine]) -> Iterator[Chart]:
    """Yield a chart for every number above nothing that lines apply to."""
    moments = {scan.id: dt.datetime.fromisoformat(scan.started) for scan in scans}
    for group in _groups(lines, moments).values():
        counts = _united(group)
        chart = _chart(group, counts, moments)
        if chart.lines and any(count.upper for count in counts.values()):
            yield chart


def _groups(
    lines: Iterable[KeptLine], moments: Mapping[str, dt.datetime]
) -> Mapping[tuple[str, str, int], list[list[KeptLine]]]:
    """Return the rules that test one number: of one metric and scope, with equal counts in every scan.

    The same metric may be counted in several windows, which differ.
    """
    groups: dict[tuple[str, str, int], list[list[KeptLine]]] = {}
    for rule in _by_rule(lines, moments):
        first = rule[-1]
        for number in range(len(groups) + 1):
            key = (first.metric, first.scope, number)
            if key not in groups or _agree(_united(groups[key]), _series(rule)):
                groups.setdefault(key, []).append(rule)
                break
    return groups


def _by_rule(lines: Iterable[KeptLine], moments: Mapping[str, dt.datetime]) -> list[list[KeptLine]]:
    """Return the lines of each rule and scope that wait for a number to rise, the oldest scan first."""
    rules: dict[tuple[str, str], list[KeptLine]] = {}
    for line in lines:
        if line.count is not None and (line.threshold or 0) > 1 and line.operator in _UPWARDS:
            rules.setdefault((line.rule_id, line.scope), []).append(line)
    return [sorted(found, key=lambda line: moments[line.scan_id]) for found in rules.values()]


def _series(rule: Iterable[KeptLine]) -> Series:
    return {line.scan_id: line.count for line in rule if line.count is not None}


def _united(group: Iterable[Iterable[KeptLine]]) -> Series:
    return {scan: count for rule in group for scan, count in _series(rule).items()}


def _agree(one: Series, other: Series) -> bool:
    return all(one[scan] == count for scan, count in other.items() if scan in one)


def _chart(group: Sequence[Sequence[KeptLine]], counts: Series, moments: Mapping[str, dt.datetime]) -> Chart:
    last = group[0][-1]
    points = (
        Point(scan_id=scan, when=moments[scan], count=count, open_ended=is_open(count))
        for scan, count in counts.items()
    )
    lines = (
        Line(
            rule_id=rule[-1].rule_id,
            operator=rule[-1].operator,
            threshold=rule[-1].threshold or 0,
            verdict=rule[-1].verdict,
        )
        for rule in group
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
