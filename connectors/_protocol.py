"""The interface of every connector."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, runtime_checkable

from connectors._model import Batch, Table, TablePart, Unread


class Connector(AbstractContextManager["Connector"], Protocol):
    """A readable source. Implementations only read, and never import a classifier.

    Attributes:
        location: The URL or path without user name, password and query secrets; safe to print.
    """

    location: str

    def tables(self) -> Iterator[Table | Unread]:
        """Yield every table in (group, name) order; what cannot be opened as an ``Unread``."""
        ...

    def sample(self, table: Table, *, rows: int, seed: int) -> Batch:
        """Return at most ``rows`` rows of all columns, drawn from all over the table.

        The same seed on the same data gives the same rows.

        Raises:
            TableUnreadable: The table cannot be read (any more).
        """
        ...

    def stream(self, table: Table, columns: Sequence[str]) -> Iterator[Batch]:
        """Yield every row of ``columns`` only, in batches that fit in memory.

        Raises:
            TableUnreadable: The table cannot be read (any more), perhaps after some batches.
        """
        ...


@runtime_checkable
class PartedConnector(Protocol):
    """A source that can tell the parts of a table, and whether they changed."""

    def parts(self, table: Table, kept: Sequence[str] = ()) -> Sequence[TablePart]:
        """Return the parts that make up the table now, in an order that stays.

        Args:
            table: One of ``tables()``.
            kept: Names of parts that an earlier scan knew: where the caller may choose, parts stay the same.

        Raises:
            TableUnreadable: The parts cannot be told.
        """
        ...

    def stream_part(self, table: Table, part: TablePart, columns: Sequence[str]) -> Iterator[Batch]:
        """Yield every row of one part as ``Connector.stream`` would; text may yet have to be ``spelled_out``.

        Raises:
            TableUnreadable: The part cannot be read (any more), perhaps after some batches.
        """
        ...


def list_parts(connector: Connector, table: Table, kept: Sequence[str] = ()) -> Sequence[TablePart]:
    """Return the parts of a table; one, without a fingerprint, where the connector knows none."""
    return connector.parts(table, kept) if isinstance(connector, PartedConnector) else (TablePart(),)


def stream_part(
    connector: Connector, table: Table, part: TablePart, columns: Sequence[str]
) -> Iterator[Batch]:
    """Yield the rows of one of ``list_parts``."""
    if isinstance(connector, PartedConnector):
        return connector.stream_part(table, part, columns)
    return connector.stream(table, columns)


def tables_listed(connector: object) -> int | None:
    """Return how many tables a connector is about to yield; None where it cannot tell."""
    found = getattr(connector, "listed", None)
    return found if isinstance(found, int) else None
