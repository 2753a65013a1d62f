"""A timeline as a page: the list of scans, and each number against its lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from scanner.changes.wording import people, term_filled
from scanner.pages import Page, Row, Section
from scanner.rules import METRICS
from scanner.store.kept import Deletion, KeptScan
from scanner.timeline.drawing import drawn
from scanner.timeline.model import Chart, Line, ScanFigures, Timeline
from scanner.timeline.plotting import plotted
from scanner.timeline.scale import scale_of
from scanner.words.texts import Tongue, term, text_of
from scanner.words.visible import visible

MOST_SCANS, MOST_CHARTS = 30, 4  # of a short page
_ID = len("20261122T031500")  # beginnings of ids, which commands take: the second of the start


def say(key: str, tongue: Tongue, **values: object) -> str:
    """Return a text of histories."""
    return text_of("scanner.timeline", key, tongue, **values)


def tell(timeline: Timeline, tongue: Tongue, *, short: bool = False) -> Page:
    """Return the page in one language; a short one has the newest scans and the charts nearest to a line."""
    charts = timeline.charts[: MOST_CHARTS if short else None]
    left_out = len(timeline.charts) - len(charts)
    sections = [
        *_scans(timeline.scans, MOST_SCANS if short else None, tongue),
        *(_chart(number, chart, tongue) for number, chart in enumerate(charts)),
    ]
    if left_out:
        sections.append(Section(key="more", title=say("chart.cut", tongue, n=left_out)))
    return Page(
        tongue=tongue,
        title=say("title", tongue),
        lead=tuple(_lead(timeline, tongue)),
        banner=_banner(timeline, tongue),
        sections=tuple(sections),
    )


def tell_all(scans: Iterable[KeptScan], location: str, tongue: Tongue) -> Page:
    """Return the list of the scans of everybody as a page."""
    scans = tuple(scans)
    length = _telling_length([scan.id for scan in scans])
    rows = tuple(
        Row(
            (
                _minute(scan.started),
                scan.organization or ", ".join(scan.sources),
                say(f"complete.{'yes' if scan.complete else 'no'}", tongue),
                scan.id[:length],
            ),
            "" if scan.complete else "caution",
        )
        for scan in scans
    )
    headings = tuple(say(f"column.{name}", tongue) for name in ("started", "of", "complete", "id"))
    section = Section(
        key="scans", title=say("section.scans", tongue, n=len(rows)), headings=headings, rows=rows
    )
    return Page(
        tongue=tongue,
        title=say("title", tongue),
        lead=(say("lead.store", tongue, location=location),),
        banner=None if rows else ("caution", say("banner.empty", tongue)),
        sections=(section,) if rows else (),
    )


def tell_deletions(deletions: Iterable[Deletion], location: str, tongue: Tongue) -> Page:
    """Return the log of deletions as a page."""
    rows = tuple(Row((one.at, one.by, one.command, one.reason, one.scan_id)) for one in deletions)
    headings = tuple(say(f"log.{name}", tongue) for name in ("at", "by", "command", "reason", "scan"))
    section = Section(key="log", title=say("log.section", tongue, n=len(rows)), headings=headings, rows=rows)
    return Page(
        tongue=tongue,
        title=say("log.title", tongue),
        lead=(say("lead.store", tongue, location=location),),
        banner=None if rows else ("good", say("log.empty", tongue)),
        sections=(section,) if rows else (),
    )


def _minute(moment: str) -> str:
    return moment[:16].replace("T", " ")


def _lead(timeline: Timeline, tongue: Tongue) -> Iterator[str]:
    yield say("lead.store", tongue, location=timeline.location)
    if timeline.scans:
        newest, oldest = timeline.scans[0], timeline.scans[-1]
        if timeline.organization:
            yield say("lead.organization", tongue, name=timeline.organization)
        else:
            yield say("lead.sources", tongue, names=", ".join(newest.sources))
        span = {"first": oldest.started[:10], "last": newest.started[:10]}
        yield say("lead.span", tongue, n=len(timeline.scans), **span)
    if timeline.others:
        yield say("lead.others", tongue, n=timeline.others)


def _banner(timeline: Timeline, tongue: Tongue) -> tuple[str, str] | None:
    if not timeline.scans:
        return "caution", say("banner.empty", tongue)
    return None if timeline.scans[0].complete else ("caution", say("banner.incomplete", tongue))


def _scans(scans: Sequence[ScanFigures], most: int | None, tongue: Tongue) -> Iterator[Section]:
    """Yield the list; the day of ages and windows only where a scan was asked about another than its own."""
    with_day = any(scan.as_of != scan.started[:10] for scan in scans)
    names = ("started", *(["as_of"] if with_day else []), *("persons", "sensitive", "met", "complete", "id"))
    first = 2 if with_day else 1
    length = _telling_length([scan.id for scan in scans])
    if scans:
        yield Section(
            key="scans",
            title=say("section.scans", tongue, n=len(scans)),
            headings=tuple(say(f"column.{name}", tongue) for name in names),
            rows=tuple(_scan(scan, names, tongue, length) for scan in scans[:most]),
            numbers=frozenset({first, first + 1, first + 2}),
            whole=frozenset({0, len(names) - 1}),
            notes=(say("scans.cut", tongue, n=len(scans) - most),) if most and len(scans) > most else (),
        )


def _telling_length(ids: Sequence[str]) -> int:
    """Return how much of the ids tells them apart: more than the second of the start if scans share it."""
    longest = max(map(len, ids), default=_ID)
    return next((n for n in range(_ID, longest) if len({one[:n] for one in ids}) == len(ids)), longest)


def _scan(scan: ScanFigures, names: Iterable[str], tongue: Tongue, length: int) -> Row:
    cells = {
        "started": _minute(scan.started),
        "as_of": scan.as_of,
        "persons": people(scan.persons),
        "sensitive": people(scan.sensitive),
        "met": str(scan.met),
        "complete": say(f"complete.{'yes' if scan.complete else 'no'}", tongue),
        "id": scan.id[:length],
    }
    return Row(tuple(cells[name] for name in names), "" if scan.complete else "caution")


@dataclass(frozen=True, slots=True)
class ChartFigure:
    """A chart with its words in one language."""

    chart: Chart
    tongue: Tongue

    @property
    def title(self) -> str:
        """Return what is counted, and of what."""
        metric, chart = METRICS.get(self.chart.metric), self.chart
        known = (
            (metric.zh if self.tongue == "zh" else metric.en) if metric else say("chart.unknown", self.tongue)
        )
        return say("chart.title", self.tongue, what=known, scope=_scope(chart.scope, self.tongue))

    @property
    def names(self) -> list[str]:
        """Return what the lines shown are called."""
        return [_named(line, self.tongue) for line in self.chart.shown]

    @property
    def described(self) -> str:
        points = self.chart.points
        numbers = ", ".join(people(point.count) for point in points[-12:])
        days = {"first": f"{points[0].when:%Y-%m-%d}", "last": f"{points[-1].when:%Y-%m-%d}"}
        return say("chart.described", self.tongue, numbers=numbers, **days)

    def text(self, width: int) -> str:
        return plotted(self.chart, self.names, width)

    def svg(self) -> Markup:
        return drawn(self.chart, self.title, self.described, self.names)


def _scope(scope: str, tongue: Tongue) -> str:
    if scope.startswith("flow:"):
        return term_filled("scope.flow", tongue, scope.removeprefix("flow:"))
    return term("scope", scope, tongue)


def _named(line: Line, tongue: Tongue) -> str:
    """Return a line as a chart names it, with the verdict of the latest scan."""
    operator = term("operator", line.operator, tongue)
    return f"{operator} {line.threshold:,} {visible(line.rule_id)} · {term('verdict', line.verdict, tongue)}"


def _chart(number: int, chart: Chart, tongue: Tongue) -> Section:
    figure = ChartFigure(chart, tongue)
    return Section(
        key=f"chart-{number}",
        title=figure.title,
        figure=figure,
        notes=tuple(_notes(chart, tongue)),
    )


def _notes(chart: Chart, tongue: Tongue) -> Iterator[str]:
    same = {line.threshold for line in chart.shown}
    if len(same) < len(chart.shown):
        yield "; ".join(_named(line, tongue) for line in chart.shown)
    further = [line for line in chart.lines if line not in chart.shown]
    if further:
        lines = "; ".join(_named(line, tongue) for line in further)
        yield say("chart.further", tongue, lines=lines)
    if scale_of(chart).logarithmic:
        yield say("chart.scale", tongue)
    if any(point.open_ended or point.count.open_ended for point in chart.points):
        yield say("chart.open", tongue)
