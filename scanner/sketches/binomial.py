"""Bounds on how many values there are, when each was kept with probability theta and some were.

The frequentist interval of a binomial sample, in the approximation of Apache DataSketches: exact tails where
few values are expected, else the normal approximation with continuity correction, whose number of standard
deviations is adjusted for up to 120 samples (table ``equivalents``).
"""

from __future__ import annotations

import math

from scanner.sketches.tables import table

_FEW = 120  # samples; up to here the normal approximation is adjusted
_SMALL = 360  # values; up to here the tails are summed
_TAILS = {1: 0.15865531915860265, 2: 0.02275026189041357, 3: 0.00134981268617318}
_NEARLY_ALL = 1 - 1e-5


def lower_bound(samples: int, theta: float, deviations: int) -> float:
    """Return the lower bound of the number of values, at 1, 2 or 3 standard deviations."""
    return min(samples / theta, max(float(samples), _lower(samples, theta, deviations)))


def upper_bound(samples: int, theta: float, deviations: int) -> float:
    """Return the upper bound of the number of values, at 1, 2 or 3 standard deviations."""
    return max(samples / theta, _upper(samples, theta, deviations))


def _lower(samples: int, theta: float, deviations: int) -> float:
    if theta == 1 or samples == 0:
        return float(samples)
    if samples == 1:
        return math.floor(math.log1p(-_TAILS[deviations]) / math.log1p(-theta))
    if samples > _FEW:
        return _normal(samples - 0.5, theta, -deviations) - 0.5
    if theta > _NEARLY_ALL:
        return float(samples)
    if theta < samples / _SMALL:
        adjusted = float(table("equivalents")[samples - 1][2 * deviations - 2])
        return _normal(samples - 0.5, theta, -adjusted) - 0.5
    return _tail_reaches(samples, theta, _TAILS[deviations], inclusive=True) - 1


def _upper(samples: int, theta: float, deviations: int) -> float:
    if theta == 1:
        return float(samples)
    if samples == 0:
        return math.ceil(math.log(_TAILS[deviations]) / math.log1p(-theta))
    if samples > _FEW:
        return _normal(samples + 0.5, theta, deviations) + 0.5
    if theta > _NEARLY_ALL:
        return samples + 1.0
    if theta < samples / _SMALL:
        adjusted = float(table("equivalents")[samples - 1][2 * deviations - 1])
        return _normal(samples + 0.5, theta, adjusted) + 0.5
    return _tail_reaches(samples + 1, theta, 1 - _TAILS[deviations], inclusive=False)


def _normal(samples: float, theta: float, deviations: float) -> float:
    """Return the number of values at a distance from the estimate, a solution of a quadratic equation."""
    estimate = samples / theta
    spread = deviations * math.sqrt((1 - theta) / theta)
    return estimate + spread * spread / 2 + spread / 2 * math.sqrt(spread * spread + 4 * estimate)


def _tail_reaches(samples: int, theta: float, share: float, *, inclusive: bool) -> float:
    """Return the number of values among which more than ``samples`` are kept with a probability."""
    term = theta**samples
    total, values = term, samples
    while total < share or (inclusive and total == share):
        term *= (1 - theta) * values / (values + 1 - samples)
        total += term
        values += 1
    return float(values)
