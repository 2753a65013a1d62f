"""Estimates and bounds of HyperLogLog registers, the same as those of united DataSketches sketches.

Sources: Flajolet and others, HyperLogLog, 2007 (raw estimate); Whang and others, A linear-time probabilistic
counting algorithm, 1990 (few values); the table that removes the bias of the raw estimate and the relative
errors are measured from the datasketches package (benchmarks/sketches/tables.py).
"""

from __future__ import annotations

import math

import numpy as np

from scanner.identifiers import F64, U8
from scanner.sketches.tables import table

POINTS = 257  # entries of the bias table of one precision
_CORRECTIONS = {4: 0.673, 5: 0.697, 6: 0.709}
_CROSSOVERS = {4: 0.718, 5: 0.672}  # average of both estimates per register above which the raw one is better
_CROSSOVER = 0.64
_SMALLEST_COUPON_ERROR = 0.409 / 2**13  # relative standard error of a sketch that still holds its coupons
_UNITED_ERROR = 1.03896  # sqrt(3 ln 2 - 1) as DataSketches has it; times 1/sqrt(k): relative standard error


def correction(lg_k: int) -> float:
    """Return the constant of the raw estimate."""
    return _CORRECTIONS.get(lg_k, 0.7213 / (1 + 1.079 / (1 << lg_k)))


def stride(lg_k: int) -> int:
    """Return the distance of the counts in the bias table."""
    return {4: 1, 5: 2, 6: 3, 7: 5}.get(lg_k, 10 << max(0, lg_k - 8))


def register_estimate(registers: U8) -> float:
    """Return the number of distinct values that filled the registers."""
    k = len(registers)
    lg_k = k.bit_length() - 1
    counts = np.bincount(registers, minlength=64)
    raw = correction(lg_k) * k * k / float(counts @ np.ldexp(1.0, -np.arange(len(counts))))
    unbiased = _unbiased(raw, lg_k)
    if unbiased > 3 * k:
        return unbiased
    linear = _linear_count(k, int(counts[0]))
    crossover = _CROSSOVERS.get(lg_k, _CROSSOVER) * k
    return unbiased if (unbiased + linear) / 2 > crossover else linear


def register_bounds(registers: U8, deviations: int) -> tuple[float, float]:
    """Return lower and upper bound at 1, 2 or 3 standard deviations."""
    estimate = register_estimate(registers)
    lower, upper = _relative_errors(len(registers).bit_length() - 1, deviations)
    return max(estimate / (1 + lower), float(np.count_nonzero(registers))), estimate / (1 + upper)


def coupon_estimate(coupons: int) -> float:
    """Return the number of distinct values behind coupons that were kept one by one.

    A coupon is an address of 26 bits with the length of a run of zeros: two values share one with
    probability ``1 / (3 * 2**26)``.
    """
    pairs = 3 * 2.0**26
    return coupons + coupons * (coupons - 1) / (2 * pairs)


def coupon_bounds(coupons: int, deviations: int) -> tuple[float, float]:
    """Return lower and upper bound at 1, 2 or 3 standard deviations."""
    estimate, error = coupon_estimate(coupons), deviations * _SMALLEST_COUPON_ERROR
    return max(estimate / (1 + error), float(coupons)), max(estimate / (1 - error), float(coupons))


def _unbiased(raw: float, lg_k: int) -> float:
    """Return the count whose expected raw estimate this is, by cubic interpolation."""
    known, step = table("composite")[lg_k - 4], stride(lg_k)
    if raw < known[0]:
        return 0.0
    if raw > known[-1]:
        return raw * (step * (POINTS - 1) / float(known[-1]))
    place = int(np.searchsorted(known, raw, side="right")) - 1
    first = min(max(place - 1, 0), POINTS - 4)
    return _cubic(known[first : first + 4], step * np.arange(first, first + 4.0), raw)


def _cubic(x: F64, y: F64, at: float) -> float:
    """Return the value of the polynomial through four points (Lagrange)."""
    terms = [y[i] * np.prod(at - np.delete(x, i)) / np.prod(x[i] - np.delete(x, i)) for i in range(4)]
    return float(sum(terms))


def _linear_count(k: int, empty: int) -> float:
    """Return the expected number of draws that leave this many of k registers empty."""
    if empty == 0:
        return k * math.log(2 * k)
    return k * float(np.sum(1 / np.arange(empty + 1.0, k + 1.0)))


def _relative_errors(lg_k: int, deviations: int) -> tuple[float, float]:
    """Return the errors of lower (positive) and upper bound (negative)."""
    if lg_k > 12:
        error = deviations * _UNITED_ERROR / math.sqrt(1 << lg_k)
        return error, -error
    lower, upper = table("errors")[lg_k - 4][2 * deviations - 2 : 2 * deviations]
    return float(lower), float(upper)
