"""What a source tells of itself and its tables before anything is scanned: for ``pandian doctor``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from connectors._model import Table, Unread


@dataclass(frozen=True, slots=True)
class Advice:
    """Something that would be better otherwise.

    Attributes:
        what: In a sentence.
        fix: The command or statement that changes it; empty if there is no single one.
    """

    what: str
    fix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """What a source tells of itself. Whatever does not apply is empty.

    Attributes:
        kind: Name of the database or ``files``.
        server: Its product and version.
        drivers: Packages that read it, with versions.
        role: Whom the server takes us for.
        session: What our sessions may do.
        running: Statements of others that the server runs now; None if that cannot be told.
        advice: What would be better otherwise.
    """

    kind: str
    server: str = ""
    drivers: tuple[str, ...] = ()
    role: str = ""
    session: str = ""
    running: int | None = None
    advice: tuple[Advice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCheckup:
    """What a scan would do to a table.

    Attributes:
        size: Bytes that reading all of it reads at most; None if that cannot be told.
        sampling: How the rows are drawn that decide what columns hold.
        reading: How all rows are read, where people are counted.
    """

    size: int | None = None
    sampling: str = ""
    reading: str = ""


@runtime_checkable
class ExaminedConnector(Protocol):
    """A source that tells of itself."""

    def checkup(self) -> Checkup:
        """Return what the source tells of itself.

        Raises:
            ConnectorError: It does not answer.
        """
        ...

    def table_checkup(self, table: Table, rows: int) -> TableCheckup:
        """Return what a scan would do to a table; ``rows`` are sampled.

        Raises:
            ConnectorError: The source does not answer.
        """
        ...

    def remedy(self, unread: Unread) -> str:
        """Return the command or statement after which it could be read; empty if none is known."""
        ...


def checkup_of(connector: object) -> Checkup:
    """Return what a connector tells of its source."""
    return connector.checkup() if isinstance(connector, ExaminedConnector) else Checkup(kind="")


def table_checkup_of(connector: object, table: Table, rows: int) -> TableCheckup:
    """Return what a connector tells of a table."""
    if isinstance(connector, ExaminedConnector):
        return connector.table_checkup(table, rows)
    return TableCheckup()


def remedy_of(connector: object, unread: Unread) -> str:
    """Return what would make it readable, as far as the connector knows."""
    return connector.remedy(unread) if isinstance(connector, ExaminedConnector) else ""
