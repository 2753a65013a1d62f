"""Grades: what the law says is important, and what a number only indicates."""

from datetime import date

import pytest

from scanner.result import Interval
from scanner.rules import grade_dataset


def exactly(number):
    return Interval(number, number, number)


# persons, other arguments, level, status
GRADES = [
    (exactly(0), {}, "general", "indicated"),
    (exactly(9_999_999), {}, "general", "indicated"),
    (exactly(10_000_000), {}, "important", "indicated"),
    (Interval(9_000_000, 10_000_000, 11_000_000), {}, "important", "indicated"),
    (Interval(9_000_000, 9_999_999, 11_000_000), {}, "general", "indicated"),
    (exactly(20_000_000), {"as_of": date(2024, 12, 31)}, "general", "indicated"),
    (exactly(20_000_000), {"as_of": date(2025, 1, 1)}, "important", "indicated"),
    (exactly(5), {"important_data": "candidate"}, "important", "indicated"),
    (exactly(5), {"important_data": "notified"}, "important", "confirmed"),
    (exactly(5), {"core": True}, "core", "confirmed"),
    (exactly(100_000), {"sectors": ["automotive"]}, "general", "indicated"),
    (exactly(100_001), {"sectors": ["automotive"]}, "important", "indicated"),
    (exactly(100_001), {"sectors": ["retail"]}, "general", "indicated"),
    (None, {}, "general", "indicated"),
]


@pytest.mark.parametrize(("persons", "others", "level", "status"), GRADES)
def test_grade(persons, others, level, status):
    grade = grade_dataset(persons=persons, **others)

    assert (grade.level, grade.status) == (level, status)
    assert grade.basis


def test_an_interval_that_may_reach_ten_million_says_so():
    grade = grade_dataset(persons=Interval(9_000_000, 9_999_999, 11_000_000))

    assert any("up to 11,000,000 persons may reach 10,000,000" in sentence for sentence in grade.basis)


def test_a_number_alone_never_confirms():
    grade = grade_dataset(persons=exactly(1_400_000_000))

    assert grade.status == "indicated"
    assert any("art. 37" in sentence for sentence in grade.basis)


def test_an_unknown_number_is_named():
    assert any("not known" in sentence for sentence in grade_dataset(persons=None).basis)


def test_sensitive_persons_are_named_in_the_basis():
    basis = grade_dataset(persons=exactly(500), sensitive=exactly(12)).basis

    assert any("Sensitive PI of 12 persons" in sentence for sentence in basis)
