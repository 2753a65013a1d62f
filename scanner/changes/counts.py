"""Numbers of persons that moved, and whether the move is larger than what is not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from scanner.changes.model import CountChange
from scanner.result import Interval, Result, SubjectCount

Place = tuple[str, str, str, str]  # scope, name, category, window
_SCOPES = ("organization", "outbound", "flow", "dataset", "table")


def count_changes(before: Result, after: Result) -> Iterator[CountChange]:
    """Yield every count that differs: the organization first, then flows, datasets and tables."""
    old, new = _counts(before), _counts(after)
    for place in sorted(dict.fromkeys((*new, *old)), key=lambda one: (_SCOPES.index(one[0]), one[1])):
        if _figures(old.get(place)) != _figures(new.get(place)):
            yield _change(place, old.get(place), new.get(place), _restarted(place[3], before, after))


def _counts(result: Result) -> Mapping[Place, SubjectCount]:
    """Return all counts by place; the name of an organization may change without it being another."""
    found: dict[Place, SubjectCount] = {}
    for count in result.organization.subjects:
        found["organization", "", count.category, count.window] = count
    for count in result.organization.outbound:
        found["outbound", "", count.category, count.window] = count
    for flow in result.flows:
        found |= {("flow", flow.name, count.category, count.window): count for count in flow.subjects}
    for dataset in result.datasets:
        found |= {
            ("dataset", dataset.name, count.category, count.window): count for count in dataset.subjects
        }
        for table in dataset.tables:
            name = f"{dataset.name}/{table.name}"
            found |= {("table", name, count.category, count.window): count for count in table.subjects}
    return found


def _figures(count: SubjectCount | None) -> tuple[Interval, bool] | None:
    return (count.bounds, count.partial) if count else None


def _change(place: Place, old: SubjectCount | None, new: SubjectCount | None, restarted: bool) -> CountChange:
    scope, name, category, window = place
    before, after = old.bounds if old else None, new.bounds if new else None
    difference = after.estimate - before.estimate if before and after else None
    return CountChange(
        scope=scope,
        name=name,
        category=category,
        window=window,
        before=before,
        after=after,
        difference=difference,
        percent=_percent(difference, before),
        exceeds=_apart(before, after),
        open_before=old is not None and old.partial,
        open_after=new is not None and new.partial,
        restarted=restarted,
        methods=(old.method if old else "", new.method if new else ""),
    )


def _percent(difference: int | None, before: Interval | None) -> float | None:
    if difference is None or before is None or not before.estimate:
        return None
    return round(100 * difference / before.estimate, 1)


def _apart(before: Interval | None, after: Interval | None) -> bool:
    if before is None or after is None:
        return False
    return after.lower > before.upper or before.lower > after.upper


def _restarted(window: str, before: Result, after: Result) -> bool:
    """Return whether the first day of a window is another one: its counts begin anew each 1 January."""
    if window == "all_time":
        return False
    return _year(before) != _year(after)


def _year(result: Result) -> int:
    return dt.date.fromisoformat(result.scan.as_of).year
