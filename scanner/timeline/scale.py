"""Where a number stands between the ends of an axis."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scanner.timeline.model import Chart

_FAR = 20  # from here on a line is so far above the counts that a straight scale would press them flat


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis of numbers from 0 (or 1, if it is logarithmic) to ``top``."""

    top: int
    logarithmic: bool

    def place(self, number: int) -> float:
        """Return where a number stands, in [0, 1]; beyond the top is the top.

        >>> Scale(100, False).place(25), Scale(10_000, True).place(100), Scale(100, False).place(500)
        (0.25, 0.5, 1.0)
        """
        if self.logarithmic:
            return min(1.0, math.log(max(1, number)) / math.log(self.top))
        return min(1.0, number / self.top)

    def ticks(self) -> tuple[int, ...]:
        """Return round numbers along the axis.

        >>> Scale(1_150_000, False).ticks(), Scale(5_000, True).ticks()
        ((0, 200000, 400000, 600000, 800000, 1000000), (1, 10, 100, 1000))
        """
        if self.logarithmic:
            return tuple(10**power for power in range(math.floor(math.log10(self.top)) + 1))
        rough = self.top / 5
        size = 10 ** math.floor(math.log10(max(1, rough)))
        step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough * 0.8)
        return tuple(range(0, self.top + 1, int(step)))


def scale_of(chart: Chart) -> Scale:
    """Return the axis on which all counts and the lines shown have room."""
    numbers = [point.count.upper for point in chart.points if not point.count.open_ended]
    numbers += [point.count.estimate for point in chart.points]
    highest = max(1, *numbers)
    line = max((line.threshold for line in chart.shown), default=highest)
    top = max(highest, line)
    lowest = min(point.count.estimate for point in chart.points)
    far = line > _FAR * highest or (lowest > 0 and top > _FAR * lowest)
    return Scale(max(2, math.ceil(top * (2 if far else 1.12))), far)
