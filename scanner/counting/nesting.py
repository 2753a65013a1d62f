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
    raised = replace(whole, estimate=estimate, upper=max(whole.upper, estimate))
    if part.lower <= whole.lower:
        return raised
    return replace(raised, lower=part.lower, confidence=part.confidence)


def at_most(part: SubjectCount, whole: SubjectCount) -> SubjectCount:
    """Return a count with no more people than there may be in the whole."""
    return replace(part, upper=min(part.upper, whole.upper))
