"""Why a grade changed: the data of one scan graded as the other graded, in the way verdicts are asked again.

What a record does not hold (catalogues and indicators of a configuration, texts of an earlier version) cannot
be asked again: where the grades found do not come out anew, the cause is not known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from scanner.grading import Grading, Setting, grade_dataset, grade_items, grade_organization
from scanner.result import GradeResult, Result
from scanner.rules import FactsError, load_facts

Place = tuple[str, str]  # scope, name
Grades = Mapping[Place, GradeResult]


def grades_of(result: Result) -> dict[Place, GradeResult]:
    """Return the grades of a result: of the organization, its datasets and their columns."""
    found = {("organization", ""): result.organization.grade}
    for dataset in result.datasets:
        found["dataset", dataset.name] = dataset.grade
        for table in dataset.tables:
            for column in table.columns:
                found["column", f"{dataset.name}/{table.name}.{column.name}"] = column.grade
    return found


@dataclass(frozen=True)
class GradeCauses:
    """Two scans, the data of each graded as either graded."""

    before: Result
    after: Result

    def of(self, place: Place) -> str:
        """Return the cause of a changed grade; see ``GradeChange.cause``."""
        then, now = _said(grades_of(self.before), place), _said(grades_of(self.after), place)
        again = _said(self._then_then, place), _said(self._now_now, place)
        if again != (then, now):
            return "unknown"
        crossed = _said(self._then_now, place), _said(self._now_then, place)
        if crossed == (then, now):
            return "coverage" if self._read_otherwise else "counted"
        if crossed == (now, then):
            return "declared" if self._declared_otherwise else "day"
        return "several"

    @cached_property
    def _then(self) -> Grading | None:
        return _grading(self.before)

    @cached_property
    def _now(self) -> Grading | None:
        return _grading(self.after)

    @cached_property
    def _then_then(self) -> Grades:
        return _graded(self.before, self._then)

    @cached_property
    def _now_now(self) -> Grades:
        return _graded(self.after, self._now)

    @cached_property
    def _then_now(self) -> Grades:
        """Return the data of then, graded as now."""
        return _graded(self.before, self._now)

    @cached_property
    def _now_then(self) -> Grades:
        """Return the data of now, graded as then."""
        return _graded(self.after, self._then)

    @property
    def _read_otherwise(self) -> bool:
        return self.before.complete != self.after.complete or set(self.before.not_scanned) != set(
            self.after.not_scanned
        )

    @property
    def _declared_otherwise(self) -> bool:
        if self._then is None or self._now is None:
            return False
        day = self._now.setting.as_of
        return replace(self._then, setting=replace(self._then.setting, as_of=day)) != self._now


def _said(grades: Grades, place: Place) -> tuple[str, str] | None:
    grade = grades.get(place)
    return (grade.level, grade.status) if grade else None


def _grading(result: Result) -> Grading | None:
    """Return what a scan graded by, as far as its record says; None where it says nothing."""
    if result.facts is None:
        return None
    try:
        facts = load_facts(result.facts.given, consistent=False)
    except FactsError:  # of a version that knew other facts
        return None
    who = facts.organization
    return Grading(
        setting=Setting(
            as_of=dt.date.fromisoformat(result.scan.as_of),
            sectors=who.sectors or (),
            zone=who.ftz or "",
            ciio=who.ciio,
        ),
        declared=facts.held.important_data or "none",
    )


def _graded(result: Result, grading: Grading | None) -> Grades:
    if grading is None:
        return {}
    unread = {entry.source for entry in result.not_scanned}
    datasets = tuple(
        grade_dataset(grade_items(one, grading), grading, unread=bool({one.name, one.source} & unread))
        for one in result.datasets
    )
    whole = grade_organization(
        result.organization.subjects, datasets, grading, unread=bool(result.not_scanned)
    )
    again = replace(result, datasets=datasets, organization=replace(result.organization, grade=whole))
    return grades_of(again)
