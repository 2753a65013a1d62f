"""What a drawing of a flow shows: from which tables, how many people, and its counts by period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scanner.result import FlowResult, SubjectCount
from scanner.result.selecting import total

THICKEST = 30  # pixels of the stream with the most people; the others are thinner in proportion
THINNEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """A flow as it is drawn.

    Attributes:
        tables: Dataset and table of each table that leaves, where the columns are known.
        people: Count of all people in the window of the law; None where nobody counted.
        thickness: In pixels.
    """

    flow: FlowResult
    tables: tuple[tuple[str, str], ...]
    people: SubjectCount | None
    thickness: int


@dataclass(frozen=True, slots=True)
class FlowCounts:
    """Counts of a flow: a row for each category, a column for each window, that of the law first."""

    windows: tuple[str, ...]
    rows: Mapping[str, Mapping[str, SubjectCount]]


def streams(flows: Iterable[FlowResult]) -> tuple[Stream, ...]:
    """Return the flows as they are drawn, in their order."""
    counted = [(flow, total(one for one in flow.subjects if one.window == flow.window)) for flow in flows]
    most = max((people.upper for _, people in counted if people), default=0)
    return tuple(
        Stream(
            flow=flow,
            tables=_tables(flow),
            people=people,
            thickness=_thickness(people.upper if people else 0, most),
        )
        for flow, people in counted
    )


def _tables(flow: FlowResult) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((item.dataset, item.table) for item in flow.items))


def _thickness(people: int, most: int) -> int:
    return max(THINNEST, round(THICKEST * people / most)) if most else THINNEST


def flow_counts(flow: FlowResult) -> FlowCounts:
    """Return the counts of a flow by category and window."""
    rows: dict[str, dict[str, SubjectCount]] = {}
    for count in flow.subjects:
        rows.setdefault(count.category, {})[count.window] = count
    windows = dict.fromkeys(count.window for count in flow.subjects)
    return FlowCounts(tuple(sorted(windows, key=lambda window: window != flow.window)), rows)
