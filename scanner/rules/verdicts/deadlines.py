"""When a duty falls due: a structured deadline and the date of its event in, a day out.

The day of the event does not count (Civil Code art. 201); months and years end on the day of the same
number, or on the last day of a shorter month (art. 202). A last day that is a day off is not moved to the
next working day (art. 203 may allow it): the earlier day is the safe one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scanner.rules.dates.months import add_months
from scanner.rules.dates.workdays import add_working_days, is_published
from scanner.rules.law.rule_parts import Deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A deadline on the calendar.

    Attributes:
        day: The last day.
        moment: The last moment, for a deadline in hours whose event has a time.
        opens: First day on which it can be done, where the law opens a period.
        latest: The last day under the longest length, where the law leaves a choice of lengths.
        certain: False where the period runs through a year whose holidays are not published.
    """

    day: date
    moment: datetime | None = None
    opens: date | None = None
    latest: date | None = None
    certain: bool = True


def find_due(deadline: Deadline, events: Mapping[str, date], as_of: date) -> Due | None:
    """Return when the deadline ends, or None while the date of its event is not known.

    ``events`` has dates (or dates with a time) by event name; a yearly deadline is the next one on or after
    ``as_of``.
    """
    if deadline.fixed:
        return Due(day=deadline.fixed)
    if deadline.each_year:
        return Due(day=_next(deadline.each_year, as_of))
    happened = events.get(deadline.after or deadline.before or "")
    if happened is None:
        return None
    if deadline.before:
        return _before(deadline, _day(happened))
    if deadline.unit == "hours":
        return _hours_after(happened, deadline.number or 0)
    start = _day(happened)
    end = _shifted(start, deadline.number or 0, deadline.unit)
    latest = _shifted(start, deadline.upto, deadline.unit) if deadline.upto else None
    return Due(day=end, latest=latest, certain=_certain(deadline, start, latest or end))


def _next(month_and_day: str, as_of: date) -> date:
    month, day = map(int, month_and_day.split("-"))
    this_year = date(as_of.year, month, day)
    return this_year if this_year >= as_of else date(as_of.year + 1, month, day)


def _before(deadline: Deadline, event: date) -> Due:
    if deadline.number is None:
        return Due(day=event)
    start = _shifted(event, -deadline.number, deadline.unit)
    certain = _certain(deadline, start, event)
    return Due(day=event, opens=start, certain=certain) if deadline.opens else Due(day=start, certain=certain)


def _shifted(day: date, number: int, unit: str | None) -> date:
    if unit == "working_days":
        return add_working_days(day, number)
    if unit == "calendar_days":
        return day + timedelta(days=number)
    return add_months(day, number * (12 if unit == "years" else 1))


def _certain(deadline: Deadline, start: date, end: date) -> bool:
    return deadline.unit != "working_days" or (is_published(start) and is_published(end))


def _hours_after(happened: date, hours: int) -> Due:
    if isinstance(happened, datetime):
        moment = happened + timedelta(hours=hours)
        return Due(day=moment.date(), moment=moment)
    return Due(day=happened)


def _day(happened: date) -> date:
    return happened.date() if isinstance(happened, datetime) else happened
