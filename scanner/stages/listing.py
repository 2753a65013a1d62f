"""What a source lists, to its end: what a table refers to shows by the names of all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from connectors import Connector, Table, Unread, tables_listed

_EVERY = 100  # tables after which it is said how many there are


@dataclass(slots=True)
class Listing:
    """What a source lists.

    Attributes:
        entries: Tables, and what cannot be read, in the order of the source.
        broken: What ended the list before its end; what was listed is not lost.
    """

    entries: list[Table | Unread] = field(default_factory=list)
    broken: Exception | None = None

    @property
    def tables(self) -> list[Table]:
        return [entry for entry in self.entries if isinstance(entry, Table)]


def is_table(entry: Table | Unread) -> bool:
    """Return whether an entry is a table, read or not, and no mere column of one."""
    return not (isinstance(entry, Unread) and entry.column)


def listing_of(connector: Connector, tell: Callable[[str], None]) -> Listing:
    """Return what a source lists; ``tell`` hears now and then how far that is."""
    found = Listing()
    for entry in _entries(connector, found):
        found.entries.append(entry)
        if len(found.entries) % _EVERY == 0:
            total = tables_listed(connector)
            tell(f"listing tables: {len(found.entries):,}" + (f" of {total:,}" if total else ""))
    return found


def _entries(connector: Connector, found: Listing) -> Iterator[Table | Unread]:
    """Yield what a connector lists, and note what ends it early."""
    try:
        yield from connector.tables()
    except Exception as error:  # noqa: BLE001 -- told once what was listed has been scanned
        found.broken = error
