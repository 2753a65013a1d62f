"""What a measurement of the facts gives: an interval whose ends may be unknown.

A yes-or-no measurement reads as 1 (yes), 0 (no) or unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scanner.result import Interval


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in English and Chinese."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A measured interval; ``upper`` None: no upper bound known.

    Attributes:
        needs: Keys of the facts that are missing.
        remarks: What a reader must know about how the number came about.
    """

    lower: int = 0
    estimate: int | None = None
    upper: int | None = None
    needs: tuple[str, ...] = ()
    remarks: tuple[Text, ...] = ()

    def interval(self) -> Interval | None:
        """Return the reading as a closed interval, or None while it has no upper end."""
        if self.upper is None or self.estimate is None:
            return None
        return Interval(self.lower, self.estimate, self.upper)


def exactly(number: int) -> Reading:
    """Return the reading of a number that is known."""
    return Reading(lower=number, estimate=number, upper=number)


def known(truth: bool | None, path: str, *remarks: Text) -> Reading:
    """Return a yes-or-no reading."""
    if truth is None:
        return Reading(needs=(path,), remarks=remarks)
    number = int(truth)
    return Reading(lower=number, estimate=number, upper=number, remarks=remarks)


def counted(value: Interval | None, path: str) -> Reading:
    """Return the reading of a declared or counted number."""
    if value is None:
        return Reading(needs=(path,))
    return Reading(lower=value.lower, estimate=value.estimate, upper=value.upper)


def truth(reading: Reading) -> bool | None:
    """Return whether there is at least one."""
    if reading.lower >= 1:
        return True
    return False if reading.upper == 0 else None


def either(*truths: bool | None) -> bool | None:
    """Return the disjunction, None where it is open."""
    if any(truths):
        return True
    return None if None in truths else False


def both(*truths: bool | None) -> bool | None:
    """Return the conjunction, None where it is open."""
    if False in truths:
        return False
    return None if None in truths else True


def unite(readings: Iterable[Reading]) -> Reading:
    """Unite groups of persons that may overlap in any way."""
    parts = tuple(readings)
    uppers = [part.upper for part in parts if part.upper is not None]
    estimates = [part.estimate for part in parts if part.estimate is not None]
    complete = len(uppers) == len(parts)
    return Reading(
        lower=max((part.lower for part in parts), default=0),
        estimate=sum(estimates) if len(estimates) == len(parts) else None,
        upper=sum(uppers) if complete else None,
        needs=tuple(dict.fromkeys(key for part in parts for key in part.needs)),
        remarks=tuple(dict.fromkeys(remark for part in parts for remark in part.remarks)),
    )
