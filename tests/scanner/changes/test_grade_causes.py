"""A grade that changed says why: the data, what is declared, the day, or that it is not to be told."""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from dataclasses import replace

import pytest

from scanner.changes import diff
from scanner.changes.telling import tell
from scanner.grading import Grading, Setting, grade_dataset, grade_items, grade_organization
from scanner.result import NotScanned


def made(base, *, persons=None, declared="none", as_of="2026-11-22", unread=False):
    """Return a scan of so many persons under such declarations, graded as scans are."""
    organization = base.organization
    if persons:
        subjects = tuple(
            replace(one, lower=persons, estimate=persons, upper=persons) if one.category == "all" else one
            for one in organization.subjects
        )
        organization = replace(organization, subjects=subjects)
    given = deepcopy(dict(base.facts.given))
    given["held"] = {**given.get("held", {}), "important_data": declared}
    grading = Grading(setting=Setting(as_of=dt.date.fromisoformat(as_of)), declared=declared)
    datasets = tuple(grade_dataset(grade_items(d, grading), grading, unread=False) for d in base.datasets)
    grade = grade_organization(organization.subjects, datasets, grading, unread=False)
    missed = (NotScanned(source="hr", table="pay", reason="permission denied"),) if unread else ()
    return replace(
        base,
        scan=replace(base.scan, as_of=as_of),
        organization=replace(organization, grade=grade),
        datasets=datasets,
        facts=replace(base.facts, given=given),
        not_scanned=missed,
        complete=not unread,
    )


def cause(before, after):
    (change,) = (one for one in diff(before, after).grades if one.scope == "organization")
    assert change.why
    assert change.why_zh
    return change.before, change.after, change.cause


def test_a_number_of_persons_raises_a_grade(base):
    grades = cause(made(base), made(base, persons=200_000_000))

    assert grades == ("general", "important", "counted")


def test_while_less_was_read_the_difference_may_be_that(base):
    assert cause(made(base), made(base, persons=200_000_000, unread=True))[2] == "coverage"


@pytest.mark.parametrize("as_of", ["2026-11-22", "2026-11-25"])
def test_a_declaration_raises_a_grade(base, as_of):
    grades = cause(made(base), made(base, declared="candidate", as_of=as_of))

    assert grades == ("general", "important", "declared")


def test_a_line_that_came_into_force_raises_a_grade(base):
    before = made(base, persons=200_000_000, as_of="2020-01-01")

    assert cause(before, made(base, persons=200_000_000)) == ("general", "important", "day")


def test_both_explain_it_alike_and_neither_alone(base):
    assert cause(made(base), made(base, persons=200_000_000, declared="candidate"))[2] == "several"


def test_a_grade_by_a_catalogue_of_the_configuration_is_not_to_be_told(base):
    after = made(base)
    raised = replace(after.organization.grade, level="important", status="confirmed")

    assert (
        cause(made(base), replace(after, organization=replace(after.organization, grade=raised)))[2]
        == "unknown"
    )


def test_without_facts_it_is_not_to_be_told(base):
    assert cause(made(base), replace(made(base, declared="candidate"), facts=None))[2] == "unknown"


@pytest.mark.parametrize(("tongue", "word"), [("en", "declared facts"), ("zh", "申报的事实")])
def test_the_page_names_the_cause(base, tongue, word):
    page = tell(diff(made(base), made(base, declared="candidate")), tongue)

    assert word in str(page)
