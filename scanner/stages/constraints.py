"""Where the foreign keys of a source lead."""

from __future__ import annotations

from collections.abc import Sequence

from connectors import Table

Place = tuple[str, str]  # group and name of a table
Spot = tuple[Place, str]  # a table and a column of it


def place_of(table: Table) -> Place:
    return table.group, table.name


class Constraints:
    """The foreign keys of the tables of one source, as far as both ends are there."""

    def __init__(self, tables: Sequence[Table]) -> None:
        there = set(map(place_of, tables))
        self._leads: dict[Spot, Spot] = {}
        for table in tables:
            for key in table.foreign_keys:
                referred = key.referred_group, key.referred_table
                if referred in there:
                    self._leads.setdefault((place_of(table), key.column), (referred, key.referred_column))

    def end(self, place: Place, column: str) -> Spot | None:
        """Return where the foreign keys of a column lead in the end; None if it has none."""
        at, passed = (place, column), set[Spot]()
        while at in self._leads and at not in passed:
            passed.add(at)
            at = self._leads[at]
        return at if passed else None
