"""A chart as inline SVG, without a script and without anything to load."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from scanner.timeline.model import Chart
from scanner.timeline.scale import Scale, scale_of
from scanner.words.visible import visible

_WIDTH, _HEIGHT = 960, 320
_LEFT, _RIGHT, _TOP, _BOTTOM = 92, 24, 26, 34


def drawn(chart: Chart, title: str, described: str, names: Sequence[str]) -> Markup:
    """Return the drawing; ``names`` are those of the lines shown, ``described`` says it in words."""
    scale = scale_of(chart)
    marks = (
        *_grid(scale),
        *_band(chart, scale),
        *_lines(chart, scale, names),
        *_series(chart, scale),
        *_points(chart, scale),
        *_dates(chart),
    )
    return Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">\n{}\n</svg>').format(
        _WIDTH, _HEIGHT, visible(f"{title}. {described}"), Markup("\n").join(marks)
    )


def _mark(template: str, *values: object) -> Markup:
    return Markup(template).format(*values)  # noqa: S704 - the templates are ours, values are escaped


def _y(scale: Scale, number: int) -> float:
    return round(_HEIGHT - _BOTTOM - scale.place(number) * (_HEIGHT - _TOP - _BOTTOM), 1)


def _xs(chart: Chart) -> list[float]:
    first, last = chart.points[0].when, chart.points[-1].when
    span = (last - first).total_seconds()
    shares = ((point.when - first).total_seconds() / span if span else 0.5 for point in chart.points)
    # The first and the last point stand a little inside the frame.
    return [round(_LEFT + 14 + share * (_WIDTH - _LEFT - _RIGHT - 28), 1) for share in shares]


def _grid(scale: Scale) -> Iterator[Markup]:
    for tick in scale.ticks():
        y = _y(scale, tick)
        kind = "axis" if tick == scale.ticks()[0] else "grid"
        yield _mark('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>', kind, _LEFT, _WIDTH - _RIGHT, y, y)
        yield _mark('<text x="{}" y="{}" text-anchor="end">{}</text>', _LEFT - 8, y + 4, f"{tick:,}")


def _tops(chart: Chart, scale: Scale) -> list[float]:
    return [_TOP if point.count.open_ended else _y(scale, point.count.upper) for point in chart.points]


def _band(chart: Chart, scale: Scale) -> Iterator[Markup]:
    """Yield the intervals as one band, where several scans have one; those without an end stand alone."""
    closed = [
        (x, point.count)
        for x, point in zip(_xs(chart), chart.points, strict=True)
        if not point.count.open_ended
    ]
    if len(closed) < 2:
        return
    upper = [f"{x},{_y(scale, count.upper)}" for x, count in closed]
    lower = [f"{x},{_y(scale, count.lower)}" for x, count in closed]
    yield _mark('<polygon class="band" points="{}"/>', " ".join((*upper, *reversed(lower))))


def _lines(chart: Chart, scale: Scale, names: Sequence[str]) -> Iterator[Markup]:
    taken: set[float] = set()
    for line, name in zip(chart.shown, names, strict=True):
        y = _y(scale, line.threshold)
        yield _mark('<line class="threshold" x1="{}" x2="{}" y1="{}" y2="{}"/>', _LEFT, _WIDTH - _RIGHT, y, y)
        if y not in taken:  # rules with one line have one name there; all are in the note
            yield _mark(
                '<text class="threshold-name" x="{}" y="{}">{}</text>', _LEFT + 6, y - 6, visible(name)
            )
        taken.add(y)


def _series(chart: Chart, scale: Scale) -> Iterator[Markup]:
    corners = " ".join(
        f"{x},{_y(scale, point.count.estimate)}" for x, point in zip(_xs(chart), chart.points, strict=True)
    )
    yield _mark('<polyline class="series" points="{}"/>', corners)


def _points(chart: Chart, scale: Scale) -> Iterator[Markup]:
    for x, top, point in zip(_xs(chart), _tops(chart, scale), chart.points, strict=True):
        low = _y(scale, point.count.lower)
        if low - top > 1:
            yield _mark('<line class="error" x1="{}" x2="{}" y1="{}" y2="{}"/>', x, x, top, low)
        upper = "∞" if point.count.open_ended else f"{point.count.upper:,}"
        told = f"{point.when:%Y-%m-%d}: {point.count.estimate:,} ({point.count.lower:,} – {upper})"
        kind = "point partial" if point.open_ended else "point"
        yield _mark(
            '<circle class="{}" cx="{}" cy="{}" r="4.5"><title>{}</title></circle>',
            kind,
            x,
            _y(scale, point.count.estimate),
            told,
        )


def _dates(chart: Chart) -> Iterator[Markup]:
    """Yield the days below the points, as many as have room."""
    shown: list[tuple[float, dt.date]] = []
    for x, point in zip(_xs(chart), chart.points, strict=True):
        if not shown or x - shown[-1][0] > (90 if len(shown) > 1 else 130):
            shown.append((x, point.when.date()))
    for x, day in shown:
        yield _mark('<text x="{}" y="{}" text-anchor="{}">{}</text>', x, _HEIGHT - 12, _anchor(x), f"{day}")


def _anchor(x: float) -> str:
    """Return how a text stands at ``x`` so that it does not leave the frame."""
    if _LEFT + 40 < x < _WIDTH - _RIGHT - 40:
        return "middle"
    return "start" if x < _WIDTH / 2 else "end"
