"""A chart in the terminal: counts with their intervals over time, and the lines of the law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len, set_cell_size

from scanner.timeline.model import Chart
from scanner.timeline.scale import Scale, scale_of

_ROWS = 12
_POINT, _HOLLOW, _BAR, _UNBOUNDED, _DASH = "●", "○", "│", "┆", "╌"


@dataclass
class _Grid:
    """Cells of a plot, row 0 at the bottom."""

    width: int
    cells: list[list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.cells = [[" "] * self.width for _ in range(_ROWS)]

    def put(self, column: int, row: int, mark: str) -> None:
        self.cells[row][column] = mark

    def line(self, row: int) -> str:
        return "".join(self.cells[row])


def plotted(chart: Chart, names: Sequence[str], width: int) -> str:
    """Return the chart as text; ``names`` are those of the lines shown, in their order."""
    scale = scale_of(chart)
    ticks = {_row(scale, tick): f"{tick:,}" for tick in scale.ticks()}
    margin = max(cell_len(label) for label in ticks.values()) + 1
    labels = {row: _cut(label, width // 2) for row, label in _line_labels(chart, names, scale)}
    room = max((cell_len(label) for label in labels.values()), default=0) + 1
    grid = _Grid(max(4, width - margin - 2 - room))
    for row in labels:
        for column in range(grid.width):
            grid.put(column, row, _DASH)
    _draw_points(chart, scale, grid)
    rows = [
        f"{ticks.get(row, ''):>{margin}} ┤{grid.line(row)} {labels.get(row, '')}".rstrip()
        for row in reversed(range(_ROWS))
    ]
    return "\n".join(
        [*rows, f"{'':>{margin}} └{'─' * grid.width}", f"{'':>{margin}}  {_dates(chart, grid.width)}"]
    )


def _cut(label: str, cells: int) -> str:
    return label if cell_len(label) <= cells else set_cell_size(label, cells - 1) + "…"


def _row(scale: Scale, number: int) -> int:
    return round(scale.place(number) * (_ROWS - 1))


def _line_labels(chart: Chart, names: Sequence[str], scale: Scale) -> list[tuple[int, str]]:
    """Return what stands beside the rows that lines run through; lines that fall together share a row."""
    found: dict[int, list[str]] = {}
    for line, name in zip(chart.shown, names, strict=True):
        found.setdefault(_row(scale, line.threshold), []).append(name)
    return [(row, f"{both[0]}{f' +{len(both) - 1}' if both[1:] else ''}") for row, both in found.items()]


def _draw_points(chart: Chart, scale: Scale, grid: _Grid) -> None:
    for position, point in zip(_places(chart), chart.points, strict=True):
        column = round(position * (grid.width - 1))
        top = _ROWS - 1 if point.count.open_ended else _row(scale, point.count.upper)
        middle = _row(scale, point.count.estimate)
        for row in range(_row(scale, point.count.lower), top + 1):
            grid.put(column, row, _UNBOUNDED if point.count.open_ended and row > middle else _BAR)
        grid.put(column, middle, _HOLLOW if point.open_ended else _POINT)


def _places(chart: Chart) -> list[float]:
    """Return where the points stand between the first and the last, in [0, 1]; one alone in the middle."""
    first, last = chart.points[0].when, chart.points[-1].when
    span = (last - first).total_seconds()
    return [(point.when - first).total_seconds() / span if span else 0.5 for point in chart.points]


def _dates(chart: Chart, width: int) -> str:
    first, last = chart.points[0].when, chart.points[-1].when
    if first == last:
        return f"{first:%Y-%m-%d}".center(width).rstrip()
    form = "%Y-%m-%d" if first.date() != last.date() else "%Y-%m-%d %H:%M"
    left = first.strftime(form)
    return f"{left}{last.strftime(form):>{max(1, width - len(left))}}"
