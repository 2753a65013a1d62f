"""The sketches of one table, by selection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scanner.sketches.cells import Sketched
from scanner.sketches.selections import UNDATED


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSketches:
    """What sketches know of one table.

    Attributes:
        own, own_blank: Rows of the rows' own persons; those of which nothing is known.
        dated: Whether some row has a time; otherwise every row is undated and only kept once.
        cells: By name of the selection; those without rows are left out.
    """

    own: int
    own_blank: int
    dated: bool
    cells: Mapping[str, Sketched] = field(default_factory=dict)

    def get(self, name: str) -> Sketched | None:
        """Return the sketches of a selection, or None for no rows."""
        if not self.dated:
            name = name.removeprefix(f"{UNDATED}/")
        return self.cells.get(name)

    def counted(self, name: str) -> Sketched | None:
        """Return the same without blank rows if most rows are blank: those are about things, not people."""
        found = self.get(name)
        return found.without_blanks() if found and self.own_blank * 2 > self.own else found
