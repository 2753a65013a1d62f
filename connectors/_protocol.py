"""The interface of every connector."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from connectors._model import Batch, Table, Unread


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
