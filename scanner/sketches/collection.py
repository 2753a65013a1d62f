"""Collect records into sketches, table by table: memory depends on tables and kinds, not on rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace

import numpy as np

from scanner.census.chunks import Chunk
from scanner.census.one_key import OneKey
from scanner.sketches.cells import Cell, Precision, Sketched, united
from scanner.sketches.people import SketchedPeople
from scanner.sketches.roles import Roles
from scanner.sketches.selections import SELECTIONS, UNDATED, Selection
from scanner.sketches.table_sketches import TableSketches

_ALL_UNDATED = SELECTIONS[f"{UNDATED}/all"]


class TableFill:
    """The sketches of one table, being filled."""

    def __init__(self, precision: Precision) -> None:
        self._precision = precision
        self._own = self._own_blank = 0
        self._dated = False
        self._cells: dict[str, Cell] = {}
        self._known: dict[str, Sketched] = {}

    def add(self, chunk: Chunk) -> None:
        """Take in rows of the table."""
        chunk = _without_possible(chunk)
        if chunk.own:
            self._own += int(chunk.counts.sum())
            self._own_blank += int(chunk.counts[chunk.blank].sum())
        if not self._dated and not _ALL_UNDATED.rows(chunk.flags).all():
            self._date()
        roles: dict[bool, Roles] = {}
        for selection in self._kept():
            rows = selection.rows(chunk.flags)
            if rows.any():
                if selection.by_birth not in roles:
                    roles[selection.by_birth] = Roles.of(chunk, by_birth=selection.by_birth)
                self._cell(selection.name).add(chunk, roles[selection.by_birth], rows)

    def merge(self, other: TableSketches) -> None:
        """Take in the sketches of other rows of the table."""
        if other.dated and not self._dated:
            self._date()
        self._own += other.own
        self._own_blank += other.own_blank
        for selection in self._kept():
            found = other.get(selection.name)
            if found is not None:
                self._known[selection.name] = united([self._now(selection.name), found], self._precision)
                self._cells.pop(selection.name, None)

    def sketches(self) -> TableSketches:
        """Return what was taken in so far."""
        found = {selection.name: self._now(selection.name) for selection in self._kept()}
        cells = {name: sketched for name, sketched in found.items() if sketched.rows}
        return TableSketches(own=self._own, own_blank=self._own_blank, dated=self._dated, cells=cells)

    def _kept(self) -> Iterator[Selection]:
        """Yield the selections that have sketches of their own."""
        return (of for of in SELECTIONS.values() if self._dated or not of.window)

    def _cell(self, name: str) -> Cell:
        if name not in self._cells:
            self._cells[name] = Cell(self._precision)
        return self._cells[name]

    def _now(self, name: str) -> Sketched:
        parts = [self._known[name]] if name in self._known else []
        if name in self._cells:
            parts.append(self._cells[name].sketched())
        return united(parts, self._precision)

    def _date(self) -> None:
        """Sketch by window from now on: what came so far had no dates at all, so it is undated."""
        so_far = self.sketches()
        self._dated = True
        for name, selection in SELECTIONS.items():
            found = so_far.get(name) if selection.window == UNDATED else None
            if found is not None:
                self._known[name] = found


def _without_possible(chunk: Chunk) -> Chunk:
    """Return the chunk whose possible further persons nothing identifies: so only the upper end has them."""
    possible = chunk.possible
    if not possible.any():
        return chunk
    ids = tuple((order, np.where(possible, np.uint64(0), digests)) for order, digests in chunk.ids)
    return replace(chunk, ids=ids)


class SketchCensus(OneKey):
    """Sketches of an organization; the counterpart of ``scanner.census.Census``.

    Attributes:
        as_of: Day on which ages were taken and windows end, ISO 8601; empty until known.
    """

    def __init__(self, precision: Precision | None = None, *, as_of: str = "") -> None:
        self.precision = precision or Precision()
        self.as_of = as_of
        self._tables: dict[str, TableFill] = {}

    def mark(self, tables: Collection[str]) -> Mapping[str, TableFill | None]:
        """Return where the sketches of some tables stand, for ``rewind``."""
        return {name: deepcopy(self._tables.get(name)) for name in tables}

    def rewind(self, mark: Mapping[str, TableFill | None]) -> None:
        """Forget what was taken in of these tables since ``mark``."""
        for name, fill in mark.items():
            self._tables.pop(name, None)
            if fill is not None:
                self._tables[name] = deepcopy(fill)

    def merge(self, other: SketchCensus) -> None:
        """Take in the sketches of other rows, at the smaller precision of both.

        Raises:
            ForeignKeyError: The digests were made with another key.
            ValueError: Ages and windows were taken on another day.
        """
        if other.key is not None:
            self._claim(other.key)
        self._agree(other.as_of)
        for name, sketches in other.tables().items():
            self._table(name).merge(sketches)

    def absorb(self, table: str, sketches: TableSketches, *, key: str) -> None:
        """Take in the sketches of rows of one table; an empty ``key`` says that they hold no digests."""
        if key:
            self._claim(key)
        self._table(table).merge(sketches)

    def tables(self) -> Mapping[str, TableSketches]:
        """Return the sketches of every table, by id."""
        return {name: self._tables[name].sketches() for name in sorted(self._tables)}

    def solve(self) -> SketchedPeople:
        """Return the people, ready to be estimated in any scope."""
        return SketchedPeople(self.tables(), self.precision)

    def _table(self, name: str) -> TableFill:
        if name not in self._tables:
            self._tables[name] = TableFill(self.precision)
        return self._tables[name]

    def _hold(self, chunk: Chunk) -> None:
        self._table(chunk.table).add(chunk)

    def _foreign(self, key: str) -> str:
        return (
            f"These sketches were filled under key '{key}', the others under key '{self.key}'. "
            "Digests of different keys never meet: scan everything that is to be united under one key."
        )

    def _agree(self, as_of: str) -> None:
        if self.as_of and as_of and as_of != self.as_of:
            raise ValueError(
                f"Some sketches took ages and windows on {self.as_of}, others on {as_of}. Scan again with "
                "--as-of so that they agree."
            )
        self.as_of = self.as_of or as_of
