"""Count the persons of any scope: a choice of tables, and of rows by their flags."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

import numpy as np

from scanner.census.doubts import Doubt, ranked
from scanner.census.fewest import Namesakes, fewest
from scanner.census.members import together
from scanner.census.minors import Minors, distinct_minors
from scanner.census.modelled import MOST_PERSONS, TOO_MANY, Modelled, Overlap
from scanner.census.parts import Part
from scanner.census.reasons import Reasons, united
from scanner.census.sorting import starts_of_runs
from scanner.census.tallies import Counted, Scope, Tally
from scanner.identifiers import I64, MINOR_UNDER_14, MINOR_UNDER_18, U64, Mask
from scanner.machine.parallel import mapped

__all__ = ["Counted", "People"]

Made = TypeVar("Made")

_MINOR = MINOR_UNDER_14 | MINOR_UNDER_18


class People:
    """Linked persons of an organization; links found anywhere hold in every scope.

    Args:
        tables: Ids of all tables.
        parts: The persons, in closed parts.
        lists: Which tables are lists of contacts.
        threads: How many may work at once.

    """

    def __init__(self, tables: tuple[str, ...], parts: Sequence[Part], lists: Mask, threads: int = 1) -> None:
        self.tables = tables
        self._names = frozenset(tables)
        self._parts = parts
        self._lists = lists
        self._threads = threads
        self._counts: dict[Scope, Counted] = {}

    @cached_property
    def _overlap(self) -> Overlap | None:
        """Return what tables say about one another; None for more people than are modelled."""
        if sum(self._of_each(lambda part: part.persons)) > MOST_PERSONS:
            return None
        return Overlap(together(self._of_each(Part.members)))

    def model(self, tables: Collection[str]) -> Modelled:
        """Return a statistical estimate of the true number of persons in the tables; see ``modelled``."""
        if self._overlap is None:
            return Modelled(None, 0, TOO_MANY)
        wanted = set(tables)
        return self._overlap.model([i for i, name in enumerate(self.tables) if name in wanted])

    def reasons(self) -> Reasons:
        """Return why persons were joined, and why not."""
        return united(self._of_each(Part.reasons))

    def overlap(self, groups: Mapping[str, tuple[Collection[str], int]]) -> dict[tuple[str, str], int]:
        """Return how many persons any two groups of rows have in common, by the links found.

        Args:
            groups: Tables, and bits that rows must have, by name.

        """
        scopes = {name: Scope(frozenset(tables), every, 0) for name, (tables, every) in groups.items()}
        pairs = list(itertools.combinations(groups, 2))

        def work(part: Part) -> list[int]:
            touched = {name: part.touched(scope) for name, scope in scopes.items()}
            return [int((touched[a] & touched[b]).sum()) for a, b in pairs]

        parts = self._of_each(work)
        return {pair: sum(part[number] for part in parts) for number, pair in enumerate(pairs)}

    def doubts(self, tables: Collection[str]) -> list[Doubt]:
        """Return what keeps the interval of a scope wide, the widest first."""
        scope = Scope(frozenset(tables), 0, 0)
        parts = self._of_each(lambda part: part.doubts(part.chosen(scope)[1]))
        return ranked(parts, self.tables)

    def count(self, tables: Collection[str] | None = None, *, every: int = 0, some: int = 0) -> Counted:
        """Return the number of persons in a scope.

        Args:
            tables: Ids of tables; None for all. Unknown ids are tables nobody was found in.
            every: Only rows with all of these bits.
            some: Only rows with at least one of these bits. A minor bit holds for all rows of a person
                whom any row shows to be a minor. With minor bits alone, minors are counted: by name and
                birth date too, and persons of unknown age widen ``upper``.

        """
        scope = Scope(self._known(tables), every, some)
        if scope not in self._counts:
            self._counts[scope] = self._count(scope)
        return self._counts[scope]

    def _known(self, tables: Collection[str] | None) -> frozenset[str] | None:
        """Return the tables that people are in; None for all. Equal scopes are then counted once."""
        known = None if tables is None else frozenset(tables) & self._names
        return None if known is None or len(known) == len(self.tables) else known

    def _count(self, scope: Scope) -> Counted:
        if scope.some and not scope.some & ~_MINOR:
            return self._minors(scope)
        return self._counted(self._of_each(lambda part: self._tally(part, part.chosen(scope)[1])))

    def _tally(self, part: Part, rows: I64) -> Tally:
        return part.tally(rows, self._lists, self._person_names)

    @cached_property
    def _person_names(self) -> U64:
        """Return the names of all persons, sorted."""
        names = np.sort(np.concatenate(self._of_each(lambda part: part.names)))
        return names[starts_of_runs(names)]

    def _of_each(self, work: Callable[[Part], Made]) -> list[Made]:
        """Return the result of some work on every part."""
        return list(mapped(lambda number: work(self._parts[number]), range(len(self._parts)), self._threads))

    def _counted(self, tallies: Sequence[Tally]) -> Counted:
        """Return what the tallies of all parts come to."""
        estimate = sum(tally.estimate for tally in tallies)
        return Counted(
            lower=fewest(
                [tally.shown for tally in tallies],
                len(self._person_names),
                lambda chosen: self._namesakes(tallies, chosen),
            ),
            estimate=estimate,
            upper=sum(tally.upper for tally in tallies),
            anonymous_rows=sum(tally.anonymous_rows for tally in tallies),
            rows=sum(tally.rows for tally in tallies),
            ageless=sum(tally.ageless for tally in tallies),
            method="exact" if estimate else "rows-bound",
        )

    def _namesakes(self, tallies: Sequence[Tally], chosen: Mask) -> list[Namesakes]:
        return [
            part.namesakes(tally, self._person_names, chosen)
            for part, tally in zip(self._parts, tallies, strict=True)
            if chosen[tally.shown.names].any()
        ]

    def _minors(self, scope: Scope) -> Counted:
        """Count the persons that rows show to be minors; anybody of unknown age may be one more."""

        def work(part: Part) -> tuple[Tally, Tally, Minors]:
            rows, chosen = part.chosen(scope)
            unknown = part.of_unknown_age(rows)
            return self._tally(part, chosen), self._tally(part, unknown), part.minors(chosen)

        shown, unknown, minors = zip(*self._of_each(work), strict=True)
        known, others, estimate = self._counted(shown), self._counted(unknown), distinct_minors(minors)
        return Counted(
            lower=max(min(known.lower, estimate), int(estimate > 0)),
            estimate=estimate,
            upper=known.upper + others.upper,
            anonymous_rows=known.anonymous_rows,
            rows=known.rows,
            ageless=others.estimate,
            method="exact" if estimate else "rows-bound",
        )
