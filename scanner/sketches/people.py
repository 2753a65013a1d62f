"""Estimate the persons of any scope from sketches: the counterpart of ``scanner.census.People``."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from scanner.census import Counted
from scanner.sketches.cells import Precision, Sketched, united
from scanner.sketches.persons import CONFIDENCE, Bounded, Persons, kinds_of, minors, persons
from scanner.sketches.roles import VALUES
from scanner.sketches.selections import BY_BIRTH, MINORS, selected
from scanner.sketches.table_sketches import TableSketches
from scanner.sketches.theta import intersect


class SketchedPeople:
    """Sketches of an organization. Links hold where both ends were seen in rows of the scope."""

    def __init__(self, tables: Mapping[str, TableSketches], precision: Precision) -> None:
        self.tables = tuple(tables)
        self._tables = tables
        self._precision = precision
        self._of_age = self.sketched(self.tables, "of_age")

    def count(self, tables: Collection[str] | None = None, *, every: int = 0, some: int = 0) -> Counted:
        """Return the number of persons in a scope, as ``People.count`` does.

        Args:
            tables: Ids of tables; None for all. Unknown ids are tables nobody was found in.
            every: Only rows with all of these bits.
            some: Only rows with at least one of these bits. With a minor bit, persons of unknown age widen
                ``upper``.

        Raises:
            ValueError: No sketches are kept for these bits.
        """
        category, windows = selected(every, some)
        scope = set(self.tables if tables is None else tables)
        shown = self.sketched(scope, category, windows)
        unknown = persons(self.sketched(scope, "ageless", windows), without=self._of_age)
        if category in MINORS:
            found = minors(shown, self.sketched(scope, category + BY_BIRTH, windows), unknown)
        else:
            found = persons(shown)
        if category == "sensitive":  # whose age nothing shows may be a child
            found = Persons(found.lower, found.estimate, found.upper + unknown.upper)
        return Counted(
            lower=found.lower,
            estimate=found.estimate,
            upper=found.upper,
            anonymous_rows=shown.anonymous,
            rows=shown.rows,
            ageless=unknown.upper if category in {"sensitive", *MINORS} else 0,
            method="sketch" if found.estimate else "rows-bound",
            confidence=CONFIDENCE if found.estimate else None,
        )

    def sketched(
        self, tables: Collection[str], category: str = "all", windows: Collection[str] = ()
    ) -> Sketched:
        """Return the united sketches of a category; of rows of all time, or in any of the windows."""
        names = [f"{window}/{category}" for window in windows] or [category]
        found = (self._tables[table].counted(name) for table in self._in(tables) for name in names)
        return united((part for part in found if part), self._precision)

    def overlap(self, groups: Mapping[str, Collection[str]]) -> Mapping[tuple[str, str, str], Bounded]:
        """Return, for any two groups of tables and every kind, how many values both hold."""
        of = {name: self.sketched(tables) for name, tables in groups.items()}
        names = sorted(of)
        return {
            (left, right, kind): Bounded.of(
                intersect(of[left].theta(kind, VALUES), of[right].theta(kind, VALUES))
            )
            for i, left in enumerate(names)
            for right in names[i + 1 :]
            for kind in kinds_of(of[left])
            if kind in of[right].hlls
        }

    def _in(self, tables: Collection[str]) -> list[str]:
        return [table for table in self.tables if table in tables]
