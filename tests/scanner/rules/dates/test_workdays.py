"""The Chinese working calendar: weekends, published holidays, make-up days, and what is not published."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.rules.dates.workdays import (
    add_working_days,
    is_published,
    is_working_day,
    load_calendar,
    parse_calendar,
)

PUBLISHED = st.dates(date(2021, 1, 1), date(2026, 12, 31))


# day, worked, why
DAYS = [
    ("2025-01-26", True, "Sunday worked before the Spring Festival"),
    ("2025-01-28", False, "Spring Festival"),
    ("2025-02-05", True, "first day after it"),
    ("2025-10-08", False, "National Day and Mid-Autumn together"),
    ("2025-10-11", True, "Saturday worked"),
    ("2026-01-02", False, "Friday off at New Year"),
    ("2026-01-04", True, "Sunday worked"),
    ("2026-02-23", False, "ninth day of the Spring Festival"),
    ("2026-02-24", True, "first day after it"),
    ("2026-09-20", True, "Sunday worked for National Day"),
    ("2026-11-25", True, "an ordinary Wednesday"),
    ("2026-11-28", False, "an ordinary Saturday"),
]


@pytest.mark.parametrize(("day", "worked"), [case[:2] for case in DAYS], ids=[case[2] for case in DAYS])
def test_a_day_is_worked_as_the_notice_says(day, worked):
    assert is_working_day(date.fromisoformat(day)) is worked


# from, working days, to, why
SPANS = [
    (
        "2025-07-18",
        30,
        "2025-08-29",
        "the officer notice: thirty working days and 29 August are the same day",
    ),
    (
        "2025-06-01",
        30,
        "2025-07-14",
        "the face filing notice: its last day is thirty working days after 1 June",
    ),
    ("2026-09-30", 1, "2026-10-08", "over National Day"),
    ("2026-10-09", 1, "2026-10-10", "the next day is a worked Saturday"),
    ("2026-10-08", -1, "2026-09-30", "backwards over National Day"),
    ("2026-02-13", 10, "2026-03-05", "Spring Festival with both its worked Saturdays"),
    ("2026-05-06", 0, "2026-05-06", "nothing to add"),
]


@pytest.mark.parametrize(
    ("start", "number", "end"), [case[:3] for case in SPANS], ids=[case[3] for case in SPANS]
)
def test_working_days_are_added_over_holidays(start, number, end):
    assert add_working_days(date.fromisoformat(start), number) == date.fromisoformat(end)


@given(PUBLISHED, st.integers(1, 60))
def test_adding_ends_on_a_working_day_and_counts_every_one(start, number):
    end = add_working_days(start, number)
    between = [start + timedelta(days=i) for i in range(1, (end - start).days + 1)]

    assert is_working_day(end)
    assert sum(map(is_working_day, between)) == number


@given(PUBLISHED, st.integers(1, 60))
def test_going_back_undoes_going_forward(start, number):
    worked = start if is_working_day(start) else add_working_days(start, 1)

    assert add_working_days(add_working_days(worked, number), -number) == worked


def test_every_year_has_its_statutory_holidays_and_no_weekday_is_made_up():
    calendar = load_calendar()

    for year in calendar.years:
        off = [day for day in calendar.off if day.year == year]
        assert date(year, 1, 1) in off
        assert {date(year, 10, day) for day in (1, 2, 3)} <= set(off)
        assert {date(year, 5, 1)} <= set(off)
    assert all(day.weekday() >= 5 for day in calendar.working)


def test_beyond_the_last_notice_only_weekends_are_known():
    last = load_calendar().years[-1]

    assert is_published(date(last, 12, 31))
    assert not is_published(date(last + 1, 1, 1))
    assert is_working_day(date(2031, 10, 1))  # a Wednesday, and surely a holiday once it is published


def test_a_calendar_with_a_gap_or_a_contradiction_is_refused():
    year = {"holidays": [{"from": date(2030, 1, 1), "to": date(2030, 1, 1)}], "working": []}

    with pytest.raises(ValueError, match="a year is missing between 2030 and 2032"):
        parse_calendar({2030: year, 2032: year})
    with pytest.raises(ValueError, match="2030-01-01 is a make-up working day"):
        parse_calendar({2030: {**year, "working": [date(2030, 1, 1)]}})
