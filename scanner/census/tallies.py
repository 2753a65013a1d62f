"""What is asked of people, what each part of them adds, and what that comes to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scanner.census.fewest import Shown
from scanner.census.kinds import BY_ORDER
from scanner.identifiers import Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Natural persons in one scope.

    Attributes:
        lower, estimate, upper: In persons; ``lower <= estimate <= upper``.
        anonymous_rows: Rows (slot by slot) about somebody whom no usable identifier names.
        rows: Rows (slot by slot) about somebody.
        ageless: Persons in the scope whose age nothing shows; they may be minors.
        method: ``exact`` or ``sketch``, or ``rows-bound`` when nothing identifies anybody.
        confidence: With which the bounds hold, where they rest on a sample; None where they are certain.

    """

    lower: int
    estimate: int
    upper: int
    anonymous_rows: int
    rows: int
    ageless: int
    method: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """A choice of rows; see ``people.People.count``."""

    tables: frozenset[str] | None
    every: int
    some: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What one part adds to a count.

    Attributes:
        estimate, upper, anonymous_rows, rows, ageless: As in ``Counted``.
        shown: For the lower bound.
        anchored: Which persons of the part a row shows by more than a nameless contact.

    """

    estimate: int
    upper: int
    anonymous_rows: int
    rows: int
    ageless: int
    shown: Shown
    anchored: Mask


NOTHING = Tally(
    estimate=0,
    upper=0,
    anonymous_rows=0,
    rows=0,
    ageless=0,
    shown=Shown(0, np.zeros(len(BY_ORDER), np.int64), np.zeros(0, np.int64)),
    anchored=np.zeros(0, np.bool_),
)
