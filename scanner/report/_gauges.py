"""Geometry of the drawings: where an interval, its estimate and a threshold lie on a scale, in per cent.

Positions are shares of the width, so that a drawing fills any screen while its text keeps its size.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, copysign, floor, log10, sqrt

from scanner.result import UNBOUNDED, Interval

WIDE = 20  # from this ratio of largest to smallest number on, the scale is logarithmic
STEPS = (1, 2, 2.5, 5, 10)  # a linear scale ends at one of these times a power of ten
MAX_TICKS = 6
REACH = 2  # an aligned scale goes from a hundredth to a hundred times the threshold
_MARGIN = 4  # per cent of zone that stays visible beyond the last number


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """An interval against a threshold; all positions in per cent of the width.

    Attributes:
        ticks: Position and number, in persons.
        logarithmic: Whether the scale is; else it is linear from 0.
    """

    start: float
    end: float
    estimate: float
    threshold: float
    ticks: tuple[tuple[float, int], ...]
    logarithmic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """An interval beside a threshold that stands in the middle; all positions in per cent of the width."""

    start: float
    end: float
    estimate: float


@dataclass(frozen=True, slots=True)
class Bar:
    """An interval on a linear scale from 0; all positions in per cent of the width."""

    start: float
    end: float
    estimate: float


def gauge(count: Interval, threshold: int) -> Gauge:
    """Return the drawing of a count against a threshold."""
    numbers = [n for n in (count.lower, count.estimate, count.upper, threshold) if 0 < n < UNBOUNDED] or [1]
    logarithmic = max(numbers) > WIDE * min(numbers)
    place, ticks = _logarithmic(numbers) if logarithmic else _linear(numbers)
    return Gauge(
        start=place(count.lower),
        end=place(count.upper),
        estimate=place(count.estimate),
        threshold=place(threshold),
        ticks=tuple((place(tick), tick) for tick in ticks),
        logarithmic=logarithmic,
    )


def aligned(count: Interval, threshold: int) -> Aligned:
    """Return the drawing of a count beside others: each threshold is in the middle, whatever its number."""
    return Aligned(
        start=_beside(count.lower, threshold),
        end=_beside(count.upper, threshold),
        estimate=_beside(count.estimate, threshold),
    )


def _beside(number: int, threshold: int) -> float:
    """Return the place of a number on a scale from a hundredth to a hundred times the threshold.

    The root of the logarithm spreads what is close to the threshold, where the eye has to tell sides apart.
    """
    if number <= 0:
        return 0.0
    decades = log10(number / threshold)
    return _share(0.5 + copysign(0.5 * sqrt(abs(decades) / REACH), decades))


def bar(count: Interval, longest: int) -> Bar:
    """Return the drawing of a count on a scale that ends at ``longest`` persons."""

    def place(number: int) -> float:
        return _share(number / longest) if longest else 0.0

    return Bar(place(count.lower), place(count.upper), place(count.estimate))


def _linear(numbers: list[int]) -> tuple[Callable[[int], float], tuple[int, ...]]:
    reach = max(numbers) * (1 + _MARGIN / 100)
    power = 10 ** floor(log10(reach))
    end = next(round(step * power) for step in STEPS if step * power >= reach)
    step = max(1, end // 4 if end % 4 == 0 or end < MAX_TICKS else end // 5)
    return (lambda number: _share(number / end)), tuple(range(0, end + 1, step))


def _logarithmic(numbers: list[int]) -> tuple[Callable[[int], float], tuple[int, ...]]:
    low, high = floor(log10(min(numbers))), ceil(log10(max(numbers) * (1 + _MARGIN / 100)))
    stride = ceil((high - low) / (MAX_TICKS - 1))

    def place(number: int) -> float:
        return _share((log10(number) - low) / (high - low)) if number else 0.0

    return place, tuple(10**power for power in range(low, high + 1, stride))


def _share(part: float) -> float:
    return round(100 * min(1.0, max(0.0, part)), 2)


# Places and labels of the marks on the scale of ``aligned``; those close to the line have no room for one.
ALIGNED_TICKS = tuple(
    (_beside(percent, 100), label)
    for percent, label in (
        (10, "10 %"), (50, "50 %"), (90, ""), (100, "100 %"), (110, ""), (200, "× 2"), (1000, "× 10"),
    )
)  # fmt: skip
