"""What each part of the people adds to a count, and what that comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np

from scanner.census.fewest import Outline, Shown
from scanner.census.hidden import Uses, hidden_users
from scanner.census.kinds import BY_ORDER
from scanner.census.logs import LogUse, users_in_logs
from scanner.census.measured import CONFIDENCE, FEWEST, Measured
from scanner.census.minors import Minors, distinct_minors
from scanner.census.namesakes import Chosen, Namesakes
from scanner.census.relations import Shown as Related
from scanner.census.relations import unseen
from scanner.identifiers import I64

CLOSE = 0.95  # share of the estimate from which on the lower end is close enough without a closer look
ENOUGH = 0.9  # share of the values, in an organization in which nobody's name comes twice


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Natural persons in one scope.

    Attributes:
        lower, estimate, upper: In persons; ``lower <= estimate <= upper``.
        anonymous_rows: Rows (slot by slot) about somebody whom no usable identifier names.
        rows: Rows (slot by slot) about somebody.
        ageless: By how much ``upper`` is larger as nothing shows whether they are minors; in persons.
        method: ``exact`` or ``sketch``, or ``rows-bound`` when nothing identifies anybody.
        confidence: With which the bounds hold, where they rest on a sample; None where they do not.

    """

    lower: int
    estimate: int
    upper: int
    anonymous_rows: int
    rows: int
    ageless: int
    method: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What some rows of one part add to a count.

    Attributes:
        estimate, upper, anonymous_rows, rows: As in ``Counted``.
        shown: For the lower bound.
        pseudonymous: Persons of ``estimate`` whom nothing but pseudonyms shows.
        beside: Tables that show somebody so, and how many persons the rows of each show: two rows.

    """

    estimate: int
    upper: int
    anonymous_rows: int
    rows: int
    shown: Shown
    pseudonymous: int = 0
    beside: I64 = field(default_factory=lambda: np.zeros((2, 0), np.int64))


NOTHING = Tally(
    estimate=0,
    upper=0,
    anonymous_rows=0,
    rows=0,
    shown=Shown(
        rows=0, persons=0, values=np.zeros(len(BY_ORDER), np.int64), named=Chosen(np.zeros(0, np.int64), None)
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one part adds to the count of a scope.

    Attributes:
        minors: Of a count of minors or with minors, those whom the rows show.
        unknown: Of the same, how many persons more there may be since nothing shows their age.
        uses: Of a count not of minors alone, how often contacts come in its lists; None without lists.
        in_logs: Of the same, how many contacts of two users come in its logs; None without logs.
        related: Of the same, the relatives whom the rows show; None without any.
        linked: Of a count with minors, the minors among the persons shown.

    """

    shown: Tally
    minors: Minors | None = None
    unknown: int = 0
    uses: Uses | None = None
    in_logs: LogUse | None = None
    related: Related | None = None
    linked: int = 0

    @property
    def nbytes(self) -> int:
        """Return the bytes in memory of what grows with the rows, or with the scopes that have logs."""
        held = (self.shown.shown.named, self.shown.beside, self.minors, self.in_logs)
        return sum(each.nbytes for each in held if each is not None)


@dataclass(frozen=True, slots=True)
class Draft:
    """The count of a scope but for its lower end.

    Attributes:
        without_lower: The count, with a lower end of 0.
        outline: What the lower end follows from.
        of_minors: Whether minors are counted.

    """

    without_lower: Counted
    outline: Outline
    of_minors: bool

    def measurable(self, *, whole: bool) -> bool:
        """Return whether to find out how often values are one person's.

        In the ``whole`` organization a further table must not end it, or only where it shows more persons
        than ``counted`` takes from it.
        """
        persons = self.without_lower.estimate
        if self.of_minors or persons < FEWEST:
            return False
        return (
            self._most(whole=whole) > self.outline.fewest if whole else self.outline.least < CLOSE * persons
        )

    def _most(self, *, whole: bool) -> int:
        """Return how many persons are taken from what is measured, at most."""
        estimate = self.without_lower.estimate
        if not whole or self.outline.repeat:
            return estimate
        return min(int(ENOUGH * self.outline.values), estimate)

    def counted(self, values: Measured, *, whole: bool = False) -> Counted:
        """Return the count, given how often values are one person's (nothing, where that is not measured)."""
        estimate = self.without_lower.estimate
        assumed = max(min(self.outline.fewest, estimate), int(estimate > 0 and self.outline.somebody))
        measured = min(values.fewest, self._most(whole=whole))
        return replace(
            self.without_lower,
            lower=max(assumed, measured),
            confidence=CONFIDENCE if measured > assumed else None,
        )

    @classmethod
    def of(cls, parts: Sequence[Share], namesakes: Namesakes, *, of_minors: bool = False) -> Self:
        """Return what all parts add up to, given all persons who have a name; of minors alone, if so."""
        shown = [part.shown for part in parts]
        ageless = sum(part.unknown for part in parts)
        upper = sum(tally.upper for tally in shown) + ageless
        found = [part.minors for part in parts if part.minors is not None]
        minors = distinct_minors(found) if found else 0
        estimate = minors if of_minors else min(_persons(parts, minors), upper)
        counted = Counted(
            lower=0,
            estimate=estimate,
            upper=upper,
            anonymous_rows=sum(tally.anonymous_rows for tally in shown),
            rows=sum(tally.rows for tally in shown),
            ageless=ageless,
            method="exact" if estimate else "rows-bound",
        )
        return cls(counted, Outline.of([tally.shown for tally in shown], namesakes), of_minors)


def _persons(parts: Sequence[Share], minors: int) -> int:
    """Return the persons that parts show, with the minors among them whom no identifier names."""
    hidden = hidden_users([part.uses for part in parts if part.uses is not None])
    hidden += users_in_logs([part.in_logs for part in parts if part.in_logs is not None])
    hidden += unseen([part.related for part in parts if part.related is not None])
    linked = sum(part.linked for part in parts)
    return _linked([part.shown for part in parts]) + hidden + max(0, minors - linked)


def _linked(parts: Sequence[Tally]) -> int:
    """Return the persons that parts show, where whom pseudonyms alone show may be anybody of other tables.

    As many as may be are: no table shows anybody twice.
    """
    linked = sum(part.estimate for part in parts)
    pseudonymous = sum(part.pseudonymous for part in parts)
    if not pseudonymous:
        return linked
    tables, persons = np.concatenate([part.beside for part in parts], axis=1)
    return max(linked - pseudonymous, pseudonymous, int(np.bincount(tables, persons).max()))
