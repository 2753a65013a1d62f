"""What is asked of people. Every part answers by itself; nothing of the part is kept in an answer."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, Self

from scanner.census.ages import MINOR_BITS
from scanner.census.doubts import Doubts
from scanner.census.measured import Measured
from scanner.census.members import Members
from scanner.census.namesakes import Named
from scanner.census.opened import Opened
from scanner.census.reasons import Reasons
from scanner.census.tallies import Share, Tally
from scanner.census.touches import Choice


class Question(Protocol):
    """Something that is asked of every part; what it returns may tell its size as ``nbytes``."""

    def of(self, part: Opened) -> Any:
        """Return the answer of one part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A choice of rows, of which the persons are counted; see ``People.count``."""

    tables: frozenset[str] | None
    every: int = 0
    some: int = 0
    whole: bool = False

    def rows(self, part: Opened) -> Choice:
        return part.rows(self.tables, self.every, self.some)

    @property
    def of_minors(self) -> bool:
        """Return whether minors alone are counted."""
        return bool(self.some) and not self.some & ~MINOR_BITS

    def of(self, part: Opened) -> Share:
        rows = self.rows(part)
        if self.of_minors:
            unknown = part.of_unknown_age(part.rows(self.tables, self.every), self.some)
            return Share(
                shown=self._tally(part, rows), minors=part.minors(rows), unknown=part.tally(unknown).upper
            )
        uses = part.uses_of_lists(self.tables, self.every, self.some)
        shown = Share(
            shown=self._tally(part, rows),
            uses=uses,
            in_logs=part.uses_of_logs(rows),
            related=part.relatives(rows),
        )
        return self._with_minors(shown, part) if self.some & MINOR_BITS else shown

    def _tally(self, part: Opened, rows: Choice) -> Tally:
        """Return what rows of the scope add to its count; to its lower end, only what none of them denies."""
        tally, sure = part.tally(rows), part.sure(rows, self.some)
        return tally if sure is rows else replace(tally, shown=part.tally(sure).shown)

    def _with_minors(self, shown: Share, part: Opened) -> Share:
        """Add the minors whom no identifier names, and those who may be minors as nothing shows their age."""
        minors = part.rows(self.tables, self.every, self.some & MINOR_BITS)
        possible = part.or_of_unknown_age(part.rows(self.tables, self.every), self.some)
        return replace(
            shown,
            minors=part.minors(minors),
            unknown=part.tally(possible).upper - shown.shown.upper,
            linked=int(part.touched(minors).sum()),
        )


@dataclass(frozen=True, slots=True)
class WhoIsNamed:
    """Who has a name."""

    def of(self, part: Opened) -> Named:
        return part.named_persons()


@dataclass(frozen=True, slots=True)
class Measure:
    """How often values are one person's, in every table of a scope.

    Attributes:
        scope: The scope.
        own: Whether only numbers for life in the rows themselves are proof of whose a value is. In the whole
            organization it is so: a further table then changes nothing about the others.

    """

    scope: Scope
    own: bool

    def of(self, part: Opened) -> Measured:
        return part.measured(part.sure(self.scope.rows(part), self.scope.some), own=self.own)


def measures(scopes: Iterable[Scope]) -> dict[Scope, Measure]:
    """Return what to ask for each scope: those of rows with the same bits share one question."""
    alike: dict[Measure, list[Scope]] = {}
    for scope in scopes:
        rows = replace(scope, tables=None, whole=False)
        alike.setdefault(Measure(rows, own=scope.whole), []).append(scope)
    return {
        scope: replace(asked, scope=replace(asked.scope, tables=_together(of)))
        for asked, of in alike.items()
        for scope in of
    }


def _together(scopes: Sequence[Scope]) -> frozenset[str] | None:
    """Return all tables of some scopes."""
    tables = [scope.tables for scope in scopes if scope.tables is not None]
    return frozenset().union(*tables) if len(tables) == len(scopes) else None


@dataclass(frozen=True, slots=True)
class InCommon:
    """Persons whom any two of several named scopes have in common."""

    scopes: tuple[tuple[str, Scope], ...]

    @classmethod
    def among(cls, groups: Mapping[str, tuple[Collection[str], int]]) -> Self:
        """Return the question of groups of tables, with bits that rows must have, by name."""
        return cls(
            tuple((name, Scope(tables=frozenset(of), every=every)) for name, (of, every) in groups.items())
        )

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Return the names of any two."""
        return list(itertools.combinations([name for name, _ in self.scopes], 2))

    def of(self, part: Opened) -> list[int]:
        touched = [part.touched(scope.rows(part)) for _, scope in self.scopes]
        return [int((one & other).sum()) for one, other in itertools.combinations(touched, 2)]


@dataclass(frozen=True, slots=True)
class Doubted:
    """What keeps the interval of a scope wide."""

    scope: Scope

    def of(self, part: Opened) -> Doubts:
        return part.doubts(self.scope.rows(part))


@dataclass(frozen=True, slots=True)
class WhyJoined:
    """Why persons were joined, and why not."""

    def of(self, part: Opened) -> Reasons:
        return part.reasons()


@dataclass(frozen=True, slots=True)
class Everybody:
    """How many persons there are."""

    def of(self, part: Opened) -> int:
        return part.persons()


@dataclass(frozen=True, slots=True)
class InTables:
    """Who is in which table."""

    def of(self, part: Opened) -> Members:
        return part.members()
