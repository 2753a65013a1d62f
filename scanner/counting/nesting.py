"""No part larger than the whole: counts of groups of people of which one holds another, made to agree.

Each bound is found by itself. Whoever is in a part is in the whole: so the whole has at least as many people
as any part is shown to have, and a part at most as many as the whole may have.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from scanner.result import SubjectCount

CATEGORIES = ("biometric", "health", "financial", "location", "religion", "specific_identity", "other")

# Part and whole, small ones first. All data of a child under 14 are sensitive (PIPL article 28).
_PARTS = (
    *((category, "sensitive") for category in (*CATEGORIES, "minor_under_14")),
    ("minor_under_14", "minor_under_18"),
    ("sensitive", "all"),
    ("minor_under_18", "all"),
)


def nested(counts: Iterable[SubjectCount]) -> tuple[SubjectCount, ...]:
    """Return the categories of one scope and window, in their order, with no part larger than its whole."""
    found = {count.category: count for count in counts}
    pairs = [(part, whole) for part, whole in _PARTS if part in found and whole in found]
    for part, whole in pairs:
        found[whole] = at_least(found[whole], found[part])
    for part, whole in reversed(pairs):
        found[part] = at_most(found[part], found[whole])
    return tuple(found.values())


def at_least(whole: SubjectCount, part: SubjectCount) -> SubjectCount:
    """Return a count with as many people as are certain, and as are likely, in a part of it."""
    estimate = max(whole.estimate, part.estimate)
    upper = max(whole.upper, estimate)
    unknown_age = min(whole.unknown_age, upper - estimate)
    raised = replace(whole, estimate=estimate, upper=upper, unknown_age=unknown_age)
    if part.lower <= whole.lower:
        return raised
    return replace(raised, lower=part.lower, confidence=part.confidence)


def at_most(part: SubjectCount, whole: SubjectCount) -> SubjectCount:
    """Return a count with no more people than there may be in the whole."""
    return _up_to(part, min(part.upper, whole.upper))


def _up_to(count: SubjectCount, upper: int) -> SubjectCount:
    """Return a count with an upper end; without people of unknown age it may have been lower all along."""
    of_age = count.upper - count.unknown_age
    return replace(count, upper=upper, unknown_age=max(0, upper - of_age))


def holding(whole: Iterable[SubjectCount], *parts: Iterable[SubjectCount]) -> tuple[SubjectCount, ...]:
    """Return counts whose lower ends are no lower than those of parts of their scope."""
    found = {_what(count): count for count in whole}
    for count in (count for part in parts for count in part):
        held = found.get(_what(count))
        if held is not None and held.lower < count.lower <= held.estimate:
            found[_what(count)] = replace(held, lower=count.lower, confidence=count.confidence)
    return tuple(found.values())


def within(part: Iterable[SubjectCount], whole: Iterable[SubjectCount]) -> tuple[SubjectCount, ...]:
    """Return counts with no more people for certain, and at most, than the scope that holds theirs."""
    found = {_what(count): count for count in whole}
    return tuple(_capped(count, found[_what(count)]) if _what(count) in found else count for count in part)


def _capped(part: SubjectCount, whole: SubjectCount) -> SubjectCount:
    upper = max(min(part.upper, whole.upper), part.estimate)
    return replace(_up_to(part, upper), lower=min(part.lower, whole.lower))


def _what(count: SubjectCount) -> tuple[str, str]:
    return count.category, count.window
