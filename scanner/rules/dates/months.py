"""Months as the law counts them: to the day of the same number, or to the last day of a shorter month.

Source: Civil Code art. 202.
"""

from __future__ import annotations

import calendar
from datetime import date


def add_months(day: date, number: int) -> date:
    """Return the day ``number`` months later, at the latest the last day of that month.

    >>> add_months(date(2025, 12, 31), 2)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def full_months(start: date, end: date) -> int:
    """Return the whole months from ``start`` to ``end``; 0 when it lies ahead.

    >>> full_months(date(2026, 1, 31), date(2026, 2, 28)), full_months(date(2026, 1, 15), date(2026, 2, 14))
    (1, 0)
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    return max(0, months - (add_months(start, months) > end))
