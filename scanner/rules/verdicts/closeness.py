"""How far a count is from a line, and when a growing count is expected to reach it.

The expectation is a straight line through the counts given: Theil-Sen slope, 95 % interval by Sen's method
(Journal of the American Statistical Association 63, 1968, pages 1379-1389), carried on from the last count.
It knows no seasons and no campaigns, and says how many counts it rests on. A count of the current year
restarts on 1 January, so only counts of this year carry on, and not beyond it.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

from scanner.result import Distance, Outlook
from scanner.rules.facts.model import Observation
from scanner.rules.facts.readings import Reading
from scanner.rules.facts.view import CURRENT_YEAR, View
from scanner.rules.law.rule_parts import Comparison
from scanner.rules.verdicts.outcome import Limb

# A filing takes months: a self-assessment of up to three, 7 working days to acceptance, 45 more to the
# result. Whoever is within a fifth of a line and grows by half in a year reaches it in about that time.
WARN_WITHIN = 0.2

_LEAST_COUNTS = 3
_COUNTED_UNITS = ("persons", "users", "accounts", "records")
_FAR_AHEAD = 3650


def first_beyond(test: Comparison) -> int | None:
    """Return the first number on the far side of the line, or None for a test without a line."""
    if test.threshold is None:
        return None
    return test.threshold + (test.operator in ("gt", "le"))


def measure_distance(limb: Limb, warn_within: float) -> Distance | None:
    """Return how far the reading is from the line; None where there is no line of more than one person."""
    first = first_beyond(limb.test)
    if first is None or first <= 1 or limb.metric.unit not in _COUNTED_UNITS:
        return None
    reading = limb.reading
    if reading.upper is None and not reading.lower:
        return None
    lower = None if reading.upper is None else first - reading.upper
    upper = first - reading.lower
    return Distance(
        lower=lower,
        upper=upper,
        percent_lower=None if lower is None else round(100 * lower / first, 1),
        percent_upper=round(100 * upper / first, 1),
        band=_band(lower, upper, warn_within * first),
    )


def _band(lower: int | None, upper: int, width: float) -> str:
    if upper <= 0:
        return "beyond"
    if lower is None or lower <= 0:
        return "open"
    return "near" if lower <= width else "far"


def look_ahead(limb: Limb, view: View) -> Outlook | None:
    """Return when the line was or will be reached, or None without a series of counts of this metric."""
    first = first_beyond(limb.test)
    counts = observations(view, limb.metric.key)
    if first is None or not counts:
        return None
    reached = reached_between(counts, first)
    if reached:
        return _reached(*reached)
    if len(counts) < _LEAST_COUNTS or _holds(limb.reading, first):
        return None
    return _expected(counts, first, view)


def observations(view: View, key: str) -> tuple[Observation, ...]:
    """Return the counts of a metric up to the day, oldest first; for a yearly count, those of the year."""
    found = {one.day: one for one in view.facts.history.get(key, ()) if one.day <= view.as_of}
    days = [day for day in sorted(found) if view.window != CURRENT_YEAR or day.year == view.as_of.year]
    return tuple(found[day] for day in days)


def reached_between(counts: tuple[Observation, ...], first: int) -> tuple[date, date] | None:
    """Return the last day surely below the line and the first surely at it, or None."""
    for index, one in enumerate(counts):
        if one.count.lower >= first:
            below = [earlier.day for earlier in counts[:index] if earlier.count.upper < first]
            return (below[-1], one.day) if below else None
    return None


def _holds(reading: Reading, first: int) -> bool:
    return reading.lower >= first


def _reached(below: date, at: date) -> Outlook:
    earliest = below + timedelta(days=1)
    return Outlook(
        earliest=earliest.isoformat(),
        expected="",
        latest=at.isoformat(),
        en=f"Reached after {below} and by {at}; deadlines are counted from {earliest}, the earliest day.",
        zh=f"于{below}之后、{at}之前达到；期限自最早可能之日{earliest}起算。",
    )


def _expected(counts: tuple[Observation, ...], first: int, view: View) -> Outlook:
    last = counts[-1]
    low, middle, high = _slopes(counts)
    end = date(view.as_of.year, 12, 31) if view.window == CURRENT_YEAR else None
    days = (
        _crossing(last.day, first - last.count.upper, high, end),
        _crossing(last.day, first - last.count.estimate, middle, end),
        _crossing(last.day, first - last.count.lower, low, end),
    )
    earliest, expected, latest = (day.isoformat() if day else "" for day in days)
    en, zh = _model_words(counts, (low, middle, high), days[1], restarts=end is not None)
    return Outlook(earliest=earliest, expected=expected, latest=latest, en=en, zh=zh)


def _slopes(counts: tuple[Observation, ...]) -> tuple[float, float, float]:
    """Return the Theil-Sen slope between the ends of its 95 % interval, in persons a day."""
    from statistics import median  # noqa: PLC0415 - half as slow to import as all the packs; most facts have no series

    slopes = sorted(
        (later.count.estimate - earlier.count.estimate) / (later.day - earlier.day).days
        for earlier, later in combinations(counts, 2)
    )
    number = len(counts)
    spread = 1.96 * (number * (number - 1) * (2 * number + 5) / 18) ** 0.5
    low = max(0, int((len(slopes) - spread) / 2))
    high = min(len(slopes) - 1, int((len(slopes) + spread) / 2))
    return slopes[low], median(slopes), slopes[high]


def _crossing(start: date, missing: int, slope: float, end: date | None) -> date | None:
    if missing <= 0:
        return start
    if slope <= 0 or missing / slope > _FAR_AHEAD:
        return None
    day = start + timedelta(days=int(-(-missing // slope)))
    return day if end is None or day <= end else None


def _model_words(
    counts: tuple[Observation, ...],
    slopes: tuple[float, float, float],
    expected: date | None,
    *,
    restarts: bool,
) -> tuple[str, str]:
    low, middle, high = slopes
    en = (
        f"A straight line through {len(counts)} counts from {counts[0].day} to {counts[-1].day} (Theil-Sen): "
        f"{middle:+,.0f} a day, between {low:+,.0f} and {high:+,.0f} (95 %)."
    )
    zh = (
        f"{counts[0].day}至{counts[-1].day}共{len(counts)}次计数的直线外推（Theil-Sen）："
        f"每日{middle:+,.0f}，95%区间{low:+,.0f}至{high:+,.0f}。"
    )
    if expected is None and restarts:
        en += " At this pace the line is not reached before the count restarts on 1 January."
        zh += "按此速度，在1月1日重新起算前不会达到。"
    elif expected is None:
        en += " At this pace the line is not reached within ten years."
        zh += "按此速度，十年内不会达到。"
    return en, zh
