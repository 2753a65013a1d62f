"""The persons of a closed part of the data, as they are kept: everything else is worked out when asked."""

from __future__ import annotations

import numpy as np

from scanner.census.graph import Graph, Rows
from scanner.census.linking import Linked
from scanner.census.listed import Listed
from scanner.census.relations import Relatives
from scanner.census.sorting import lean, narrow


class Part:
    """Persons of a closed part of the data: whatever links one of its rows to another lies in it.

    Args:
        tables: Ids of all tables.
        rows: The rows of the part.
        linked: Who is one person.

    Attributes:
        rows: Those rows, by table.
        listed: Rows of lists of contacts.
        relatives: Relatives whom rows show under phones; None where no row does.

    """

    def __init__(self, tables: tuple[str, ...], rows: Rows, linked: Linked) -> None:
        self.tables = tables
        rows = _by_table(rows)
        self.rows, self.linked = _lean_rows(rows), _lean_linked(linked)
        self.listed = Listed(rows, self.linked, len(tables))
        held = rows.relations
        self.relatives = None if held is None else Relatives(self.rows, self.linked, held, len(tables))

    @property
    def persons(self) -> int:
        """Return how many persons the part holds."""
        return len(self.linked.held[0])


def _by_table(rows: Rows) -> Rows:
    if (rows.table[1:] >= rows.table[:-1]).all():
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
    return Linked(
        graph=Graph(
            names=lean(graph.names),
            ages=lean(graph.ages),
            weights=lean(narrow(graph.weights)),
            identity=narrow(graph.identity),
            value=narrow(graph.value),
            kinds=graph.kinds,
        ),
        person=narrow(linked.person),
        certain=narrow(linked.certain),
        contact_only=linked.contact_only,
        held=linked.held,
    )
