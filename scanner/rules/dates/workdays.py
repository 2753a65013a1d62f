"""Working days of mainland China: weekends, published holidays and make-up working days.

The calendar is data (``holidays.yaml``); the functions are pure. Outside the published years only weekends
are known to be off, so a day found there is likely and not certain: ask ``is_published``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from scanner.user_files.yaml_text import read_yaml

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Published days off and make-up working days.

    Attributes:
        years: Years for which a notice is published, without a gap.
        off: Days off, weekends left out unless a notice names them.
        working: Days on a weekend that are worked.
    """

    years: tuple[int, ...]
    off: frozenset[date]
    working: frozenset[date]


@cache
def load_calendar() -> Calendar:
    """Return the calendar that ships with Pandian."""
    return parse_calendar(
        read_yaml(files("scanner.rules.dates").joinpath("holidays.yaml").read_bytes())["years"]
    )


def parse_calendar(years: Mapping[int, Mapping[str, Any]]) -> Calendar:
    """Return the calendar in the content of ``holidays.yaml``, or raise ``ValueError``."""
    listed = tuple(sorted(years))
    if listed != tuple(range(listed[0], listed[-1] + 1)):
        raise ValueError(f"holidays.yaml: a year is missing between {listed[0]} and {listed[-1]}.")
    off = frozenset(day for year in years.values() for span in year["holidays"] for day in _days(span))
    working = frozenset(day for year in years.values() for day in year["working"])
    strange = sorted((off & working) | {day for day in working if day.weekday() < 5})
    if strange:
        raise ValueError(f"holidays.yaml: {strange[0]} is a make-up working day and a holiday or weekday.")
    return Calendar(listed, off, working)


def _days(span: Mapping[str, date]) -> list[date]:
    return [span["from"] + index * _DAY for index in range((span["to"] - span["from"]).days + 1)]


def is_published(day: date) -> bool:
    """Return whether the holidays of the day's year are published."""
    return day.year in load_calendar().years


def is_working_day(day: date) -> bool:
    """Return whether offices are open.

    >>> is_working_day(date(2026, 2, 14)), is_working_day(date(2026, 2, 16))  # a worked Saturday; a holiday
    (True, False)
    """
    known = load_calendar()
    if day in known.working:
        return True
    return day.weekday() < 5 and day not in known.off


def add_working_days(start: date, number: int) -> date:
    """Return the working day ``number`` working days after ``start`` (before it, when negative).

    The day of the event does not count (Civil Code art. 201), so one working day after a Friday is the
    Monday; zero gives ``start`` itself.

    >>> add_working_days(date(2026, 9, 24), 1)  # Mid-Autumn holiday and weekend in between
    datetime.date(2026, 9, 28)
    >>> add_working_days(date(2026, 9, 28), -1)
    datetime.date(2026, 9, 24)
    """
    step = _DAY if number > 0 else -_DAY
    day, left = start, abs(number)
    while left:
        day += step
        left -= is_working_day(day)
    return day
