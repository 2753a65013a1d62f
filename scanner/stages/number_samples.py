"""Whether samples of numbers show that two columns have the same ones."""

from __future__ import annotations

import numpy as np

from scanner.assembly import IssuedNumbers

WOULD_MEET = 20  # numbers that two samples would have in common: that they have none is no chance then
SPARSE = 0.01  # density below which digits are no row numbers
_BEYOND = 10  # times as many as by chance


def common(numbers: IssuedNumbers, others: IssuedNumbers) -> int:
    """Return how many numbers are in both samples."""
    return len(np.intersect1d(numbers.sample, others.sample, assume_unique=True))


def meet(numbers: IssuedNumbers, others: IssuedNumbers) -> bool:
    """Return whether two samples have more in common than by chance."""
    density = max(numbers.density, others.density)
    return common(numbers, others) >= max(WOULD_MEET, _BEYOND * density * len(numbers.sample))


def mean_the_same(numbers: IssuedNumbers, others: IssuedNumbers) -> bool:
    """Return whether samples of two sources show the same numbers, and no numbers of rows."""
    return max(numbers.density, others.density) < SPARSE and meet(numbers, others)
