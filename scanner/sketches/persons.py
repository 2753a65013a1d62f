"""How many people are behind sketches of identifiers: an estimate, and the fewest and the most there can be.

docs/sketches.md derives the formulas and says what they assume.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

from scanner.census.kinds import CONTACT, KINDS
from scanner.sketches.cells import Sketched
from scanner.sketches.roles import (
    BORN,
    COVERED,
    DATED,
    LINKED,
    NAMED,
    NAMELESS,
    PERSON_NAME,
    VALUES,
    rank,
)
from scanner.sketches.theta import ALL, Theta, subtract, unite

# Bounds of a single sketch hold at three standard deviations (99.7 %), so that those of all sketches behind
# an interval hold together with the confidence that is stated.
DEVIATIONS = 3
CONFIDENCE = 0.95
_WHOLE = 26  # a union of two sketches that is kept for a moment need not be cut to size


@dataclass(frozen=True, slots=True)
class Bounded:
    """A number between bounds."""

    lower: float
    estimate: float
    upper: float

    def __add__(self, other: Bounded) -> Bounded:
        return Bounded(self.lower + other.lower, self.estimate + other.estimate, self.upper + other.upper)

    @classmethod
    def of(cls, sketch: Theta) -> Bounded:
        """Return the number of values of a sketch."""
        lower, upper = sketch.bounds(DEVIATIONS)
        return cls(lower, sketch.estimate(), upper)


@dataclass(frozen=True, slots=True)
class Persons:
    """Natural persons: ``lower <= estimate <= upper``."""

    lower: int
    estimate: int
    upper: int


def persons(sketched: Sketched, without: Sketched | None = None) -> Persons:
    """Return how many people the rows are about; rows that nothing identifies are in ``upper`` only.

    Whoever has a document or account that is among the values of ``without`` is left out.
    """
    others = without or Sketched()
    anchors = sum((_anchors(sketched, kind, others) for kind in kinds_of(sketched)), Bounded(0, 0, 0))
    estimate = round(anchors.estimate)
    fewest = max((_fewest(sketched, kind) for kind in sketched.hlls), default=0)
    lower = min(max(fewest, _fewest_namesakes(sketched)), math.ceil(anchors.lower), estimate)
    return Persons(
        max(lower, int(estimate > 0)), estimate, max(math.floor(anchors.upper), estimate) + sketched.anonymous
    )


def kinds_of(sketched: Sketched) -> list[str]:
    """Return the kinds of identifiers that were seen, the best anchor first."""
    return sorted(sketched.hlls.keys() - {PERSON_NAME}, key=rank)


def values(sketched: Sketched, kind: str) -> Bounded:
    """Return the number of distinct values of a kind: exact while the theta sketch keeps all of them."""
    sample, registers = sketched.theta(kind, VALUES), sketched.hlls[kind]
    if sample.theta == ALL and not sample.empty:
        return Bounded.of(sample)
    lower, upper = registers.bounds(DEVIATIONS)
    return Bounded(lower, registers.estimate(), upper)


def _anchors(sketched: Sketched, kind: str, without: Sketched) -> Bounded:
    """Return the people who are counted by a value of this kind."""
    if kind in KINDS and KINDS[kind].strength == CONTACT:
        return _by_contact(sketched, kind)
    left_out = [sketched.theta(kind, LINKED), without.theta(kind, VALUES)]
    if all(sample.empty for sample in left_out):
        return values(sketched, kind)
    return Bounded.of(functools.reduce(subtract, left_out, sketched.theta(kind, VALUES)))


def _by_contact(sketched: Sketched, kind: str) -> Bounded:
    """Return the people of rows with nothing better than a contact.

    A link by contact is evidence, not certain: whoever is linked by one may be somebody else, and a nameless
    row may be about any of those who share the contact, but there are no more of them than rows.
    """
    named, nameless = sketched.theta(kind, NAMED), sketched.theta(kind, NAMELESS)
    found = Bounded.of(subtract(unite([named, nameless], _WHOLE), sketched.theta(kind, COVERED)))
    shared = min(sketched.nameless.get(kind, 0), KINDS[kind].sharers * Bounded.of(nameless).upper)
    return Bounded(found.lower, found.estimate, Bounded.of(named).upper + shared)


def _fewest(sketched: Sketched, kind: str) -> int:
    """Return the fewest people who have so many values of a kind; of different names are different people."""
    per_person = KINDS[kind].per_person if kind in KINDS else 1
    return math.ceil(values(sketched, kind).lower / per_person - 1e-9)


def _fewest_namesakes(sketched: Sketched) -> int:
    """Return the fewest people of different names and, within a name, of different birth dates."""
    named, dated = sketched.theta(PERSON_NAME, VALUES), sketched.theta(PERSON_NAME, DATED)
    born = Bounded.of(sketched.theta(PERSON_NAME, BORN))
    return math.ceil(born.lower + Bounded.of(subtract(named, dated)).lower - 1e-9)


def minors(shown: Sketched, shown_by_birth: Sketched, ageless: Persons) -> Persons:
    """Return how many minors there are, told apart by birth; anybody of unknown age may be one more.

    Args:
        shown: Rows that show a minor.
        shown_by_birth: The same rows, with name and birth date behind the ID number.
        ageless: People of the scope whose age nothing shows.
    """
    told_apart = persons(shown_by_birth)
    known = persons(shown)
    estimate = told_apart.estimate + shown_by_birth.anonymous
    lower = max(min(known.lower, told_apart.lower, estimate), int(estimate > 0))
    return Persons(lower, estimate, max(known.upper, told_apart.upper) + ageless.upper)
