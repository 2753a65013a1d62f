"""Cron expressions as systemd calendar events (systemd.time(7)). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from cronsim import CronSim

from scanner.config.cron import Cron

_NAMES = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
_EVERY_DAY, _WORKING = frozenset(range(7)), frozenset(range(1, 6))

# Weekdays, and days of the month counted from the first ("-01") or the last ("~01").
_Part = tuple[frozenset[int], str]


def on_calendar(cron: Cron, zone: str) -> list[str]:
    """Return the events that together come when the expression does.

    >>> from scanner.config.cron import parse_cron
    >>> on_calendar(parse_cron("30 2 * * MON-FRI"), "Asia/Shanghai")
    ['Mon,Tue,Wed,Thu,Fri *-*-* 02:30:00 Asia/Shanghai']
    """
    time = f"{_listed(cron.hours, range(24))}:{_listed(cron.minutes, range(60))}:00 {zone}"
    months = _listed(cron.months, range(1, 13))
    parts = dict.fromkeys(_both(cron) if cron.both else (*_days(cron), *_weekdays(cron)))
    return [f"{_named(days)}*-{months}{of_month} {time}" for days, of_month in parts if days]


def _both(cron: Cron) -> Iterator[_Part]:
    """Yield what fits day and weekday: the weekdays of both, within the days that one of them names."""
    for (left, days), (right, window) in product(_days(cron), _weekdays(cron)):
        if "-*" in (days, window):
            yield left & right, window if days == "-*" else days
        elif days[0] == window[0] == "-":
            shared = sorted(set(days[1:].split(",")) & set(window[1:].split(",")))
            if shared:
                yield left & right, f"-{','.join(shared)}"
        else:
            yield from _from_the_end(left & right, days, window)


def _from_the_end(weekdays: frozenset[int], days: str, window: str) -> Iterator[_Part]:
    """Yield one of the last days that is one of the last of its weekday: a last day is always that."""
    if days[0] == window[0] == "~":
        yield weekdays, days


def _days(cron: Cron) -> Iterator[_Part]:
    plain = frozenset(day for day in cron.days if day > 0)
    if plain:
        yield _EVERY_DAY, f"-{_listed(plain, range(1, 32))}"
    if CronSim.LAST in cron.days:
        yield _EVERY_DAY, "~01"
    if CronSim.LAST_WEEKDAY in cron.days:  # the last day, or the Friday of a weekend at the end
        yield from ((_WORKING, "~01"), (frozenset({5}), "~02"), (frozenset({5}), "~03"))


def _weekdays(cron: Cron) -> Iterator[_Part]:
    plain = frozenset(day % 7 for day in cron.weekdays if isinstance(day, int))
    if plain:
        yield plain, "-*"
    for day in sorted(day for day in cron.weekdays if isinstance(day, tuple)):
        weekday, number = frozenset({day[0] % 7}), day[1]
        if number == CronSim.LAST:
            yield weekday, "~01,02,03,04,05,06,07"
        else:
            yield weekday, f"-{_listed(frozenset(range(7 * number - 6, min(7 * number, 31) + 1)), range(32))}"


def _listed(numbers: frozenset[int], every: range) -> str:
    return "*" if numbers == set(every) else ",".join(f"{number:02}" for number in sorted(numbers))


def _named(weekdays: frozenset[int]) -> str:
    return "" if weekdays == _EVERY_DAY else f"{','.join(_NAMES[day] for day in sorted(weekdays))} "
