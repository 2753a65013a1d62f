"""The persons of a closed part of the data, as they are kept: everything else is worked out when asked."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from typing import cast

import numpy as np

from scanner.census.alike import is_repeated, lean
from scanner.census.graph import Graph, Rows
from scanner.census.linking import Linked
from scanner.census.listed import Listed
from scanner.census.marks import shown_marks
from scanner.census.relations import Relatives
from scanner.census.sorting import least, narrow
from scanner.identifiers import I64, U64


class Part:
    """Persons of a closed part of the data: whatever links one of its rows to another lies in it.

    Args:
        tables: Ids of all tables.
        rows: The rows of the part.
        linked: Who is one person.
        loops: ``scanner.compiled.lone``; None to do without.

    Attributes:
        rows: Those rows, by table.
        listed: Rows of lists of contacts.
        marks: What the part shows of every table, for ``Marks``.
        relatives: Relatives whom rows show under phones; None where no row does.

    """

    def __init__(
        self, tables: tuple[str, ...], rows: Rows, linked: Linked, loops: ModuleType | None = None
    ) -> None:
        self.tables = tables
        rows = _by_table(rows)
        self.rows, self._linked = _lean_rows(rows), _lean_linked(linked)
        linked = self.linked
        self.listed = Listed(self.rows, linked, len(tables), loops)
        self.marks = shown_marks(self.rows, linked, self.listed)
        held = rows.relations
        self.relatives = None if held is None else Relatives(self.rows, linked, held, len(tables))

    @property
    def linked(self) -> Linked:
        """Return who is one person. What the graph works out when asked is not kept in the part."""
        return replace(self._linked, graph=replace(self._linked.graph))

    @property
    def persons(self) -> int:
        """Return how many persons the part holds."""
        return len(self._linked.held[0])


def _by_table(rows: Rows) -> Rows:
    if is_repeated(rows.table) or (rows.table[1:] >= rows.table[:-1]).all():
        return rows
    order = np.argsort(rows.table, kind="stable")
    return Rows(
        table=rows.table[order],
        own=rows.own[order],
        identity=rows.identity[order],
        born_as=rows.born_as[order],
        flags=rows.flags[order],
        counts=rows.counts[order],
        relations=None if rows.relations is None else rows.relations[order],
    )


def _lean_rows(rows: Rows) -> Rows:
    return Rows(
        table=lean(rows.table),
        own=lean(rows.own),
        identity=narrow(rows.identity),
        born_as=lean(rows.born_as),
        flags=rows.flags,
        counts=lean(narrow(rows.counts)),
    )


def _lean_linked(linked: Linked) -> Linked:
    graph = linked.graph
    return replace(
        linked,
        graph=Graph(
            names=lean(graph.names),
            ages=lean(graph.ages),
            degrees=least(graph.degrees),
            value=narrow(graph.value),
            kinds=graph.kinds,
        ),
        person=narrow(linked.person),
        certain=narrow(linked.certain),
        held=(_least_bits(linked.held[0]), _least_bits(linked.held[1])),
    )


def _least_bits(held: U64) -> U64:
    return cast("U64", least(cast("I64", held)))
