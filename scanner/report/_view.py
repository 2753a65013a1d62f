"""What every report shows, worked out once: choices and sums over a Result, without any wording."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from scanner.result import (
    DatasetResult,
    FlowResult,
    GradeResult,
    Interval,
    Obligation,
    OpenPoint,
    Result,
    SchemeLevel,
    SubjectCount,
    TableResult,
)
from scanner.result.selecting import tables, total

HEADLINE = ("all", "sensitive", "minor_under_14", "minor_under_18")  # categories everybody asks for


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One line of the map: a table, or a dataset when there are many tables (``table`` is empty)."""

    dataset: str
    table: str
    columns: dict[str, int]


def settling(flow: FlowResult, result: Result) -> list[tuple[str, str]]:
    """Return what would settle an open route: what the open rules that it rests on say, in two languages."""
    if flow.mechanism != "undetermined":
        return []
    scopes = ("outbound", f"flow:{flow.name}")
    found = (f for f in result.findings if f.rule_id in flow.because and f.scope in scopes and f.settle)
    said = list(dict.fromkeys((f.settle, f.settle_zh) for f in found))
    return [one for one in said if not any(one[0] in other[0] for other in said if other != one)]


def grades(result: Result) -> tuple[tuple[tuple[str, ...], GradeResult], ...]:
    """Return each grade with the names of the datasets that have it for the same reasons."""
    alike: dict[GradeResult, list[str]] = {}
    for dataset in result.datasets:
        alike.setdefault(dataset.grade, []).append(dataset.name)
    return tuple((tuple(names), grade) for grade, names in alike.items())


def levels(result: Result) -> tuple[tuple[DatasetResult, TableResult, SchemeLevel], ...]:
    """Return the levels of tables under schemes with numbered levels, the highest first."""
    found = [(dataset, table, level) for dataset, table in tables(result) for level in table.levels]
    return tuple(sorted(found, key=lambda item: (item[2].scheme, -item[2].level)))


def headline(result: Result) -> tuple[tuple[str, SubjectCount | None], ...]:
    """Return the organization's count per category everybody asks for; None where nobody counted."""
    return tuple((category, total(result.organization.subjects, category)) for category in HEADLINE)


def interval(count: SubjectCount | Interval) -> Interval:
    """Return the bounds of a count alone: those that hold, also while something is not read."""
    return count.bounds if isinstance(count, SubjectCount) else count


def open_points(result: Result, *, most: int, ages: int) -> tuple[list[OpenPoint], list[OpenPoint]]:
    """Return the open points to show first, so many of everybody and so many of ages, and all others."""
    linkage = result.organization.linkage
    points = linkage.open_points if linkage else ()
    everybody = [point for point in points if not point.of_ages]
    of_ages = [point for point in points if point.of_ages]
    return everybody[:most] + of_ages[:ages], everybody[most:] + of_ages[ages:]


def narrowing(point: OpenPoint) -> str:
    """Return the key of the text that says what answering an open point narrows."""
    return "people.point.ages" if point.of_ages else "people.point"


def heat(result: Result, *, by_dataset: bool) -> tuple[HeatRow, ...]:
    """Return the columns per PI type of each table or dataset that has any, in the order of the result."""
    rows: dict[tuple[str, str], Counter[str]] = {}
    for dataset, table in tables(result):
        key = (dataset.name, "" if by_dataset else table.name)
        found = (tag.type for column in table.columns for tag in column.held)
        rows.setdefault(key, Counter()).update(found)
    return tuple(HeatRow(dataset, table, dict(found)) for (dataset, table), found in rows.items() if found)


def widest(result: Result, limit: int = 5) -> tuple[tuple[DatasetResult, TableResult, SubjectCount], ...]:
    """Return the tables whose counts are least certain, widest interval first."""
    counted = (
        (dataset, table, count)
        for dataset, table in tables(result)
        if (count := total(table.subjects)) is not None and count.upper > count.lower
    )
    return tuple(sorted(counted, key=lambda item: item[2].lower - item[2].upper)[:limit])


@dataclass(frozen=True, slots=True, kw_only=True)
class DueGroups:
    """Obligations as they are shown: firm with a day or in breach, firm without one, conditional."""

    dated: tuple[Obligation, ...]
    undated: tuple[Obligation, ...]
    conditional: tuple[Obligation, ...]


def due_groups(obligations: Iterable[Obligation]) -> DueGroups:
    """Return the obligations in the groups in which they are shown."""
    every = tuple(obligations)
    firm = [one for one in every if not one.conditional]
    dated = tuple(one for one in firm if one.status == "breached" or (one.due and one.status != "done"))
    return DueGroups(
        dated=dated,
        undated=tuple(one for one in firm if one not in dated),
        conditional=tuple(one for one in every if one.conditional),
    )


def sketched(result: Result) -> bool:
    """Return whether any count comes from a sketch."""
    parts = [result.organization.subjects, *(flow.subjects for flow in result.flows)]
    parts += [dataset.subjects for dataset in result.datasets]
    parts += [table.subjects for _, table in tables(result)]
    return any(count.method == "sketch" for counts in parts for count in counts)


def sources(result: Result) -> tuple[tuple[str, str], ...]:
    """Return every source that was opened or should have been, with a place where that is known."""
    places = {dataset.source: dataset.location for dataset in reversed(result.datasets)}
    unread = {entry.source: "" for entry in result.not_scanned}
    return tuple(sorted((unread | places).items()))
