"""What a measurement of the facts gives: an interval whose ends may be unknown.

A yes-or-no measurement reads as 1 (yes), 0 (no) or unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from scanner.result import Interval


@dataclass(frozen=True, slots=True)
class OfAnyAge(Interval):
    """An interval that is so many persons wider since nothing shows whether they are children."""

    unknown_age: int = 0


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
        unknown_age: By how many persons it is wider since nothing shows whether they are children.
        of_age: Its ends if they are not; None where nobody's age is unknown.
        remarks: What a reader must know about how the number came about.
    """

    lower: int = 0
    estimate: int | None = None
    upper: int | None = None
    needs: tuple[str, ...] = ()
    remarks: tuple[Text, ...] = ()
    unknown_age: int = 0
    of_age: tuple[int, int | None] | None = None

    def if_of_age(self) -> Reading:
        """Return the reading if everybody of unknown age is of age."""
        if self.of_age is None:
            return self
        return Reading(lower=self.of_age[0], upper=self.of_age[1], needs=self.needs)

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


def counted(value: Interval | None, path: str, *, without_children: bool = False) -> Reading:
    """Return the reading of a declared or counted number.

    Whose age is unknown may be one more person of the number, or one fewer of one ``without_children``.
    """
    if value is None:
        return Reading(needs=(path,))
    found = Reading(lower=value.lower, estimate=value.estimate, upper=value.upper)
    if not isinstance(value, OfAnyAge):
        return found
    more, fewer = (value.unknown_age, 0) if without_children else (0, value.unknown_age)
    of_age = (value.lower + more, value.upper - fewer)
    return replace(found, unknown_age=value.unknown_age, of_age=of_age)


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
    unknown_age = sum(part.unknown_age for part in parts)
    return Reading(
        lower=max((part.lower for part in parts), default=0),
        estimate=sum(estimates) if len(estimates) == len(parts) else None,
        upper=sum(uppers) if complete else None,
        needs=tuple(dict.fromkeys(key for part in parts for key in part.needs)),
        remarks=tuple(dict.fromkeys(remark for part in parts for remark in part.remarks)),
        unknown_age=unknown_age,
        of_age=_united([part.of_age or (part.lower, part.upper) for part in parts]) if unknown_age else None,
    )


def _united(ends: Sequence[tuple[int, int | None]]) -> tuple[int, int | None]:
    uppers = [upper for _, upper in ends if upper is not None]
    return max(lower for lower, _ in ends), sum(uppers) if len(uppers) == len(ends) else None
