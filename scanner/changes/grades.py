"""Grades and routes that changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scanner.changes.looking import Look
from scanner.changes.model import GradeChange, RouteChange
from scanner.changes.regrading import GradeCauses
from scanner.result import GradeResult, Result
from scanner.words.texts import text_of


def grade_changes(before: Look, after: Look) -> Iterator[GradeChange]:
    """Yield the grades that differ of what both scans looked at."""
    old, new = _grades(before), _grades(after)
    causes = GradeCauses(before.result, after.result)
    for place, grade in new.items():
        was = old.get(place)
        if was and (was.level, was.status) != (grade.level, grade.status):
            scope, name = place
            cause = causes.of(place)
            yield GradeChange(
                scope=scope,
                name=name,
                before=was.level,
                before_status=was.status,
                after=grade.level,
                after_status=grade.status,
                cause=cause,
                why=text_of("scanner.changes", f"graded.{cause}", "en"),
                why_zh=text_of("scanner.changes", f"graded.{cause}", "zh"),
            )


def _grades(look: Look) -> Mapping[tuple[str, str], GradeResult]:
    organization = {("organization", ""): look.result.organization.grade}
    datasets = {("dataset", dataset.name): dataset.grade for dataset in look.result.datasets}
    columns = {
        ("column", f"{dataset}/{table}.{name}"): column.grade
        for (dataset, table, name), column in look.columns.items()
    }
    return {**organization, **datasets, **columns}


def route_changes(before: Result, after: Result) -> Iterator[RouteChange]:
    """Yield the flows whose route differs, new and ended ones among them."""
    old = {flow.name: flow.mechanism for flow in before.flows}
    new = {flow.name: flow.mechanism for flow in after.flows}
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) != new.get(name):
            yield RouteChange(flow=name, before=old.get(name, ""), after=new.get(name, ""))
