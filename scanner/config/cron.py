"""Cron expressions: read by cronsim, as Debian's cron reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from cronsim import CronSim, CronSimError

_NAMED = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)


class CronUnusable(Exception):
    """Not a cron expression; the message says what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cron:
    """A cron expression, field by field.

    Attributes:
        text: The five fields as written.
        days: Days of the month; with ``L`` and ``LW`` as negative numbers of cronsim.
        weekdays: 0 to 7, or a pair of weekday and number of the week in the month.
        both: Whether day and weekday must both fit; else one of them is enough.
    """

    text: str
    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int | tuple[int, int]]
    both: bool


def parse_cron(text: str) -> Cron:
    """Return the fields of an expression.

    Raises:
        CronUnusable: It has not five fields, or one cannot be read, or no day ever fits.

    >>> sorted(parse_cron("0,30 2 * * MON-FRI").weekdays)
    [1, 2, 3, 4, 5]
    """
    plain = " ".join(_NAMED.get(text.strip().lower(), text).split())
    if len(plain.split()) != 5:
        raise CronUnusable(f"{text!r} is no cron expression; it has five fields, as in '30 2 * * *'")
    try:
        read = CronSim(plain, _SOME_DAY)
        next(read)
    except CronSimError as error:
        raise CronUnusable(f"{text!r} is no cron expression ({error})") from None
    except StopIteration:
        raise CronUnusable(f"{text!r} names a day that never comes") from None
    return Cron(
        text=plain,
        minutes=frozenset(read.minutes),
        hours=frozenset(read.hours),
        days=frozenset(read.days),
        months=frozenset(read.months),
        weekdays=frozenset(read.weekdays),
        both=read.day_and,
    )
